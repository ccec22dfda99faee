/* SPDX-License-Identifier: MIT */
/* share_private: what the forms of a share have in common. */
#pragma once

#include "vmm/share.h"

/* A copy with U+FFFD for what may not be shown. Free with g_free(). */
char *vmm_share_clean (const char *text);
