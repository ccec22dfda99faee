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

/* What fills first has a card of its own; that it is not known is said here. */
static void
add_headroom (GPtrArray *lines, const VmmHeadroom *headroom)
{
  if (headroom->why == VMM_HEADROOM_FADED)
    g_ptr_array_add (lines, vmm_words_headroom (headroom));
}

static char *
say (const VmmOutlookState *state)
{
  g_autoptr (GPtrArray) lines = vmm_words_outlook (state);
  add_headroom (lines, &state->headroom);
  g_ptr_array_add (lines, NULL);
  g_autofree char *joined = g_strjoinv ("\n", (char **) lines->pdata);
  return vmm_phrase_bind (joined);
}

void
vmm_outlook_line_update (GtkWidget *line, const VmmOutlookState *state)
{
  g_autofree char *words = say (state);

  if (g_strcmp0 (words, gtk_label_get_text (GTK_LABEL (line))) == 0)
    return;
  gtk_label_set_text (GTK_LABEL (line), words);
  gtk_widget_set_visible (line, words[0] != '\0');
}
