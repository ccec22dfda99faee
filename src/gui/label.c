/* SPDX-License-Identifier: MIT */
/* label: words, wrapped, plain, never markup. */
#include "label.h"

#include "vmm/phrases.h"

#define LEFT_TO_RIGHT_MARK "\u200e"

/* Where reading begins at the left our sentences do, whatever letter of another's name comes first. */
static char *
direct (const char *text)
{
  const char *at = text;

  while (*at && !g_ascii_isalpha (*at) && (guchar) *at < 0x80)
    at++;
  gboolean ours = (guchar) *at < 0x80 || gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  return g_strconcat (ours ? "" : LEFT_TO_RIGHT_MARK, text, NULL);
}

/* Where reading begins at the right, words of another direction have their lines turned around once more
 * by Pango, so that they would begin at the left. */
static gboolean
is_against (GtkLabel *label)
{
  return gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL &&
         pango_layout_get_direction (gtk_label_get_layout (label), 0) == PANGO_DIRECTION_LTR;
}

GtkWidget *
vmm_label_add (GtkContainer *box, const char *text, const char *class)
{
  g_autofree char *bound = vmm_phrase_bind (text), *directed = direct (bound);
  GtkWidget       *label = gtk_label_new (directed);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (is_against (GTK_LABEL (label)))
    gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), class);
  gtk_widget_show (label);
  gtk_container_add (box, label);
  return label;
}

GtkWidget *
vmm_label_add_sentence (GtkContainer *box, const char *text, const char *class)
{
  g_autofree char *sentence = vmm_phrase_capitalise (text);

  return vmm_label_add (box, sentence, class);
}

void
vmm_label_align_figure (GtkWidget *label)
{
  gboolean mirrored = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  gtk_label_set_xalign (GTK_LABEL (label), mirrored ? 0 : 1);
}
