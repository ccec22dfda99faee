/* SPDX-License-Identifier: MIT */
/* words: wrapped, plain, never markup. */
#include "words.h"

#define LEFT_TO_RIGHT_MARK "\u200e"

/* Our sentences run from left to right, whatever letter of another's name comes first. */
static char *
direct (const char *text)
{
  const char *at = text;

  while (*at && !g_ascii_isalpha (*at) && (guchar) *at < 0x80)
    at++;
  return g_strconcat ((guchar) *at < 0x80 ? "" : LEFT_TO_RIGHT_MARK, text, NULL);
}

GtkWidget *
vmm_words_add (GtkContainer *box, const char *text, const char *class)
{
  g_autofree char *directed = direct (text);
  GtkWidget       *label = gtk_label_new (directed);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), class);
  gtk_widget_show (label);
  gtk_container_add (box, label);
  return label;
}

GtkWidget *
vmm_words_add_sentence (GtkContainer *box, const char *text, const char *class)
{
  g_autofree char *sentence = g_strdup (text);

  sentence[0] = g_ascii_toupper (sentence[0]);
  return vmm_words_add (box, sentence, class);
}
