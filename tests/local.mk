# SPDX-License-Identifier: Apache-2.0
# Everything speaks TAP. Tests run in the build tree's top folder with $srcdir naming the source's.
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
TEST_EXTENSIONS = .t
T_LOG_DRIVER = $(LOG_DRIVER)
T_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = \
	IVNORM='$(abs_top_builddir)/ivnorm'; \
	CK_TAP_LOG_FILE_NAME=-; CK_VERBOSITY=silent; \
	CC='$(CC)'; NM='$(NM)'; SANITIZERS='$(SAN_CFLAGS)'; \
	LC_ALL=C; LANGUAGE=; unset IVNORM_LEXICON; \
	export IVNORM CK_TAP_LOG_FILE_NAME CK_VERBOSITY CC NM SANITIZERS LC_ALL LANGUAGE;

# Listed one by one: automake needs to see them. tests/lint/source.t finds a forgotten one.
tests_scripts = \
	tests/cli/batch.t \
	tests/cli/config.t \
	tests/cli/dict.t \
	tests/cli/encodings.t \
	tests/cli/errors.t \
	tests/cli/in_place.t \
	tests/cli/man.t \
	tests/cli/names.t \
	tests/cli/options.t \
	tests/cli/pipe.t \
	tests/cli/records.t \
	tests/cli/recover.t \
	tests/cli/reports.t \
	tests/cli/rules.t \
	tests/cli/style.t \
	tests/cli/windows.t \
	tests/corpus/run.t \
	tests/data/run.t \
	tests/fuzz/replay.t \
	tests/golden/run.t \
	tests/lint/firewall.t \
	tests/lint/po.t \
	tests/lint/readme.t \
	tests/lint/source.t \
	tests/lint/symbols.t
tests_data = $(patsubst $(srcdir)/%,%,$(sort $(wildcard $(srcdir)/tests/data/*.tsv \
	$(srcdir)/tests/data/*.txt \
	$(srcdir)/tests/golden/*/* $(srcdir)/tests/fuzz/corpus/* $(srcdir)/tests/cli/*.sh \
	$(srcdir)/tests/*/README)))

# One program a module, from the source of the same name.
LDADD = src/lib/libivnorm_core.la $(CHECK_LIBS)
unit_programs =
if HAVE_CHECK
unit_programs += \
	tests/unit/test_cleanup \
	tests/unit/test_commit \
	tests/unit/test_config \
	tests/unit/test_convert \
	tests/unit/test_copy \
	tests/unit/test_declaration \
	tests/unit/test_detect \
	tests/unit/test_dict \
	tests/unit/test_doc_front \
	tests/unit/test_doc_ass \
	tests/unit/test_doc_json \
	tests/unit/test_doc_markdown \
	tests/unit/test_doc_subtitle \
	tests/unit/test_doc_html \
	tests/unit/test_document \
	tests/unit/test_edit \
	tests/unit/test_encoding \
	tests/unit/test_gate \
	tests/unit/test_glob \
	tests/unit/test_ignore \
	tests/unit/test_journal \
	tests/unit/test_lattice \
	tests/unit/test_lexicon \
	tests/unit/test_lines \
	tests/unit/test_opencc \
	tests/unit/test_pending \
	tests/unit/test_excerpt \
	tests/unit/test_slips \
	tests/unit/test_span \
	tests/unit/test_terms \
	tests/unit/test_trie \
	tests/unit/test_walk \
	tests/unit/test_undo \
	tests/unit/test_wrap
check_PROGRAMS += $(unit_programs)
endif
unit_tree = tests/unit/tree.c tests/unit/tree.h
cli_ldadd = src/cli/libcli.la $(LDADD)
unit_fixture = tests/unit/fixture.c tests/unit/fixture.h
tests_unit_test_commit_SOURCES = tests/unit/test_commit.c $(unit_fixture) $(unit_sandbox)
tests_unit_test_commit_LDADD = $(cli_ldadd)
tests_unit_test_config_SOURCES = tests/unit/test_config.c $(unit_fixture)
tests_unit_test_config_LDADD = $(cli_ldadd)
unit_sandbox = tests/unit/sandbox.c tests/unit/sandbox.h
tests_unit_test_convert_SOURCES = tests/unit/test_convert.c $(unit_fixture)
tests_unit_test_copy_SOURCES = tests/unit/test_copy.c $(unit_fixture) $(unit_sandbox)
tests_unit_test_copy_LDADD = $(cli_ldadd)
tests_unit_test_declaration_SOURCES = tests/unit/test_declaration.c $(unit_fixture)
tests_unit_test_detect_SOURCES = tests/unit/test_detect.c $(unit_fixture)
tests_unit_test_dict_SOURCES = tests/unit/test_dict.c $(unit_fixture)
tests_unit_test_doc_front_SOURCES = tests/unit/test_doc_front.c $(unit_fixture)
prose_fixture = tests/unit/prose_fixture.c tests/unit/prose_fixture.h $(unit_fixture)
tests_unit_test_doc_ass_SOURCES = tests/unit/test_doc_ass.c $(prose_fixture)
tests_unit_test_doc_markdown_SOURCES = tests/unit/test_doc_markdown.c $(prose_fixture)
tests_unit_test_doc_json_SOURCES = tests/unit/test_doc_json.c $(prose_fixture)
tests_unit_test_doc_subtitle_SOURCES = tests/unit/test_doc_subtitle.c $(prose_fixture)
tests_unit_test_doc_html_SOURCES = tests/unit/test_doc_html.c $(unit_fixture)
tests_unit_test_document_SOURCES = tests/unit/test_document.c $(unit_fixture)
tests_unit_test_encoding_SOURCES = tests/unit/test_encoding.c $(unit_fixture)
tests_unit_test_gate_SOURCES = tests/unit/test_gate.c $(unit_fixture)
tests_unit_test_glob_SOURCES = tests/unit/test_glob.c $(unit_fixture)
tests_unit_test_glob_LDADD = $(cli_ldadd)
tests_unit_test_ignore_SOURCES = tests/unit/test_ignore.c $(unit_fixture) $(unit_tree)
tests_unit_test_ignore_LDADD = $(cli_ldadd)
tests_unit_test_journal_SOURCES = tests/unit/test_journal.c $(unit_fixture) $(unit_sandbox)
tests_unit_test_journal_LDADD = $(cli_ldadd)
tests_unit_test_lattice_SOURCES = tests/unit/test_lattice.c $(unit_fixture)
tests_unit_test_lexicon_SOURCES = tests/unit/test_lexicon.c $(unit_fixture)
tests_unit_test_lines_SOURCES = tests/unit/test_lines.c $(unit_fixture)
tests_unit_test_opencc_SOURCES = tests/unit/test_opencc.c $(unit_fixture)
tests_unit_test_excerpt_SOURCES = tests/unit/test_excerpt.c $(unit_fixture)
tests_unit_test_slips_SOURCES = tests/unit/test_slips.c $(unit_fixture)
tests_unit_test_pending_SOURCES = tests/unit/test_pending.c $(unit_fixture) $(unit_sandbox)
tests_unit_test_pending_LDADD = $(cli_ldadd)
tests_unit_test_terms_SOURCES = tests/unit/test_terms.c $(unit_fixture)
tests_unit_test_span_SOURCES = tests/unit/test_span.c $(unit_fixture)
tests_unit_test_trie_SOURCES = tests/unit/test_trie.c $(unit_fixture)
tests_unit_test_walk_SOURCES = tests/unit/test_walk.c $(unit_fixture) $(unit_tree)
tests_unit_test_walk_LDADD = $(cli_ldadd)
tests_unit_test_undo_SOURCES = tests/unit/test_undo.c $(unit_fixture) $(unit_sandbox)
tests_unit_test_undo_LDADD = $(cli_ldadd)
tests_unit_test_wrap_SOURCES = tests/unit/test_wrap.c $(unit_fixture)

check_PROGRAMS += tests/corpus/structure
tests_corpus_structure_CFLAGS = $(AM_CFLAGS) $(MD4C_CFLAGS) $(GUMBO_CFLAGS)
tests_corpus_structure_LDADD = $(MD4C_LIBS) $(GUMBO_LIBS)

check_PROGRAMS += tests/fuzz/replay
tests_fuzz_replay_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz_convert.c \
	tests/fuzz/fuzz_convert.h
tests_fuzz_replay_LDADD = src/lib/libivnorm_core.la

TESTS += $(unit_programs) $(tests_scripts)
EXTRA_DIST += $(tests_scripts) $(tests_data) tests/tap.sh tests/bench/bench tests/bench/files \
	tests/stress/run tests/stress/tree

# Ratios against OpenCC in the same run. BENCH_TEXT=FILE for a text of one's own.
bench: all
	IVNORM=./ivnorm LEXC="src/lexc/ivnorm-lexc --opencc-data='$(OPENCC_DATA)' \
		--opencc-dict='$(OPENCC_DICT)' --essay='$(ESSAY)'" \
		$(SHELL) $(srcdir)/tests/bench/bench $(BENCH_TEXT)

	IVNORM=./ivnorm $(SHELL) $(srcdir)/tests/bench/files

# Kills at random moments over a tree of 10,000 files. STRESS='COUNT KILLS' for another size.
stress: all
	IVNORM='$(abs_top_builddir)/ivnorm' $(SHELL) $(srcdir)/tests/stress/run $(STRESS)

# Random input through the library, with clang's libFuzzer. FUZZ_TIME in seconds.
FUZZ_CC = clang
FUZZ_TIME = 60
fuzz: all
	@command -v $(FUZZ_CC) >/dev/null || \
		{ echo 'make fuzz: no $(FUZZ_CC) (Debian package: clang)' >&2; exit 1; }
	$(FUZZ_CC) -g -O1 -std=gnu11 -fsanitize=fuzzer,address,undefined -I. \
		$(src_lib_libivnorm_core_la_CPPFLAGS) $(src_lib_libivnorm_core_la_CFLAGS) \
		$(srcdir)/tests/fuzz/fuzz_convert.c \
		$(addprefix $(srcdir)/,$(filter %.c,$(src_lib_libivnorm_core_la_SOURCES))) \
		$(src_lib_libivnorm_core_la_LIBADD) -o tests/fuzz/fuzz_convert
	$(MKDIR_P) tests/fuzz/found
	IVNORM_LEXICON=dict/ivnorm.lex tests/fuzz/fuzz_convert -max_total_time=$(FUZZ_TIME) \
		-artifact_prefix=tests/fuzz/found/ tests/fuzz/found $(srcdir)/tests/fuzz/corpus

clean-local:
	rm -rf bench.tmp tests/fuzz/found tests/fuzz/fuzz_convert

.PHONY: bench fuzz stress
