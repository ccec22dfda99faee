/* SPDX-License-Identifier: MIT */
/* contest_page: a comparison as a page of text for people. */
#pragma once

#include "vmm/account.h"

/* In lines of at most `width` columns, whatever the sides are called; UTF-8, no escape codes. Free with
 * g_free(). */
char *vmm_contest_page (const VmmAccount *account, guint width);
