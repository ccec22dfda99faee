/* SPDX-License-Identifier: MIT */
/* fleet: guests as a table, filled figure by figure from the server's answers. */
#include "answer.h"
#include "story.h"
#include "vmm/fleet.h"
#include "vmm/language.h"

#include <math.h>
#include <string.h>

#define MAX_POINTS 1e6 /* of a score: beyond it is no score */

static void
guest_free (gpointer data)
{
  VmmFleetGuest *guest = data;

  g_free (guest->guest);
  g_free (guest->job);
  g_free (guest->host);
  g_free (guest->vmm);
  g_free (guest->vmm_version);
  g_free (guest->cloud);
  g_free (guest->type);
  g_free (guest);
}

VmmFleet *
vmm_fleet_new (void)
{
  VmmFleet *fleet = g_new0 (VmmFleet, 1);

  fleet->guests = g_ptr_array_new_with_free_func (guest_free);
  fleet->index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fleet->curves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fleet->since = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return fleet;
}

void
vmm_fleet_free (VmmFleet *fleet)
{
  if (!fleet)
    return;
  vmm_story_free (fleet->story);
  g_hash_table_unref (fleet->curves);
  g_hash_table_unref (fleet->since);
  g_hash_table_unref (fleet->index);
  g_ptr_array_unref (fleet->guests);
  g_free (fleet);
}

/* ---- One figure of one guest */

static VmmFleetGuest *
add_guest (VmmFleet *fleet, char *key, const char *job, const char *name)
{
  VmmFleetGuest *guest = g_new (VmmFleetGuest, 1);

  *guest = (VmmFleetGuest){ .guest = g_strdup (name),
                            .job = g_strdup (job),
                            .host = g_strdup (""),
                            .vmm = g_strdup (""),
                            .vmm_version = g_strdup (""),
                            .cloud = g_strdup (""),
                            .type = g_strdup (""),
                            .score = NAN,
                            .low = NAN,
                            .high = NAN,
                            .stolen = NAN,
                            .quality = -1 };
  g_ptr_array_add (fleet->guests, guest);
  g_hash_table_insert (fleet->index, key, guest);
  return guest;
}

char *
vmm_fleet_key (const char *job, const char *guest)
{
  return g_strconcat (job, "\n", guest, NULL);
}

/* That the series is of, a new one where it is new; NULL with a complaint where there are too many. */
static VmmFleetGuest *
find_guest (VmmFleet *fleet, const VmmSeries *series)
{
  g_autofree char *name = vmm_answer_label (series, "instance");
  g_autofree char *job = vmm_answer_label (series, "job");
  g_autofree char *key = vmm_fleet_key (job, name);
  VmmFleetGuest   *guest = g_hash_table_lookup (fleet->index, key);

  if (!guest && fleet->guests->len < VMM_FLEET_MAX_SERIES)
    guest = add_guest (fleet, g_steal_pointer (&key), job, name);
  if (guest && !guest->is_on_host) {
    g_autofree char *host = vmm_answer_label (series, "vmm_host");
    guest->is_on_host = host[0] != '\0';
    if (guest->is_on_host) {
      g_free (guest->host);
      guest->host = g_steal_pointer (&host);
    }
  }
  return guest;
}

static void
put_heard (VmmFleetGuest *guest, const VmmSeries *series)
{
  gint64 now_us = series->times_us[0];
  double seconds = series->values[0];

  if (!(seconds > 0))
    return;
  /* A guest's clock that is ahead of the server's. */
  double us = MIN (seconds * G_USEC_PER_SEC, (double) now_us);
  guest->heard_us = MAX (guest->heard_us, (gint64) us);
  guest->is_heard = now_us - guest->heard_us <= (gint64) VMM_FLEET_STALE_S * G_USEC_PER_SEC;
}

static void
put_info (VmmFleetGuest *guest, const VmmSeries *series)
{
  const struct {
    const char *label;
    char      **text;
  } rows[] = { { "vmm", &guest->vmm },
               { "vmm_version", &guest->vmm_version },
               { "cloud", &guest->cloud },
               { "instance_type", &guest->type },
               { "host_hint", guest->is_on_host ? NULL : &guest->host } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].text) {
      g_free (*rows[i].text);
      *rows[i].text = vmm_answer_label (series, rows[i].label);
    }
}

static double
get_within (const VmmSeries *series, double max)
{
  double value = series->values[0];

  return value >= 0 && value <= max ? value : NAN;
}

static void
put_score (VmmFleetGuest *guest, const VmmSeries *series)
{
  guest->score = get_within (series, MAX_POINTS);
}

static void
put_low (VmmFleetGuest *guest, const VmmSeries *series)
{
  guest->low = get_within (series, MAX_POINTS);
}

static void
put_high (VmmFleetGuest *guest, const VmmSeries *series)
{
  guest->high = get_within (series, MAX_POINTS);
}

static void
put_stolen (VmmFleetGuest *guest, const VmmSeries *series)
{
  g_autofree char *name = vmm_answer_label (series, "__name__");
  gboolean         is_live = strcmp (name, "vmm_stolen_ratio") == 0;

  if (guest->is_live && !is_live)
    return;
  guest->stolen = get_within (series, 1);
  guest->is_live = is_live;
}

static void
put_quality (VmmFleetGuest *guest, const VmmSeries *series)
{
  g_autofree char *id = vmm_answer_label (series, "quality");

  for (int i = VMM_QUALITY_CLEAN; i <= VMM_QUALITY_INVALID; i++)
    if (series->values[0] == 1 && strcmp (id, vmm_quality_id ((VmmQuality) i)) == 0)
      guest->quality = i;
}

/* ---- Answers */

/* When the last stretch without a gap began, which goes on until now. */
static void
take_since (VmmFleet *fleet, const VmmSeries *series)
{
  g_autofree char *host = vmm_answer_label (series, "vmm_host");
  guint            first = series->n - 1;
  const gint64     gap_us = 90 * G_TIME_SPAN_SECOND;

  while (first > 0 && series->times_us[first] - series->times_us[first - 1] <= gap_us)
    first--;
  g_hash_table_insert (fleet->since, g_steal_pointer (&host),
                       g_memdup2 (&series->times_us[first], sizeof (gint64)));
}

typedef struct {
  VmmFleet        *fleet;
  VmmFleetQuestion question;
} Taking;

static void
take (const VmmSeries *series, gpointer data)
{
  static void (*const puts[VMM_FLEET_N_QUESTIONS]) (VmmFleetGuest *, const VmmSeries *) = {
    [VMM_FLEET_ASK_HEARD] = put_heard,     [VMM_FLEET_ASK_INFO] = put_info,
    [VMM_FLEET_ASK_SCORE] = put_score,     [VMM_FLEET_ASK_LOW] = put_low,
    [VMM_FLEET_ASK_HIGH] = put_high,       [VMM_FLEET_ASK_STOLEN] = put_stolen,
    [VMM_FLEET_ASK_QUALITY] = put_quality,
  };
  Taking *taking = data;

  taking->fleet->now_us = MAX (taking->fleet->now_us, series->times_us[series->n - 1]);
  if (puts[taking->question]) {
    VmmFleetGuest *guest = find_guest (taking->fleet, series);
    if (guest)
      puts[taking->question](guest, series);
    else
      taking->fleet->is_partial = TRUE;
  } else if (taking->question == VMM_FLEET_ASK_SINCE)
    take_since (taking->fleet, series);
  else if (taking->question == VMM_FLEET_ASK_CURVES)
    vmm_story_take_curve (taking->fleet, series);
  else
    vmm_story_take (taking->fleet, taking->question, series);
}

gboolean
vmm_fleet_add (VmmFleet *fleet, VmmFleetQuestion question, const char *text, gsize length,
               GError **error)
{
  Taking   taking = { fleet, question };
  gboolean is_partial = FALSE;
  gboolean is_read = vmm_answer_read (text, length, take, &taking, &is_partial, error);

  fleet->is_partial |= is_partial;
  return is_read;
}

const VmmFleetGuest *
vmm_fleet_find (const VmmFleet *fleet, const char *guest)
{
  for (guint i = 0; i < fleet->guests->len; i++) {
    const VmmFleetGuest *found = fleet->guests->pdata[i];
    if (strcmp (found->guest, guest) == 0)
      return found;
  }
  return NULL;
}
