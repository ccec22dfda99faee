/* SPDX-License-Identifier: MIT */
/* phrases: sentences for labels, and dates by the locale. */
#include "vmm/phrases.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <string.h>

#define NO_BREAK_SPACE "\u00a0"

/* The locale is that of the start: no thread changes it. NOLINTBEGIN(concurrency-mt-unsafe) */

/* A locale without a place writes the month first and two figures of the year: nobody's way. */
static const char *
get_date_format (void)
{
  return strcmp (nl_langinfo (D_FMT), "%m/%d/%y") == 0 ? "%Y-%m-%d" : "%x";
}

static gboolean
has_half_days (void)
{
  const char *usual = nl_langinfo (T_FMT);

  return *nl_langinfo (AM_STR) && (strstr (usual, "%p") || strstr (usual, "%r"));
}

/* NOLINTEND(concurrency-mt-unsafe) */

static char *
format (gint64 real_us, const char *words)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (real_us / G_USEC_PER_SEC);
  char *text = time ? g_date_time_format (time, words) : NULL;

  return text ? text : g_strdup ("–");
}

char *
vmm_phrase_moment (gint64 real_us, gboolean precisely)
{
  const char      *time = precisely ? "%X" : has_half_days () ? "%I:%M %p" : "%H:%M";
  g_autofree char *words = g_strjoin (" ", get_date_format (), time, NULL);

  return format (real_us, words);
}

char *
vmm_phrase_clock (gint64 real_us)
{
  return format (real_us, "%X");
}

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
