/* SPDX-License-Identifier: MIT */
/* watch: serve for weeks: twice as often, at uneven times, for the history of this machine and nobody else. */
#include "watch.h"

#include "measure.h"
#include "own.h"
#include "serve.h"
#include "vmm/command.h"
#include "vmm/error.h"
#include "vmm/face.h"

#include <glib/gi18n-lib.h>

/* What GOption stores into. */
typedef struct {
  char    *every;
  gboolean once;
} Own;

static void
own_clear (Own *own)
{
  g_free (own->every);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Own, own_clear)

static const char *
find_misuse (const VmmOptions *options)
{
  if (!options->keep)
    return _ ("--no-save: what is not kept has no history");
  return vmm_serve_find_misuse (options);
}

static VmmExit
watch (const Own *own, int argc, char **argv)
{
  g_auto (VmmOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  const char *misuse;
  guint       every_s;
  VmmExit     exit;

  if (!vmm_options_parse (&options, argc, argv, &error))
    return vmm_command_misused ("watch", error->message);
  if ((misuse = find_misuse (&options)))
    return vmm_command_misused ("watch", misuse);
  if (!vmm_serve_check_every (own->every, VMM_WATCH_EVERY_S, options.plan.duration_s, &every_s,
                              &error))
    return vmm_command_refuse (error);
  if (!vmm_measure_check (&options, &exit))
    return exit;
  options.plan.history = 1;
  return vmm_terminal_serve (&(VmmServing){
      .plan = &options.plan,
      .options = { .every_s = every_s, .once = own->once, .keep = TRUE, .watch = TRUE } });
}

VmmExit
vmm_watch_run (int argc, char **argv)
{
  g_auto (Own) own = { 0 };
  g_autofree char **arguments = NULL;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "every", 0, 0, G_OPTION_ARG_STRING, &own.every, N_ ("Time from one measurement to the next, 5m to 7d (30m)"), N_ ("TIME") },
    { "once", 0, 0, G_OPTION_ARG_NONE, &own.once, N_ ("Measure once, unless the guest is busy, and end"), NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  const VmmOwnLine line = {
    "watch",
    N_ ("[OPTION OF A MEASUREMENT...]"),
    N_ ("Measures every half hour, each time at another minute of it, and keeps what it measured, "
        "until it is stopped: “vmm_monitor history” tells what came of it. A measurement that is "
        "due while the guest is busy is skipped. The other options are those of a measurement; "
        "--light is for a guest that must answer others in time."),
    entries,
  };
  VmmExit exit;

  if (!vmm_own_parse (&line, argc, argv, &argc, &arguments, &exit))
    return exit;
  return watch (&own, argc, arguments);
}
