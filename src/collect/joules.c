/* SPDX-License-Identifier: MIT */
/* joules: from the readings of one energy counter to watts, or why there are none. */
#include "joules.h"

#define STALE_US (60 * (gint64) G_USEC_PER_SEC)

static float
be_absent (VmmAbsence why, VmmCause cause, VmmCause *ret_cause)
{
  *ret_cause = cause;
  return vmm_absent (why);
}

/* FALSE when the counter began anew. */
static gboolean
subtract (guint64 old, guint64 now, guint64 range, guint64 *ret_passed)
{
  *ret_passed = now > old ? now - old : range - old + now + 1;
  return now > old || range >= old;
}

static float
tell_move (const Joules *last, guint64 microjoules, guint64 range, gint64 now_us,
           VmmCause *ret_cause)
{
  guint64 passed;

  if (last->is_first && last->stood_still)
    return be_absent (VMM_PENDING, VMM_CAUSE_FIRST_READING, ret_cause);
  if (!subtract (last->microjoules, microjoules, range, &passed))
    return be_absent (VMM_PENDING, VMM_CAUSE_ENERGY_ANEW, ret_cause);

  double watts = (double) passed / (double) (now_us - last->moved_us);
  if (watts > JOULES_WATTS_MAX)
    return be_absent (VMM_FAILED, VMM_CAUSE_ENERGY_LEAPT, ret_cause);
  *ret_cause = VMM_CAUSE_NONE;
  return (float) watts;
}

float
joules_take (Joules *joules, guint64 microjoules, guint64 range, gint64 now_us, VmmCause *ret_cause)
{
  const Joules last = *joules;
  gboolean     is_stale = now_us < last.moved_us || now_us - last.moved_us > STALE_US;

  if (last.has_reading && !is_stale &&
      (microjoules == last.microjoules || now_us == last.moved_us)) {
    joules->stood_still = TRUE;
    return be_absent (VMM_PENDING, VMM_CAUSE_NO_READING, ret_cause);
  }
  *joules = (Joules){ microjoules, now_us, .has_reading = TRUE };
  if (last.has_reading && !is_stale)
    return tell_move (&last, microjoules, range, now_us, ret_cause);
  joules->is_first = TRUE;
  return be_absent (VMM_PENDING, VMM_CAUSE_FIRST_READING, ret_cause);
}
