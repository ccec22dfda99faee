/* SPDX-License-Identifier: MIT */
/* story: points of a day, each in its place, and what was found in it. */
#include "story.h"

#include "vmm/channel.h"

#include <string.h>

#define MAX_FINDINGS 100

static void
finding_free (gpointer data)
{
  VmmFleetFinding *finding = data;

  g_free (finding->id);
  g_free (finding->sureness);
  g_free (finding);
}

static void
clear_points (float *points)
{
  for (guint i = 0; i < VMM_FLEET_POINTS; i++)
    points[i] = vmm_absent (VMM_NOT_EXPOSED);
}

VmmFleetStory *
vmm_story_new (gint64 now_us)
{
  VmmFleetStory *story = g_new0 (VmmFleetStory, 1);

  clear_points (story->score);
  clear_points (story->stolen);
  story->findings = g_ptr_array_new_with_free_func (finding_free);
  story->end_us = now_us;
  return story;
}

void
vmm_story_free (VmmFleetStory *story)
{
  if (!story)
    return;
  g_ptr_array_unref (story->findings);
  g_free (story);
}

static void
take_points (gint64 end_us, const VmmSeries *series, float *points)
{
  const gint64 step_us = (gint64) VMM_FLEET_DAY_S / VMM_FLEET_POINTS * G_USEC_PER_SEC;

  for (guint i = 0; i < series->n; i++) {
    gint64 back = (end_us - series->times_us[i] + step_us / 2) / step_us;
    if (back >= 0 && back < VMM_FLEET_POINTS && series->values[i] >= 0 && series->values[i] < 1e6)
      points[VMM_FLEET_POINTS - 1 - back] = (float) series->values[i];
  }
}

static void
take_finding (VmmFleetStory *story, const VmmSeries *series)
{
  VmmFleetFinding *finding;

  if (story->findings->len == MAX_FINDINGS || !(series->values[0] > 0 && series->values[0] < 1e11))
    return;
  finding = g_new (VmmFleetFinding, 1);
  *finding =
      (VmmFleetFinding){ vmm_answer_label (series, "id"), vmm_answer_label (series, "sureness"),
                         (gint64) (series->values[0] * G_USEC_PER_SEC) };
  g_ptr_array_add (story->findings, finding);
}

void
vmm_story_take (VmmFleet *fleet, VmmFleetQuestion question, const VmmSeries *series)
{
  if (!fleet->story)
    return;
  if (question == VMM_FLEET_ASK_FINDINGS)
    take_finding (fleet->story, series);
  else
    take_points (fleet->story->end_us, series,
                 question == VMM_FLEET_ASK_SCORES ? fleet->story->score : fleet->story->stolen);
}

/* Several series of one guest fill one curve. */
void
vmm_story_take_curve (VmmFleet *fleet, const VmmSeries *series)
{
  g_autofree char *name = vmm_answer_label (series, "instance");
  g_autofree char *job = vmm_answer_label (series, "job");
  g_autofree char *key = vmm_fleet_key (job, name);
  float           *points = g_hash_table_lookup (fleet->curves, key);

  if (!points) {
    points = g_new (float, VMM_FLEET_POINTS);
    clear_points (points);
    g_hash_table_insert (fleet->curves, g_strdup (key), points);
  }
  take_points (fleet->now_us, series, points);
}
