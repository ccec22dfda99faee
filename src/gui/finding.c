/* SPDX-License-Identifier: MIT */
/* finding: the parts of a finding, open or behind a button. */
#include "finding.h"

#include <glib/gi18n-lib.h>

#include "label.h"
#include "vmm/words.h"

#define INDENT 3 /* characters */

/* Or NULL, where there is nothing to say. */
static GtkWidget *
add_part (GtkContainer *box, const VmmFinding *finding, VmmFindingPart part)
{
  const char      *heading;
  g_autofree char *text = vmm_words_finding_part (finding, part, &heading);

  if (!text)
    return NULL;
  g_autofree char *line = g_strdup_printf (C_ ("title: value", "%1$s: %2$s"), heading, text);
  return vmm_label_add_sentence (box, line, part == VMM_FINDING_SOURCE ? "quiet" : NULL);
}

static void
add_title (GtkContainer *box, const VmmFinding *finding)
{
  g_autofree char *title = vmm_words_finding_title (finding);

  vmm_label_add (box, title, "finding");
}

void
vmm_finding_add (GtkContainer *box, const VmmFinding *finding)
{
  add_title (box, finding);
  for (guint i = 0; i < VMM_N_FINDING_PARTS; i++)
    add_part (box, finding, i);
}

/* What is to be done comes first, and can be copied: there are commands in it. */
GtkWidget *
vmm_finding_add_folded (GtkContainer *box, const VmmFinding *finding, int characters)
{
  static const VmmFindingPart parts[VMM_N_FINDING_PARTS] = { VMM_FINDING_REMEDY, VMM_FINDING_UNDO,
                                                             VMM_FINDING_CAUSE,
                                                             VMM_FINDING_MEASURED,
                                                             VMM_FINDING_SOURCE };
  GtkWidget                  *expander = gtk_expander_new (_ ("How to fix it"));
  GtkWidget                  *folded = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  add_title (box, finding);
  for (guint i = 0; i < VMM_N_FINDING_PARTS; i++) {
    GtkWidget *label = add_part (GTK_CONTAINER (folded), finding, parts[i]);
    if (!label)
      continue;
    gtk_label_set_max_width_chars (GTK_LABEL (label), characters - INDENT);
    if (parts[i] == VMM_FINDING_REMEDY || parts[i] == VMM_FINDING_UNDO)
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  }
  gtk_widget_set_margin_start (folded, 12);
  gtk_container_add (GTK_CONTAINER (expander), folded);
  gtk_widget_set_tooltip_text (expander, _ (finding->remedy));
  gtk_widget_show_all (expander);
  gtk_container_add (box, expander);
  return expander;
}
