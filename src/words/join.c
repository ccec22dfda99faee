/* SPDX-License-Identifier: MIT */
/* join: sentences beside one another. */
#include "join.h"

#include <glib/gi18n-lib.h>

char *
vmm_words_join (char *text, char *more, VmmLanguage language)
{
  char *both = text ? g_strdup_printf (vmm_text (language, N_ ("%s; %s")), text, more) : NULL;

  if (!both)
    return more;
  g_free (text);
  g_free (more);
  return both;
}
