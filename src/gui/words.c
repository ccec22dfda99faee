/* SPDX-License-Identifier: MIT */
/* words: wrapped, plain, never markup. */
#include "words.h"

GtkWidget *
vmm_words_add (GtkContainer *box, const char *text, const char *class)
{
  gunichar   first = g_unichar_toupper (g_utf8_get_char (text));
  GtkWidget *label = gtk_label_new (NULL);
  GString   *line = g_string_new (NULL);

  if (*text) {
    g_string_append_unichar (line, first);
    g_string_append (line, g_utf8_next_char (text));
  }
  gtk_label_set_text (GTK_LABEL (label), line->str);
  g_string_free (line, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), class);
  gtk_widget_show (label);
  gtk_container_add (box, label);
  return label;
}
