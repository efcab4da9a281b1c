# SPDX-License-Identifier: Apache-2.0
# The fuzzer's corpus, among it what once broke, through the same checks.
exec tests/fuzz/replay "${srcdir:-.}"/tests/fuzz/corpus/*
