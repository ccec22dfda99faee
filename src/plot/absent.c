/* SPDX-License-Identifier: MIT */
/* absent: stands in for the card in a build without Cairo. */
#include "vmm/card.h"

#include "vmm/error.h"

#include <glib/gi18n-lib.h>

GBytes *
vmm_card_render (const VmmShare *share, GError **error)
{
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED,
                       _ ("pictures are not in this build: --html makes a page with one"));
  return NULL;
}

gboolean
vmm_card_save (const VmmShare *share, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = vmm_card_render (share, error);

  return bytes != NULL;
}
