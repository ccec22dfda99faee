/* SPDX-License-Identifier: MIT */
/* card: what is shown to others, as a picture of one size.
 *
 * Behind it stands src/plot/card.c or, in a build without pictures, src/plot/absent.c: chosen by linking. */
#pragma once

#include "vmm/share.h"

#define VMM_CARD_WIDTH 1280
#define VMM_CARD_HEIGHT 640

/* Writes the picture to `path`, which ends in .png, whole or not at all. FALSE and VMM_ERROR_UNSUPPORTED in
 * a build without pictures, or for another ending. */
gboolean vmm_card_save (const VmmShare *share, const char *path, GError **error);

/* The same as bytes, for a clipboard; g_bytes_unref(). NULL and the error. */
GBytes *vmm_card_render (const VmmShare *share, GError **error);
