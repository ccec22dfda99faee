/* SPDX-License-Identifier: MIT */
/* sharing: the same runs and sides as are shown, read anew. */
#include "sharing.h"

#include <glib/gi18n-lib.h>

#include "vmm/error.h"
#include "vmm/export.h"

const char *
vmm_shared_as_id (VmmSharedAs form)
{
  static const char *const ids[VMM_N_SHARED_AS] = { "text", "markdown", "picture", "page", "card" };

  return ids[form];
}

VmmSharing *
vmm_sharing_new (char **ids, VmmSides sides, VmmSharedAs form, char *path)
{
  VmmSharing *sharing = g_new0 (VmmSharing, 1);

  sharing->selection = vmm_selection_new (ids, sides);
  sharing->form = form;
  sharing->path = path;
  return sharing;
}

void
vmm_sharing_free (VmmSharing *sharing)
{
  vmm_share_free (sharing->share); /* before what it borrows */
  vmm_selection_free (sharing->selection);
  g_free (sharing->path);
  g_free (sharing->text);
  g_clear_error (&sharing->error);
  g_free (sharing);
}

static VmmShare *
make_share (const VmmSelection *selection, GError **error)
{
  if (selection->account)
    return vmm_share_new_of_comparison (selection->account, error);
  if (selection->results->len == 1)
    return vmm_share_new_of_run (selection->results->pdata[0]);
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_MISSING,
                       _ ("nothing that can be shown to others is chosen"));
  return NULL;
}

void
vmm_sharing_do (VmmStore *store, VmmSharing *sharing)
{
  vmm_selection_read (store, sharing->selection);
  sharing->share = make_share (sharing->selection, &sharing->error);
  if (!sharing->share)
    return;
  if (sharing->form == VMM_SHARED_AS_TEXT)
    sharing->text = vmm_share_paste (sharing->share);
  else if (sharing->form == VMM_SHARED_AS_MARKDOWN)
    sharing->text = vmm_share_markdown (sharing->share);
  else if (sharing->form == VMM_SHARED_AS_PAGE) {
    sharing->text = vmm_share_page (sharing->share);
    vmm_export_save (sharing->path, sharing->text, &sharing->error);
  }
}
