/* SPDX-License-Identifier: MIT */
/* words: wrapped, plain, never markup. */
#include "words.h"

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

char *
vmm_words_capitalise (const char *text)
{
  char  first[7] = "";
  gsize length = (gsize) (g_utf8_next_char (text) - text);

  if (!*text)
    return g_strdup ("");
  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (text)), first);
  return g_strconcat (first, text + length, NULL);
}

GtkWidget *
vmm_words_add_sentence (GtkContainer *box, const char *text, const char *class)
{
  g_autofree char *sentence = vmm_words_capitalise (text);

  return vmm_words_add (box, sentence, class);
}
