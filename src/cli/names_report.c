/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "names_report.h"

#include "mask.h"

#include <stdlib.h>
#include <string.h>

static struct names_person *find_person(struct names_report *report, const ivn_mention *mention) {
    for (size_t i = 0; i < report->count; i++)
        if (strcmp(report->persons[i].name, mention->person) == 0)
            return &report->persons[i];
    struct names_person *persons = realloc(report->persons, (report->count + 1) * sizeof *persons);
    if (!persons)
        return NULL;
    report->persons = persons;
    persons[report->count] =
        (struct names_person){.name = mention->person, .written = mention->written};
    return &persons[report->count++];
}

static int add_form(struct names_person *person, const char *text, size_t n, struct place place) {
    for (size_t i = 0; i < person->form_count; i++)
        if (person->forms[i].length == n && memcmp(person->forms[i].text, text, n) == 0) {
            person->forms[i].count++;
            return 0;
        }
    struct names_form *forms = realloc(person->forms, (person->form_count + 1) * sizeof *forms);
    if (!forms)
        return -1;
    person->forms = forms;
    struct names_form form = {.text = strndup(text, n), .length = n, .count = 1, .place = place};
    if (!form.text)
        return -1;
    forms[person->form_count++] = form;
    return 0;
}

int names_report_add(struct names_report *report, struct place place, const char *text,
                     const ivn_mention *mentions, size_t count) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const ivn_mention *m = &mentions[i];
        place_advance(&place, text + at, m->offset - at);
        at = m->offset;
        struct names_person *person = find_person(report, m);
        if (!person || add_form(person, text + m->offset, m->length, place) != 0)
            return -1;
    }
    return 0;
}

void names_report_write(const struct names_report *report, FILE *out, const char *name) {
    for (size_t i = 0; i < report->count; i++) {
        const struct names_person *p = &report->persons[i];
        mask_write(out, name, strlen(name));
        fputs(": ", out);
        mask_write(out, p->name, strlen(p->name));
        fputs(" → ", out);
        mask_write(out, p->written, strlen(p->written));
        for (size_t k = 0; k < p->form_count; k++) {
            const struct names_form *f = &p->forms[k];
            fputs(k == 0 ? ": " : ", ", out);
            mask_write(out, f->text, f->length);
            fprintf(out, " %zu (%zu:%zu)", f->count, f->place.line, f->place.column);
        }
        putc('\n', out);
    }
}

void names_report_fini(struct names_report *report) {
    for (size_t i = 0; i < report->count; i++) {
        for (size_t k = 0; k < report->persons[i].form_count; k++)
            free(report->persons[i].forms[k].text);
        free(report->persons[i].forms);
    }
    free(report->persons);
    *report = (struct names_report){0};
}
