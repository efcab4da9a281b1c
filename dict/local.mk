# SPDX-License-Identifier: Apache-2.0
# The lexicon is made of OpenCC's data, rime-essay's counts and everything under dict/.
dict_files = $(sort $(wildcard $(srcdir)/dict/*/*.tsv $(srcdir)/dict/*/*.rules \
	$(srcdir)/dict/*/*.conf))
EXTRA_DIST += dict/LICENCE $(patsubst $(srcdir)/%,%,$(dict_files))

nodist_pkgdata_DATA += dict/ivnorm.lex
CLEANFILES += dict/ivnorm.lex

dict/ivnorm.lex: src/lexc/ivnorm-lexc$(EXEEXT) $(dict_files)
	@$(MKDIR_P) dict
	$(AM_V_GEN)src/lexc/ivnorm-lexc$(EXEEXT) --opencc-data='$(OPENCC_DATA)' \
		--opencc-dict='$(OPENCC_DICT)' --essay='$(ESSAY)' --dict='$(srcdir)/dict' --output=$@ || \
		{ rm -f $@; exit 1; }
