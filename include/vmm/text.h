/* SPDX-License-Identifier: MIT */
/* text: UTF-8 as columns of a terminal.
 *
 * Everything the terminal face makes is UTF-8; vmm_text_to_ascii() comes last, for a locale that
 * is not. Strings that came from a machine or a file pass vmm_text_clean() first. */
#pragma once

#include <glib.h>

/* Columns that `text` takes, escape sequences (CSI) not counted. */
guint vmm_text_width (const char *text);

/* Appends `text` and blanks up to `width` columns; text that is wider ends in "…". Not for text
 * with escape sequences. */
void vmm_text_append_left (GString *out, const char *text, guint width);
void vmm_text_append_right (GString *out, const char *text, guint width);

/* Appends the words of `text`, lines of at most `width` columns, each line but the first after
 * `indent` blanks; the first begins at column `column`. Ends in a newline. */
void vmm_text_append_wrapped (GString *out, const char *text, guint column, guint indent,
                              guint width);

/* A copy whose words are at most `width` > 1 columns wide: a longer one is cut into several. Free with
 * g_free(). */
char *vmm_text_break (const char *text, guint width);

/* Each paragraph (line) of `text`, wrapped so. Free with g_free(). */
char *vmm_text_wrap (const char *text, guint width);

/* A copy of `text` in which nothing can move the cursor or turn the writing direction: control
 * and format characters become U+FFFD, as do bytes that are not UTF-8. */
char *vmm_text_clean (const char *text);

/* A copy in ASCII: the characters that this face draws with have a stand-in each, others are
 * transliterated. */
char *vmm_text_to_ascii (const char *text);
