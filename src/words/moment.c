/* SPDX-License-Identifier: MIT */
/* moment: dates and times of day by the locale. */
#include "vmm/phrases.h"

#include <glib/gi18n-lib.h>
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

/* By the calendar of this place. */
static int
count_days (GDateTime *from, GDateTime *to)
{
  int   year, month, day;
  GDate first, last;

  g_date_time_get_ymd (from, &year, &month, &day);
  g_date_set_dmy (&first, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  g_date_time_get_ymd (to, &year, &month, &day);
  g_date_set_dmy (&last, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_days_between (&first, &last);
}

char *
vmm_phrase_day (gint64 real_us, gint64 now_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (real_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);
  g_autofree char *minute = vmm_phrase_minute (real_us);
  int              days = time && now ? count_days (time, now) : -1;

  if (days < 0) /* nobody says so of what is to come */
    return vmm_phrase_moment (real_us, FALSE);
  if (days < 2)
    /* TRANSLATORS: %s: a time of day: "Today 14:05" */
    return g_strdup_printf (days == 0 ? _ ("Today %s") : _ ("Yesterday %s"), minute);
  if (g_date_time_get_year (time) != g_date_time_get_year (now))
    /* TRANSLATORS: day, month and year for g_date_time_format(): "12 March 2025" */
    return g_date_time_format (time, C_ ("date", "%-d %B %Y"));
  /* TRANSLATORS: day and month for g_date_time_format(): "12 March" */
  g_autofree char *day = g_date_time_format (time, C_ ("date", "%-d %B"));
  /* TRANSLATORS: a day and a time of day: "12 March 14:05" */
  return g_strdup_printf (C_ ("moment", "%1$s %2$s"), day, minute);
}
