/* SPDX-License-Identifier: MIT */
/* moment: dates and times of day by the locale. */
#include "vmm/phrases.h"

#include <langinfo.h>
#include <string.h>

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
vmm_phrase_minute (gint64 real_us)
{
  return format (real_us, has_half_days () ? "%I:%M %p" : "%H:%M");
}

char *
vmm_phrase_clock (gint64 real_us)
{
  return format (real_us, "%X");
}
