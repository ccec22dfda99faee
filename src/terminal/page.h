/* SPDX-License-Identifier: MIT */
/* page: a page of text for people, as wide as its style says: headings in the margin, notes beside them. */
#pragma once

#include "console.h"
#include "vmm/host.h"

/* Of tables: the first column and each of the others. */
#define VMM_PAGE_NAME 27
#define VMM_PAGE_FIGURE 12

/* Appends `name` as the first `width` columns of a table's row; one that is longer has a line of its own
 * and the row begins below it. */
void vmm_page_name (GString *out, const char *name, guint width);

/* Columns of figures below `heading`: `least`, or as many as it needs. */
guint vmm_page_figure (const char *heading, guint least);

/* Which of `n` columns, so wide each, have room beside the names, as bits: the first of `spare` (their
 * numbers) are given up first. */
guint vmm_page_choose (const VmmStyle *style, const guint *widths, guint n, const guint *spare);

/* Appends `heading` (may be "") and `text` beside it, cleaned and wrapped; below it when the heading has
 * more than 10 columns. A subnote is part of the note above it. */
void vmm_page_note (GString *out, const VmmStyle *style, const char *heading, const char *text);
void vmm_page_subnote (GString *out, const VmmStyle *style, const char *heading, const char *text);
void vmm_page_format (GString *out, const VmmStyle *style, const char *heading, const char *format,
                      ...) G_GNUC_PRINTF (4, 5);

/* Appends which machine and VMM `host` is; and what more is known of it, and how. */
void vmm_page_machine (GString *out, const VmmHost *host, const VmmStyle *style);
void vmm_page_machine_details (GString *out, const VmmHost *host, const VmmStyle *style);
