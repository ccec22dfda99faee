/* SPDX-License-Identifier: MIT */
/* fleet: what is said of many guests. */
#include "vmm/fleet_words.h"

#include "vmm/host.h"
#include "vmm/phrases.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DAY_US (24 * G_TIME_SPAN_HOUR)

const char *
vmm_fleet_heading (VmmFleetColumn column)
{
  /* TRANSLATORS: headings of a table of guests */
  static const char *const headings[VMM_FLEET_N_COLUMNS] = {
    [VMM_FLEET_GUEST] = NC_ ("table of guests", "Guest"),
    [VMM_FLEET_HOST] = NC_ ("table of guests", "Host"),
    [VMM_FLEET_VMM] = NC_ ("table of guests", "Served by"),
    [VMM_FLEET_TYPE] = NC_ ("table of guests", "Type"),
    [VMM_FLEET_SCORE] = NC_ ("table of guests", "Score"),
    [VMM_FLEET_STOLEN] = NC_ ("table of guests", "Stolen"),
    [VMM_FLEET_QUALITY] = NC_ ("table of guests", "Quality"),
    [VMM_FLEET_HEARD] = NC_ ("table of guests", "Heard"),
  };

  g_return_val_if_fail ((guint) column < VMM_FLEET_N_COLUMNS, NULL);
  return g_dpgettext2 (GETTEXT_PACKAGE, "table of guests", headings[column]);
}

/* The time of day; with the date where that is not today's. */
static char *
say_moment (gint64 us, gint64 now_us)
{
  return now_us - us < DAY_US ? vmm_phrase_minute (us) : vmm_phrase_moment (us, FALSE);
}

static char *
say_heard (const VmmFleet *fleet, const VmmFleetGuest *guest)
{
  char figure[VMM_FIGURE_SIZE];

  if (guest->heard_us == 0)
    return g_strdup ("");
  if (guest->is_heard)
    return g_strdup (
        vmm_figure_seconds (figure, (double) (fleet->now_us - guest->heard_us) / G_USEC_PER_SEC));
  g_autofree char *moment = say_moment (guest->heard_us, fleet->now_us);
  /* TRANSLATORS: a guest that tells nothing any more; %s: a time */
  return g_strdup_printf (_ ("silent since %s"), moment);
}

static char *
say_vmm (const VmmFleetGuest *guest)
{
  const char *name = vmm_host_vmm_name (guest->vmm);

  return g_strdup (name ? _ (name) : guest->vmm);
}

static char *
say_score (const VmmFleetGuest *guest)
{
  if (!isfinite (guest->score))
    return g_strdup ("");
  return vmm_words_points (guest->score,
                           guest->quality < 0 ? VMM_QUALITY_CLEAN : (VmmQuality) guest->quality);
}

char *
vmm_fleet_cell (const VmmFleet *fleet, const VmmFleetGuest *guest, VmmFleetColumn column)
{
  char figure[VMM_FIGURE_SIZE];

  switch (column) {
  case VMM_FLEET_GUEST:
    return g_strdup (guest->guest[0] ? guest->guest : guest->job);
  case VMM_FLEET_HOST:
    return g_strdup (guest->host);
  case VMM_FLEET_VMM:
    return say_vmm (guest);
  case VMM_FLEET_TYPE:
    return g_strdup (guest->type);
  case VMM_FLEET_SCORE:
    return say_score (guest);
  case VMM_FLEET_STOLEN:
    return g_strdup (isfinite (guest->stolen) ? vmm_figure (figure, guest->stolen * 100, "%") : "");
  case VMM_FLEET_QUALITY:
    return g_strdup (guest->quality < 0 ? "" : vmm_words_quality ((VmmQuality) guest->quality));
  case VMM_FLEET_HEARD:
    return say_heard (fleet, guest);
  case VMM_FLEET_N_COLUMNS:
    break;
  }
  g_return_val_if_reached (g_strdup (""));
}

char *
vmm_fleet_interval (const VmmFleetGuest *guest)
{
  gboolean is_whole = isfinite (guest->score) && isfinite (guest->low) && isfinite (guest->high);

  return is_whole ? vmm_words_interval (guest->low, guest->high) : g_strdup ("");
}

char *
vmm_fleet_line (const VmmFleet *fleet, const VmmFleetGuest *guest)
{
  GString *line = g_string_new (NULL);

  for (VmmFleetColumn i = VMM_FLEET_GUEST; i < VMM_FLEET_N_COLUMNS; i++) {
    g_autofree char *text = vmm_fleet_cell (fleet, guest, i);
    g_autofree char *more = i == VMM_FLEET_SCORE ? vmm_fleet_interval (guest) : g_strdup ("");
    if (text[0])
      g_string_append_printf (line, "%s%s %s%s%s%s", line->len ? " · " : "", vmm_fleet_heading (i),
                              text, more[0] ? " (" : "", more, more[0] ? ")" : "");
  }
  return g_string_free (line, FALSE);
}

char *
vmm_fleet_summary (const VmmFleet *fleet)
{
  guint            n = fleet->guests->len;
  double           median = vmm_fleet_quantile (fleet, 0.5);
  g_autofree char *guests =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u guest", "%u guests", n), n);
  char middle[VMM_FIGURE_SIZE], low[VMM_FIGURE_SIZE];

  if (!isfinite (median))
    return g_steal_pointer (&guests);
  vmm_figure_points (middle, median);
  vmm_figure_points (low, vmm_fleet_quantile (fleet, 0.05));
  /* TRANSLATORS: %1$s: "412 guests"; then scores */
  return g_strdup_printf (_ ("%1$s, median %2$s, one in twenty below %3$s"), guests, middle, low);
}

char *
vmm_fleet_noise (const VmmNoisyHost *host)
{
  if (host->since_us == 0)
    return g_strdup_printf (
        /* xgettext:no-c-format */
        _ ("%1$s: %2$u of %3$u guests lose more than 10 %% at the same time"), host->host,
        host->suffering, host->guests);
  g_autofree char *since = say_moment (host->since_us, g_get_real_time ());
  return g_strdup_printf (
      _ ("%1$s: %2$u of %3$u guests lost more than 10 %% at the same time since %4$s"), host->host,
      host->suffering, host->guests, since);
}

char *
vmm_fleet_finding (const VmmFleetFinding *finding)
{
  const char      *symptom = vmm_symptom_title (finding->id);
  const char      *sureness = vmm_say_id ("sureness", finding->sureness);
  g_autofree char *seen = vmm_phrase_moment (finding->seen_us, FALSE);

  /* TRANSLATORS: a finding, how sure it is, and a time */
  return g_strdup_printf (_ ("%1$s (%2$s), seen last on %3$s"), symptom ? _ (symptom) : finding->id,
                          sureness, seen);
}

const char *
vmm_fleet_nobody (void)
{
  return _ ("No guest has told this server anything: in a guest, vmm_monitor serve does.");
}

char *
vmm_fleet_age (const VmmFleet *fleet)
{
  g_autofree char *clock = vmm_phrase_clock (fleet->now_us);

  /* TRANSLATORS: %s: the time of day at which a table was asked for */
  return g_strdup_printf (_ ("as of %s"), clock);
}
