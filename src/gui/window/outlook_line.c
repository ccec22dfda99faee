/* SPDX-License-Identifier: MIT */
/* outlook_line: sentences, without alarm: they change no colour and call nobody. */
#include "outlook_line.h"

#include "label.h"
#include "vmm/phrases.h"
#include "vmm/words.h"

GtkWidget *
vmm_outlook_line_new (GtkContainer *box)
{
  GtkWidget *line = vmm_label_add (box, "", "outlook");

  gtk_widget_set_no_show_all (line, TRUE);
  gtk_widget_hide (line);
  return line;
}

/* What fills first is known or not only after a window; before, nothing is missed. */
static void
add_headroom (GPtrArray *lines, const VmmHeadroom *headroom)
{
  if (headroom->why != VMM_HEADROOM_KNOWN && headroom->why != VMM_HEADROOM_FADED)
    return;
  g_ptr_array_add (lines, vmm_words_headroom (headroom));
  if (headroom->why == VMM_HEADROOM_KNOWN)
    g_ptr_array_add (lines, g_strdup (vmm_words_headroom_limits ()));
}

static char *
say (const VmmOutlook *outlook)
{
  VmmOutlookState state;

  if (!outlook)
    return g_strdup ("");
  vmm_outlook_describe (outlook, &state);
  g_autoptr (GPtrArray) lines = vmm_words_outlook (&state);
  add_headroom (lines, &state.headroom);
  g_ptr_array_add (lines, NULL);
  g_autofree char *joined = g_strjoinv ("\n", (char **) lines->pdata);
  return vmm_phrase_bind (joined);
}

void
vmm_outlook_line_update (GtkWidget *line, const VmmOutlook *outlook)
{
  g_autofree char *words = say (outlook);

  if (g_strcmp0 (words, gtk_label_get_text (GTK_LABEL (line))) == 0)
    return;
  gtk_label_set_text (GTK_LABEL (line), words);
  gtk_widget_set_visible (line, words[0] != '\0');
}
