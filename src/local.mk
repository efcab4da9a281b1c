# SPDX-License-Identifier: Apache-2.0
# The library, once: the installed libivnorm, the program and the unit tests all link this.
noinst_LTLIBRARIES += src/lib/libivnorm_core.la
src_lib_libivnorm_core_la_SOURCES = \
	src/lib/because.c \
	src/lib/because.h \
	src/lib/block.c \
	src/lib/block.h \
	src/lib/buffer.c \
	src/lib/buffer.h \
	src/lib/builder.c \
	src/lib/builder.h \
	src/lib/builder_compound.c \
	src/lib/builder_p.h \
	src/lib/builder_rows.c \
	src/lib/builder_spell.c \
	src/lib/builtin.h \
	src/lib/cleanup.c \
	src/lib/cleanup.h \
	src/lib/cleanup_mask.c \
	src/lib/cleanup_match.c \
	src/lib/cleanup_private.h \
	src/lib/cleanup_report.c \
	src/lib/cleanup_survey.c \
	src/lib/condition.c \
	src/lib/condition.h \
	src/lib/convert.c \
	src/lib/convert.h \
	src/lib/dict.c \
	src/lib/dict.h \
	src/lib/dict_lint.c \
	src/lib/dict_lint.h \
	src/lib/doc_plain.c \
	src/lib/document.c \
	src/lib/document.h \
	src/lib/edit.c \
	src/lib/edit.h \
	src/lib/error.c \
	src/lib/error.h \
	src/lib/evidence.c \
	src/lib/evidence.h \
	src/lib/excerpt.c \
	src/lib/excerpt.h \
	src/lib/gate.c \
	src/lib/gate.h \
	src/lib/image.c \
	src/lib/image.h \
	src/lib/image_write.c \
	src/lib/ivnorm.c \
	src/lib/ivnorm.h \
	src/lib/lattice.c \
	src/lib/lattice.h \
	src/lib/lexicon.c \
	src/lib/lexicon.h \
	src/lib/lines.c \
	src/lib/lines.h \
	src/lib/lookup.c \
	src/lib/names.c \
	src/lib/names.h \
	src/lib/neighbour.c \
	src/lib/neighbour.h \
	src/lib/opencc.c \
	src/lib/opencc.h \
	src/lib/profile.c \
	src/lib/profile.h \
	src/lib/quotes.c \
	src/lib/quotes.h \
	src/lib/quotes_edit.c \
	src/lib/reason.c \
	src/lib/reason.h \
	src/lib/result.c \
	src/lib/result.h \
	src/lib/rules.c \
	src/lib/rules.h \
	src/lib/rules_choose.c \
	src/lib/rules_compile.c \
	src/lib/rules_first.c \
	src/lib/rules_private.h \
	src/lib/rules_test.c \
	src/lib/seam.c \
	src/lib/seam.h \
	src/lib/slips.c \
	src/lib/slips.h \
	src/lib/span.c \
	src/lib/span.h \
	src/lib/spelling.c \
	src/lib/spelling.h \
	src/lib/terms.c \
	src/lib/terms.h \
	src/lib/trie.c \
	src/lib/trie.h \
	src/lib/unbalanced.c \
	src/lib/unbalanced.h \
	src/lib/utf8.c \
	src/lib/utf8.h \
	src/lib/wrap.c \
	src/lib/wrap.h
src_lib_libivnorm_core_la_CPPFLAGS = $(AM_CPPFLAGS) -DPACKAGE_VERSION='"$(PACKAGE_VERSION)"'
src_lib_libivnorm_core_la_CFLAGS = $(AM_CFLAGS) $(PCRE2_CFLAGS) $(OPENCC_CFLAGS)
src_lib_libivnorm_core_la_LIBADD = $(PCRE2_LIBS) $(OPENCC_LIBS) -lm

lib_LTLIBRARIES += src/lib/libivnorm.la
src_lib_libivnorm_la_SOURCES =
src_lib_libivnorm_la_LIBADD = src/lib/libivnorm_core.la
src_lib_libivnorm_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 -no-undefined \
	-export-symbols-regex '^ivn_'
include_HEADERS += src/lib/ivnorm.h
pkgconfig_DATA = src/lib/libivnorm.pc

# Linked with the convenience library only, so that ./ivnorm is the program and not libtool's script.
bin_PROGRAMS += ivnorm
ivnorm_SOURCES = \
	src/cli/bytes.c \
	src/cli/bytes.h \
	src/cli/dictionaries.c \
	src/cli/dictionaries.h \
	src/cli/diff.c \
	src/cli/diff.h \
	src/cli/engine.c \
	src/cli/engine.h \
	src/cli/explain.c \
	src/cli/explain.h \
	src/cli/job.c \
	src/cli/job.h \
	src/cli/lookup.c \
	src/cli/lookup.h \
	src/cli/main.c \
	src/cli/mask.c \
	src/cli/mask.h \
	src/cli/message.c \
	src/cli/message.h \
	src/cli/names_report.c \
	src/cli/names_report.h \
	src/cli/options.c \
	src/cli/options.h \
	src/cli/output.c \
	src/cli/output.h \
	src/cli/output_path.c \
	src/cli/output_path.h \
	src/cli/place.c \
	src/cli/place.h \
	src/cli/replace.c \
	src/cli/replace.h \
	src/cli/rules_list.c \
	src/cli/rules_list.h \
	src/cli/team.c \
	src/cli/team.h \
	src/cli/window.c \
	src/cli/window.h
ivnorm_LDADD = src/lib/libivnorm_core.la $(LTLIBINTL)

noinst_PROGRAMS += src/lexc/ivnorm-lexc
src_lexc_ivnorm_lexc_SOURCES = \
	src/lexc/characters.c \
	src/lexc/characters.h \
	src/lexc/damage.c \
	src/lexc/damage.h \
	src/lexc/dict_check.c \
	src/lexc/dict_check.h \
	src/lexc/fail.c \
	src/lexc/fail.h \
	src/lexc/icu_names.c \
	src/lexc/icu_names.h \
	src/lexc/locale_conf.c \
	src/lexc/locale_conf.h \
	src/lexc/main.c \
	src/lexc/rules_check.c \
	src/lexc/rules_check.h \
	src/lexc/table.c \
	src/lexc/table.h \
	src/lexc/unicode_check.c \
	src/lexc/unicode_check.h \
	src/lexc/words.c \
	src/lexc/words.h
src_lexc_ivnorm_lexc_CFLAGS = $(AM_CFLAGS) $(ICU_CFLAGS)
src_lexc_ivnorm_lexc_LDADD = src/lib/libivnorm_core.la $(ICU_LIBS)
