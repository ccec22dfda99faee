/* SPDX-License-Identifier: MIT */
/* view: asks a run how it is getting on and has that drawn. */
#include "view.h"

#include "by_turns.h"
#include "deliver.h"
#include "live.h"

#include <glib/gi18n-lib.h>

static void
describe_state (const VmmView *view, VmmLive *live, gint64 now_us)
{
  VmmDescription sources;
  gint64         next_us = vmm_run_get_next_us (view->run);

  vmm_session_describe (vmm_run_get_session (view->run), &sources);
  live->ping = sources.ping;
  if (sources.activity[0])
    /* TRANSLATORS: %s: a probe: "disk sync" */
    g_snprintf (live->activity, sizeof live->activity, _ ("probing %s"), _ (sources.activity));
  if (next_us > 0 && vmm_run_get_turns (view->run)->turns > 0) {
    g_autofree char *wait = vmm_by_turns_wait (view->run, now_us);
    g_strlcpy (live->message, wait, sizeof live->message);
  } else if (next_us > 0)
    g_snprintf (live->message, sizeof live->message, _ ("next measurement in %.0f s"),
                (double) MAX (0, next_us - now_us) / G_USEC_PER_SEC);
}

static void
describe (const VmmView *view, VmmLive *ret_live)
{
  const VmmSession *session = vmm_run_get_session (view->run);
  const VmmPlan    *plan = vmm_session_get_plan (session);
  gint64            now_us = g_get_monotonic_time ();
  VmmWindow         window;

  vmm_session_get_window (session, &window);
  *ret_live = (VmmLive){
    .title = view->title,
    .outlook = vmm_session_get_outlook (session),
    .ring = vmm_session_get_ring (session),
    .first = window.first,
    .end = window.end,
    .elapsed_s = (double) (MIN (now_us, window.end_us) - window.start_us) / G_USEC_PER_SEC,
    .duration_s = vmm_plan_seconds (plan),
    .interval_s = plan->interval_ms / 1000.0,
    .run = vmm_run_get_number (view->run),
    .runs = view->runs,
    .probes = plan->probes,
    .memory_bytes = (double) vmm_session_get_host (session)->memory_bytes,
  };
  describe_state (view, ret_live, now_us);
  for (int channel = 0; channel < VMM_N_CHANNELS; channel++)
    ret_live->reasons[channel] = vmm_session_get_reason (session, channel).sentence;
}

/* Every line is erased behind its text, and what is below the last one too: no flicker. */
static char *
make_frame (VmmView *view)
{
  VmmLive live;

  describe (view, &live);
  vmm_console_measure (&view->console);
  g_autofree char *picture = vmm_live_picture (&live, &view->console);
  g_auto (GStrv) lines = g_strsplit (picture, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\033[K\n", lines);
  return g_strconcat ("\033[H", joined, "\033[J", NULL);
}

char *
vmm_view_begin (VmmView *view)
{
  if (view->show == VMM_SHOW_PICTURE)
    return make_frame (view);
  return view->show == VMM_SHOW_LINES ? vmm_live_heading () : g_strdup ("");
}

char *
vmm_view_update (VmmView *view)
{
  VmmLive live;

  if (view->show == VMM_SHOW_PICTURE)
    return make_frame (view);
  if (view->show == VMM_SHOW_NOTHING || vmm_run_get_state (view->run) != VMM_RUN_OBSERVING)
    return g_strdup ("");
  describe (view, &live);
  return vmm_live_line (&live);
}

VmmShow
vmm_view_choose (const VmmOptions *options, const VmmConsole *console)
{
  if (options->quiet || vmm_deliver_takes_output (options))
    return VMM_SHOW_NOTHING;
  return console->live ? VMM_SHOW_PICTURE : VMM_SHOW_LINES;
}
