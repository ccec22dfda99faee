/* SPDX-License-Identifier: MIT */
/* showing: writes what is shown to others where the user wants it. */
#include "showing.h"

#include "command.h"
#include "vmm/card.h"
#include "vmm/export.h"

#include <string.h>

guint
vmm_showing_count (const VmmShowing *showing)
{
  return (showing->paste || showing->markdown) + (showing->html != NULL) + (showing->card != NULL);
}

/* For a reader who is a program, or elsewhere: as it is. */
static VmmExit
write_text (const char *text, const char *file)
{
  g_autoptr (GError) error = NULL;

  if (!file || strcmp (file, "-") == 0)
    return vmm_command_answer (text, TRUE);
  return vmm_export_save (file, text, &error) ? VMM_EXIT_DONE : vmm_command_fail (error);
}

static VmmExit
write_card (const VmmShare *share, const char *file)
{
  g_autoptr (GError) error = NULL;

  return vmm_card_save (share, file, &error) ? VMM_EXIT_DONE : vmm_command_fail (error);
}

VmmExit
vmm_showing_write (const VmmShowing *showing, const VmmShare *share, const char *file)
{
  g_autofree char *text = showing->markdown ? vmm_share_markdown (share)
                          : showing->paste  ? vmm_share_paste (share)
                          : showing->html   ? vmm_share_page (share)
                                            : NULL;

  return text ? write_text (text, showing->html ? showing->html : file)
              : write_card (share, showing->card);
}

void
vmm_showing_clear (VmmShowing *showing)
{
  g_free (showing->html);
  g_free (showing->card);
}
