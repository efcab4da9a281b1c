# SPDX-License-Identifier: Apache-2.0
# The library, once: the installed libivnorm, the program and the unit tests all link this.
noinst_LTLIBRARIES += src/lib/libivnorm_core.la
src_lib_libivnorm_core_la_SOURCES = \
	src/lib/because.c \
	src/lib/because.h \
	src/lib/block.c \
	src/lib/block.h \
	src/lib/border.c \
	src/lib/border.h \
	src/lib/buffer.c \
	src/lib/buffer.h \
	src/lib/builder.c \
	src/lib/builder.h \
	src/lib/builder_compound.c \
	src/lib/builder_p.h \
	src/lib/builder_rows.c \
	src/lib/builder_spell.c \
	src/lib/builtin.h \
	src/lib/chars.c \
	src/lib/chars.h \
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
	src/lib/declaration.c \
	src/lib/declaration.h \
	src/lib/decode.c \
	src/lib/decode.h \
	src/lib/detect.c \
	src/lib/detect.h \
	src/lib/dict.c \
	src/lib/dict.h \
	src/lib/dict_lint.c \
	src/lib/dict_lint.h \
	src/lib/doc.h \
	src/lib/doc_ass.c \
	src/lib/doc_front.c \
	src/lib/doc_html.c \
	src/lib/doc_json.c \
	src/lib/doc_markdown.c \
	src/lib/doc_subtitle.c \
	src/lib/document.c \
	src/lib/document.h \
	src/lib/edit.c \
	src/lib/edit.h \
	src/lib/entity.c \
	src/lib/entity.h \
	src/lib/encode.c \
	src/lib/encoding.c \
	src/lib/encoding.h \
	src/lib/error.c \
	src/lib/error.h \
	src/lib/evidence.c \
	src/lib/evidence.h \
	src/lib/excerpt.c \
	src/lib/excerpt.h \
	src/lib/format.c \
	src/lib/format.h \
	src/lib/front.c \
	src/lib/front.h \
	src/lib/front_toml.c \
	src/lib/front_yaml.c \
	src/lib/gate.c \
	src/lib/gate.h \
	src/lib/glyph.h \
	src/lib/html_attribute.c \
	src/lib/html_mask.c \
	src/lib/html_private.h \
	src/lib/html_tag.c \
	src/lib/html_tell.c \
	src/lib/html_text.c \
	src/lib/html_tree.c \
	src/lib/image.c \
	src/lib/image.h \
	src/lib/image_write.c \
	src/lib/ivnorm.c \
	src/lib/ivnorm.h \
	src/lib/json_escape.c \
	src/lib/json_escape.h \
	src/lib/json_path.c \
	src/lib/json_path.h \
	src/lib/json_string.c \
	src/lib/json_string.h \
	src/lib/lattice.c \
	src/lib/lattice.h \
	src/lib/lexicon.c \
	src/lib/lexicon.h \
	src/lib/lines.c \
	src/lib/lines.h \
	src/lib/literal.c \
	src/lib/literal.h \
	src/lib/lookup.c \
	src/lib/markdown.h \
	src/lib/markdown_text.c \
	src/lib/mute.c \
	src/lib/mute.h \
	src/lib/names.c \
	src/lib/names.h \
	src/lib/neighbour.c \
	src/lib/neighbour.h \
	src/lib/opencc.c \
	src/lib/opencc.h \
	src/lib/outline.c \
	src/lib/outline.h \
	src/lib/placeholder.c \
	src/lib/placeholder.h \
	src/lib/profile.c \
	src/lib/profile.h \
	src/lib/prose.c \
	src/lib/prose.h \
	src/lib/prose_finish.c \
	src/lib/prose_place.c \
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
	src/lib/source.c \
	src/lib/source.h \
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
	src/lib/undoing.c \
	src/lib/undoing.h \
	src/lib/unmappable.c \
	src/lib/unmappable.h \
	src/lib/utf8.c \
	src/lib/utf8.h \
	src/lib/wrap.c \
	src/lib/wrap.h
src_lib_libivnorm_core_la_CPPFLAGS = $(AM_CPPFLAGS) -DPACKAGE_VERSION='"$(PACKAGE_VERSION)"'
src_lib_libivnorm_core_la_CFLAGS = $(AM_CFLAGS) $(PCRE2_CFLAGS) $(OPENCC_CFLAGS) $(ICU_CFLAGS) \
	$(MD4C_CFLAGS) $(GUMBO_CFLAGS) $(YAML_CFLAGS)
src_lib_libivnorm_core_la_LIBADD = $(PCRE2_LIBS) $(OPENCC_LIBS) $(ICU_LIBS) \
	$(MD4C_LIBS) $(GUMBO_LIBS) $(YAML_LIBS) -lm

lib_LTLIBRARIES += src/lib/libivnorm.la
src_lib_libivnorm_la_SOURCES =
src_lib_libivnorm_la_LIBADD = src/lib/libivnorm_core.la
src_lib_libivnorm_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 -no-undefined \
	-export-symbols-regex '^ivn_'
include_HEADERS += src/lib/ivnorm.h
pkgconfig_DATA = src/lib/libivnorm.pc

# The program, but for main(): the unit tests link it too.
noinst_LTLIBRARIES += src/cli/libcli.la
src_cli_libcli_la_SOURCES = \
	src/cli/article.c \
	src/cli/article.h \
	src/cli/batch.c \
	src/cli/batch.h \
	src/cli/bytes.c \
	src/cli/bytes.h \
	src/cli/commit.c \
	src/cli/commit.h \
	src/cli/commit_part.c \
	src/cli/commit_part.h \
	src/cli/config.c \
	src/cli/config.h \
	src/cli/config_file.c \
	src/cli/config_file.h \
	src/cli/config_print.c \
	src/cli/config_print.h \
	src/cli/copy.c \
	src/cli/copy.h \
	src/cli/crew.c \
	src/cli/crew.h \
	src/cli/dictionaries.c \
	src/cli/dictionaries.h \
	src/cli/diff.c \
	src/cli/diff.h \
	src/cli/engine.c \
	src/cli/engine.h \
	src/cli/engines.c \
	src/cli/engines.h \
	src/cli/explain.c \
	src/cli/explain.h \
	src/cli/glob.c \
	src/cli/glob.h \
	src/cli/glob_element.c \
	src/cli/glob_element.h \
	src/cli/ignore.c \
	src/cli/ignore.h \
	src/cli/job.c \
	src/cli/job.h \
	src/cli/journal.c \
	src/cli/journal.h \
	src/cli/lookup.c \
	src/cli/lookup.h \
	src/cli/mask.c \
	src/cli/mask.h \
	src/cli/message.c \
	src/cli/message.h \
	src/cli/names_report.c \
	src/cli/names_report.h \
	src/cli/nearest.c \
	src/cli/nearest.h \
	src/cli/options.c \
	src/cli/options.h \
	src/cli/options_table.c \
	src/cli/options_table.h \
	src/cli/output.c \
	src/cli/output.h \
	src/cli/output_path.c \
	src/cli/output_path.h \
	src/cli/pending.c \
	src/cli/pending.h \
	src/cli/place.c \
	src/cli/place.h \
	src/cli/progress.c \
	src/cli/progress.h \
	src/cli/record.c \
	src/cli/record.h \
	src/cli/records.c \
	src/cli/records.h \
	src/cli/replace.c \
	src/cli/replace.h \
	src/cli/report.c \
	src/cli/report.h \
	src/cli/rules_list.c \
	src/cli/rules_list.h \
	src/cli/run.c \
	src/cli/run.h \
	src/cli/run_load.c \
	src/cli/run_settle.c \
	src/cli/settings.c \
	src/cli/settings.h \
	src/cli/tally.c \
	src/cli/tally.h \
	src/cli/team.c \
	src/cli/team.h \
	src/cli/undo.c \
	src/cli/undo.h \
	src/cli/user_path.c \
	src/cli/user_path.h \
	src/cli/walk.c \
	src/cli/walk.h \
	src/cli/window.c \
	src/cli/window.h \
	src/cli/worklist.c \
	src/cli/worklist.h
src_cli_libcli_la_CFLAGS = $(AM_CFLAGS) $(INIH_CFLAGS)
src_cli_libcli_la_LIBADD = $(INIH_LIBS) $(LTLIBINTL)

# Linked with the convenience libraries only, so that ./ivnorm is the program and not libtool's
# script.
bin_PROGRAMS += ivnorm
ivnorm_SOURCES = src/cli/main.c
ivnorm_LDADD = src/cli/libcli.la src/lib/libivnorm_core.la

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
