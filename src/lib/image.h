/* SPDX-License-Identifier: Apache-2.0 */
/* image.h - the lexicon file: its sections and records, as written by image_write.c and mapped by
 * lexicon.c. Native byte order (checked), every section 8-byte aligned, no pointers: offsets only.
 *
 *   text ─ code point ─► character id ─► label (folded) ─► trie ─► entry ─► payload
 *
 * A character id names one code point as it stands. Its label is the id of the character that its
 * fold class is represented by, so 软 and 軟 are two ids with one label (软's id), and trie keys
 * are sequences of labels.
 */
#ifndef IVN_IMAGE_H
#define IVN_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#define IMAGE_MAGIC "IVNLEX\r\n"
enum { IMAGE_VERSION = 5, IMAGE_BYTE_ORDER = 0x01020304, IMAGE_MAX_LOCALES = 8 };
enum { IMAGE_MAX_KEY = 64 }; /* characters of a key, so of a form too */

enum image_section {
    SECTION_ABOUT,        /* text: what is inside, licences */
    SECTION_STRINGS,      /* NUL-terminated UTF-8; string refs are offsets; offset 0 is "" */
    SECTION_FILES,        /* uint32_t string refs: names of source files, as shown in reasons */
    SECTION_LOCALES,      /* struct image_locale */
    SECTION_RULES,        /* struct image_rules: the text of dict/rules */
    SECTION_PAGES,        /* uint16_t per 256 code points: page number in SECTION_IDS */
    SECTION_IDS,          /* uint16_t character id per code point; 0 = not in the alphabet */
    SECTION_CHARS,        /* struct image_char per character id */
    SECTION_CHAR_SOURCES, /* uint32_t per character id: file_line of its conversion, 0 = none */
    SECTION_CONVERT,  /* uint16_t [locale][id]: written for a one-character word, simplified text */
    SECTION_GLYPH,    /* uint16_t [locale][id]: the same in text of the locale's own script */
    SECTION_TRIE,     /* uint64_t units, see trie.h */
    SECTION_ENTRIES,  /* struct image_entry; 0 is unused */
    SECTION_SOURCES,  /* struct image_source per entry: where its forms come from */
    SECTION_PAYLOADS, /* bytes, see struct image_payload */
    SECTION_CONCEPTS, /* struct image_concept */
    SECTION_CONDITIONS, /* uint16_t stream, see condition.h; 0 is "always" */
    SECTION_SUBJECTS,   /* uint32_t string refs: names of subjects */
    SECTION_DOC_WORDS,  /* uint32_t string refs: the words of doc=, by their numbers */
    IMAGE_SECTIONS
};

struct image_range {
    uint64_t offset; /* from the start of the file */
    uint64_t size;
};

struct image_header {
    char magic[8];
    uint32_t version;
    uint32_t byte_order;
    uint64_t size;     /* of the whole file */
    uint64_t checksum; /* image_seal() */
    uint64_t key;      /* of a user's dictionary: ivn_terms_key(); else 0 */
    struct image_range sections[IMAGE_SECTIONS];
};

/* What the sentence's script is decided by, and what the lattice treats apart. */
enum char_class {
    CLASS_NEUTRAL = 0,     /* Han of both scripts */
    CLASS_SIMPLIFIED = 1,  /* exists in simplified text only */
    CLASS_TRADITIONAL = 2, /* exists in traditional text only */
    CLASS_LATIN = 3,       /* letter or digit, ASCII or full width: one token, never cut */
    CLASS_JOINER = 4,      /* name dots: part of words, not Han */
    CLASS_MARK = 5, /* marks that titles and product names have inside: 速度：激情, X-Men */
    CLASSES
};

struct image_char {
    uint32_t utf8; /* first byte lowest; its length follows from the lead byte */
    uint16_t label;
    uint8_t class; /* enum char_class */
    uint8_t unused;
};

struct image_locale {
    uint32_t name;        /* "zh-TW" */
    uint32_t traditional; /* 1: traditional script */
    uint32_t file_line;   /* of the locale file's glyph pairs */
    uint32_t style;       /* what the locale file chooses, in the words of rule_set_compile() */
};

struct image_rules {
    uint32_t name;
    uint32_t text;
    uint32_t size;
};

enum entry_flag {
    ENTRY_FORMS = 1,    /* the payload has spellings; without them characters convert one by one */
    ENTRY_REFS = 2,     /* concepts or evidence */
    ENTRY_DAMAGE = 4,   /* the key is what a careless converter makes; the forms restore it */
    ENTRY_COMPOUND = 8, /* to be rendered as the words that the payload's pieces name */
    ENTRY_PERSON = 16,  /* a concept is about a person */
};

struct image_entry {
    uint16_t cost; /* -log probability, COST_UNIT to the nat */
    uint8_t flags;
    uint8_t length;   /* characters */
    uint32_t payload; /* offset, 0 = none */
};
enum {
    COST_UNIT = 256,
    COST_TOKEN = 8 * COST_UNIT,    /* letters and digits that are no word of the lexicon */
    COST_UNKNOWN = 20 * COST_UNIT, /* a character that is none */
    COST_MAX = 60 * COST_UNIT
};

struct image_source {
    uint32_t file_line; /* file number << 24 | line; 0 = the best split of the word's parts */
};

/* Payload: this head, then refs, then evidence (uint16_t each), then forms.
 * A form is: accepted mask, first mask (bits = locales), length, bytes. 4-byte aligned. */
struct image_payload {
    uint8_t ref_count;
    uint8_t evidence_count;
    uint8_t form_count;
    uint8_t piece_count; /* behind the forms: the lengths of a compound's pieces, in characters */
};

/* The key is a form of this concept: of the cells in `cells` (bits = locales;
 * 0 = an alias only). */
struct image_ref {
    uint32_t concept;
    uint32_t condition; /* the form's own, offset in SECTION_CONDITIONS */
    uint32_t cells;
};

/* Evidence below this bit is a word that some doc= names; with it, a subject. */
enum { EVIDENCE_SUBJECT = 0x8000, EVIDENCE_MAX_DOC = 0x4000, IMAGE_MAX_SUBJECTS = 32 };

/* CONCEPT_KEEP: its keys are to stay as they stand; its cells only name them. */
enum concept_kind { CONCEPT_SCRIPT = 1, CONCEPT_TERM = 2, CONCEPT_NAME = 3, CONCEPT_KEEP = 4 };

struct image_concept {
    uint32_t rule; /* string: "term.it.软件" */
    uint32_t note;
    uint32_t when; /* the gate as it was written */
    uint32_t file_line;
    uint32_t condition;
    uint32_t kind;
    uint32_t person;                   /* string: the name in Latin script, if it is a person's */
    uint32_t cells[IMAGE_MAX_LOCALES]; /* strings: forms separated by '|', the first is written */
};

/* The checksum that a file of `size` bytes ought to have: of its header, but for the checksum
 * itself, and everything behind it. */
uint64_t image_seal(const struct image_header *image, size_t size);

#endif
