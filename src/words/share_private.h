/* SPDX-License-Identifier: MIT */
/* share_private: what the forms of a share have in common. */
#pragma once

#include "vmm/share.h"

/* A copy with U+FFFD for what may not be shown. Free with g_free(). */
char *vmm_share_clean (const char *text);

/* Adds to a page, with each string escaped; and its picture. */
void vmm_share_append (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);
void vmm_share_append_picture (GString *out, const VmmShare *share);
