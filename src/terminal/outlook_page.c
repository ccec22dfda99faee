/* SPDX-License-Identifier: MIT */
/* outlook_page: the sentences of the outlook, laid out. */
#include "outlook_page.h"

#include "page.h"
#include "vmm/text.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>

/* Who only watches has not asked how much there is. */
static gboolean
has_headroom (const VmmOutlookState *state)
{
  return state->headroom.why != VMM_HEADROOM_NO_BURSTS;
}

void
vmm_outlook_append (GString *out, const VmmResult *result, const VmmStyle *style)
{
  const VmmOutlookState *state = vmm_result_get_outlook (result);

  if (!state)
    return;
  g_autoptr (GPtrArray) lines = vmm_words_outlook (state);
  for (guint i = 0; i < lines->len; i++)
    vmm_page_note (out, style, i == 0 ? C_ ("heading", "Outlook") : "", lines->pdata[i]);
  if (!has_headroom (state))
    return;
  g_autofree char *headroom = vmm_words_headroom (&state->headroom);
  vmm_page_note (out, style, C_ ("heading", "Headroom"), headroom);
  if (state->headroom.why == VMM_HEADROOM_KNOWN)
    vmm_page_note (out, style, "", vmm_words_headroom_limits ());
}

static void
append_line (GString *out, const VmmStyle *style, guint width, const char *text)
{
  g_string_append (out, style->dim);
  vmm_text_append_left (out, text, width);
  g_string_append_printf (out, "%s\n", style->reset);
}

void
vmm_outlook_append_live (GString *out, const VmmOutlook *outlook, const VmmStyle *style,
                         guint width, guint most)
{
  VmmOutlookState state;

  if (!outlook || most == 0)
    return;
  vmm_outlook_describe (outlook, &state);
  g_autoptr (GPtrArray) lines = vmm_words_outlook (&state);
  if (state.headroom.why == VMM_HEADROOM_KNOWN)
    g_ptr_array_add (lines, vmm_words_headroom (&state.headroom));
  for (guint i = 0; i < MIN (lines->len, most); i++)
    append_line (out, style, width, lines->pdata[i]);
}
