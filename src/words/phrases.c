/* SPDX-License-Identifier: MIT */
/* phrases: sentences for labels. */
#include "vmm/phrases.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_BREAK_SPACE "\u00a0"

const char *
vmm_phrase_absence (VmmAbsence why)
{
  switch (why) {
  case VMM_PENDING:
    return _ ("waiting for the first reading");
  case VMM_NOT_EXPOSED:
    return _ ("not exposed to this guest");
  case VMM_FAILED:
    return _ ("could not be read");
  case VMM_OFF:
    return C_ ("a graph without values", "off");
  case VMM_PRESENT:
  case VMM_N_ABSENCES:
    break;
  }
  return NULL;
}

static gboolean
begins_with_path (const char *text)
{
  return memchr (text, '/', strcspn (text, " ")) != NULL;
}

char *
vmm_phrase_capitalise (const char *text)
{
  char  first[7] = "";
  gsize length = (gsize) (g_utf8_next_char (text) - text);

  if (!*text || begins_with_path (text))
    return g_strdup (text);
  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (text)), first);
  return g_strconcat (first, text + length, NULL);
}

static gboolean
begins_with_name (const char *verdict, const VmmAccount *account)
{
  for (guint i = 0; i < account->comparison->n_sides; i++)
    if (g_str_has_prefix (verdict, account->sides[i].called))
      return TRUE;
  return FALSE;
}

char *
vmm_phrase_verdict (const VmmAccount *account)
{
  g_autofree char *verdict = vmm_account_verdict (account);

  return begins_with_name (verdict, account) ? g_steal_pointer (&verdict)
                                             : vmm_phrase_capitalise (verdict);
}

char *
vmm_phrase_bind (const char *text)
{
  GString *bound = g_string_new (text);

  g_string_replace (bound, " %", NO_BREAK_SPACE "%", 0);
  return g_string_free (bound, FALSE);
}

char *
vmm_phrase_turn (guint turn, guint turns, gint64 now_us, gint64 next_us, gint64 end_us)
{
  g_autofree char *next = vmm_phrase_clock (next_us), *end = vmm_phrase_clock (end_us);

  return g_strdup_printf (
      _ ("turn %1$u of %2$u: the next measurement begins at %3$s, in %4$.0f s; the last "
         "of them ends at %5$s"),
      turn, turns, next, (double) MAX (0, next_us - now_us) / G_USEC_PER_SEC, end);
}
