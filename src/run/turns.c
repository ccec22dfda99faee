/* SPDX-License-Identifier: MIT */
/* turns: whose slot of the wall clock it is. */
#include "vmm/turns.h"

#include "vmm/error.h"
#include "vmm/language.h"

#include <stdlib.h>
#include <sys/timex.h>

/* Two clocks that are so wrong in opposite directions leave two seconds of the room to keep a window in. */
#define MAX_ERROR_S ((VMM_TURNS_ROOM_S - 2) / 2.0)

/* An end in a code: minutes since the epoch in as few letters as there are. */
#define MINUTE_BASE 36
#define MAX_MINUTES (G_MAXINT64 / G_TIME_SPAN_MINUTE)

static guint
get_window_s (const VmmTurns *turns)
{
  return turns->slot_s - VMM_TURNS_ROOM_S;
}

/* One number of the code. */
static gboolean
read_number (const char **at, guint *ret_number)
{
  char *end;

  if (!g_ascii_isdigit (**at))
    return FALSE;
  *ret_number = (guint) MIN (g_ascii_strtoull (*at, &end, 10), G_MAXUINT);
  *at = end;
  return TRUE;
}

/* "-30-htfr4" */
static gboolean
read_end (const char **at, guint *ret_window_s, gint64 *ret_until_us)
{
  char *end;

  if (*(*at)++ != '-' || !read_number (at, ret_window_s) || *(*at)++ != '-' ||
      !g_ascii_isalnum (**at))
    return FALSE;
  guint64 minutes = g_ascii_strtoull (*at, &end, MINUTE_BASE);
  *at = end;
  *ret_until_us = (gint64) MIN (minutes, MAX_MINUTES) * G_TIME_SPAN_MINUTE;
  return TRUE;
}

static gboolean
fail_window (GError **error, guint window_s, guint own_s)
{
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               VMM_SAID ("the code is of measurements of %u s, and here they last %u s: all guests "
                         "need the same --duration"),
               window_s, own_s);
  return FALSE;
}

gboolean
vmm_turns_parse (VmmTurns *ret_turns, const char *code, const VmmPlan *plan, GError **error)
{
  const char *at = code;
  guint       turn = 0, turns = 0, window_s = plan->duration_s;
  gint64      until_us = G_MAXINT64;
  gboolean    read = read_number (&at, &turn) && *at++ == '/' && read_number (&at, &turns) &&
                  (!*at || read_end (&at, &window_s, &until_us)) && !*at;

  if (!read || turn < 1 || turn > turns || turns > VMM_TURNS_MAX) {
    g_set_error (
        error, VMM_ERROR, VMM_ERROR_RANGE,
        VMM_SAID ("\"%s\": expected which of how many guests this is, such as 1/2, up to %d/%d"),
        code, VMM_TURNS_MAX, VMM_TURNS_MAX);
    return FALSE;
  }
  if (window_s != plan->duration_s)
    return fail_window (error, window_s, plan->duration_s);
  *ret_turns = (VmmTurns){ turn, turns, plan->duration_s + VMM_TURNS_ROOM_S, until_us };
  return TRUE;
}

char *
vmm_turns_code (const VmmTurns *turns, guint turn)
{
  static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  GString          *end = g_string_new (NULL);

  for (gint64 left = turns->until_us / G_TIME_SPAN_MINUTE; left > 0; left /= MINUTE_BASE)
    g_string_prepend_c (end, digits[left % MINUTE_BASE]);
  char *code = g_strdup_printf ("%u/%u-%u-%s", turn, turns->turns, get_window_s (turns), end->str);
  g_string_free (end, TRUE);
  return code;
}

/* There and back. */
static guint
get_owner (const VmmTurns *turns, guint64 slot)
{
  guint at = (guint) (slot % turns->turns);

  return slot / turns->turns % 2 ? turns->turns - at : at + 1;
}

gint64
vmm_turns_next (const VmmTurns *turns, gint64 wall_us, guint64 *ret_slot)
{
  gint64  slot_us = turns->slot_s * G_TIME_SPAN_SECOND;
  guint64 slot = (guint64) ((MAX (wall_us, 0) + slot_us - 1) / slot_us);

  while (get_owner (turns, slot) != turns->turn)
    slot++;
  *ret_slot = slot;
  return (gint64) slot * slot_us;
}

guint
vmm_turns_count (const VmmTurns *turns, gint64 wall_us, gint64 *ret_end_us)
{
  gint64  window_us = get_window_s (turns) * G_TIME_SPAN_SECOND;
  guint64 slot;
  guint   n = 0;

  *ret_end_us = 0;
  for (gint64 at_us = vmm_turns_next (turns, wall_us, &slot);
       at_us <= turns->until_us - window_us && n < G_MAXUINT16;
       at_us = vmm_turns_next (turns, at_us + 1, &slot)) {
    *ret_end_us = at_us + window_us;
    n++;
  }
  return n;
}

void
vmm_turns_read_clock (VmmTurnsClock *ret_clock)
{
  struct timex now = { .modes = 0 };
  int          state = adjtimex (&now);

  ret_clock->synchronised = state >= 0 && state != TIME_ERROR && !(now.status & STA_UNSYNC);
  ret_clock->error_us = state >= 0 ? now.maxerror : G_MAXINT64;
}

gboolean
vmm_turns_check_clock (const VmmTurnsClock *clock, GError **error)
{
  if (!clock->synchronised)
    g_set_error_literal (
        error, VMM_ERROR, VMM_ERROR_MISSING,
        VMM_SAID (
            "this guest's clock is not synchronised, and so its slots may not be those of the "
            "other "
            "guests: switch that on (timedatectl set-ntp true), or add --unsynchronised where "
            "the clocks of all guests show the same second"));
  else if ((double) clock->error_us > MAX_ERROR_S * G_TIME_SPAN_SECOND)
    g_set_error (
        error, VMM_ERROR, VMM_ERROR_RANGE,
        VMM_SAID ("this guest's clock may be wrong by %.0f s, and slots need %.0f s or less: "
                  "wait until it is synchronised better, or add --unsynchronised where the "
                  "clocks of all guests show the same second"),
        (double) clock->error_us / G_TIME_SPAN_SECOND, MAX_ERROR_S);
  else
    return TRUE;
  return FALSE;
}
