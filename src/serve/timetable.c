/* SPDX-License-Identifier: MIT */
/* timetable: windows are due at equal distances of the wall clock, for each machine at other times. */
#include "timetable.h"

#include <string.h>

#define LATE_US (60 * G_TIME_SPAN_SECOND) /* later than that a window is not begun any more */
#define DIGITS 12                         /* of the checksum: 48 bits */

/* Of the window `number`: a number of SplitMix64, which is as good as chance and always the same. */
static gint64
get_delay (const VmmTimetable *table, gint64 number)
{
  guint64 mixed = (guint64) number + (guint64) table->phase_us;

  mixed = (mixed + 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
  return (gint64) ((mixed ^ (mixed >> 31)) % (guint64) (table->uneven_us + 1));
}

static gint64
get_due (const VmmTimetable *table, gint64 number)
{
  return table->phase_us + number * table->every_us + get_delay (table, number);
}

static gint64
get_next (const VmmTimetable *table, gint64 now_us)
{
  gint64 since_us = now_us - table->phase_us, every_us = table->every_us;
  gint64 number = since_us / every_us - (since_us % every_us < 0);

  while (get_due (table, number) <= now_us)
    number++;
  return get_due (table, number);
}

void
vmm_timetable_init (VmmTimetable *table, gint64 every_us, gint64 phase_us, gint64 uneven_us,
                    gint64 now_us)
{
  *table = (VmmTimetable){ .every_us = every_us, .phase_us = phase_us, .uneven_us = uneven_us };
  table->next_us = get_next (table, now_us);
}

VmmDue
vmm_timetable_check (VmmTimetable *table, gint64 now_us)
{
  gint64 due_us = table->next_us;

  if (due_us > now_us && due_us - now_us <= table->every_us + table->uneven_us)
    return VMM_DUE_NOT_YET;
  table->next_us = get_next (table, now_us);
  if (due_us > now_us)
    return VMM_DUE_NOT_YET;
  return now_us - due_us <= LATE_US ? VMM_DUE_NOW : VMM_DUE_LATE;
}

gint64
vmm_timetable_phase (const char *root, gint64 every_us)
{
  g_autofree char *path = g_build_filename (root, "etc", "machine-id", NULL), *id = NULL;

  if (!g_file_get_contents (path, &id, NULL, NULL) || !g_strstrip (id)[0])
    return (gint64) (g_random_double () * (double) every_us);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
  sum[DIGITS] = '\0';
  return (gint64) (g_ascii_strtoull (sum, NULL, 16) % (guint64) every_us);
}
