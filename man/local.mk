# SPDX-License-Identifier: Apache-2.0
dist_man_MANS += man/ivnorm.1 man/ivnorm-dict.5
