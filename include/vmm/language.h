/* SPDX-License-Identifier: MIT */
/* language: what is said in English for files and programs, and in the user's language on a screen.
 *
 * There are three kinds of text, and one way for each:
 *
 * - Sentences that may be stored (reasons, evidence, messages of errors) are made in English with C's
 *   figures and marked VMM_SAID() where they are made. A face shows them through vmm_say(), those of
 *   a foreign or older file as well.
 * - Texts of const tables (titles, names) are English and marked N_(); a face shows them through _().
 *   Ids that are shown are marked NC_() with the kind of id as the context: vmm_say_id().
 * - What is composed to be read (verdicts, advice) is made in the language that is asked for, with
 *   its figures: VMM_ENGLISH for documents, VMM_LOCAL for a screen.
 *
 * gettext's domain is chosen by the program; without it everything is English. No state, any thread. */
#pragma once

#include <glib.h>

typedef enum {
  VMM_ENGLISH, /* with C's figures: for files and programs */
  VMM_LOCAL,   /* as the locale of the process says */
} VmmLanguage;

/* Marks a sentence, or the format of one, that vmm_say() is to find again. The format's conversions
 * are in order and have no width; each %s is a name or again such a sentence. */
#define VMM_SAID(sentence) sentence

/* Marks the two forms of a text in a table, for vmm_text_of(). */
#define VMM_FORMS(one, many) one, many

/* `english` in that language. Static storage, as `english` is. */
const char *vmm_text (VmmLanguage language, const char *english) G_GNUC_FORMAT (2);

/* One of the forms of a text about `n` things. */
const char *vmm_text_of (VmmLanguage language, const char *one, const char *many, gulong n)
    G_GNUC_FORMAT (2) G_GNUC_FORMAT (3);

/* The sentence `english` in the user's language: as it is, or made anew from the format that it was
 * made from. What nobody knows stays as it is. Free with g_free(). */
char *vmm_say (const char *english);

/* What people call an id of the kind `context`: "quality" "sureness" "steal" "ping" "target" "stamps"
 * "kind" "nature" "container". Static storage, or `id` itself. */
const char *vmm_say_id (const char *context, const char *id);

/* FALSE for what moves a cursor, breaks a line or turns the writing direction: texts that came from a
 * machine or a file are shown without. */
gboolean vmm_may_show (gunichar character);

/* Puts strings, NULL after the last, in the places of the conversions of a translated `format`, which
 * may be numbered ("%2$s"). For formats from tables; else the compiler had better see them. Free with
 * g_free(). */
char *vmm_fill (const char *format, ...) G_GNUC_NULL_TERMINATED;

#define VMM_DECIMAL_SIZE G_ASCII_DTOSTR_BUF_SIZE

/* `value` by a format such as "%.1f". Returns `ret_text`. */
const char *vmm_decimal (VmmLanguage language, char ret_text[VMM_DECIMAL_SIZE], const char *format,
                         double value);

/* What errno `number` means, in English, as stored sentences are. Static storage. */
const char *vmm_strerror (int number);
