/* SPDX-License-Identifier: MIT */
/* commands: finds the command, or measures. */
#include "vmm/program.h"

#include "before.h"
#include "measure.h"
#include "serve.h"
#include "turns.h"
#include "watch.h"
#include "vmm/command.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  VmmMeaning meaning;
  VmmExit (*run) (int argc, char **argv);
} Command;

/* clang-format off */
static const Command commands[] = {
  { { "host", N_ ("Say which machine and VMM this is and what can be measured") }, vmm_machine_run },
  { { "turns", N_ ("Measure by turns with other guests of this host, for a verdict") }, vmm_turns_run },
  { { "before", N_ ("Measure before a change") }, vmm_before_run },
  { { "after", N_ ("Measure after it, and say whether it helped") }, vmm_after_run },
  { { "list", N_ ("List the results that are kept") }, vmm_library_list },
  { { "show", N_ ("Show a result again") }, vmm_library_show },
  { { "export", N_ ("Write a result for other programs") }, vmm_library_export },
  { { "import", N_ ("Keep results that were made on other machines") }, vmm_library_import },
  { { "label", N_ ("Give a result another label") }, vmm_library_label },
  { { "delete", N_ ("Delete results") }, vmm_library_delete },
  { { "compare", N_ ("Compare results: which VMM serves its guest better") }, vmm_contest_compare },
  { { "history", N_ ("Tell how this machine was over days, and what changed when") }, vmm_history_run },
  { { "watch", N_ ("Measure for weeks, for the history of this machine") }, vmm_watch_run },
  { { "serve", N_ ("Measure by a timetable, for the monitoring of many guests") }, vmm_serve_run },
  { { "fleet", N_ ("Show the guests that a Prometheus knows, the worst served first") }, vmm_fleet_run },
  { { "peer", N_ ("Answer the --network-peer of another guest") }, vmm_peer_run },
};
/* clang-format on */

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (name && strcmp (commands[i].meaning.name, name) == 0)
      return &commands[i];
  return NULL;
}

static VmmExit
print_help (void)
{
  VmmMeaning meanings[G_N_ELEMENTS (commands)];

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    meanings[i] = commands[i].meaning;
  g_autofree char *help = vmm_options_help (meanings, G_N_ELEMENTS (meanings));
  return vmm_command_print (help);
}

int
vmm_program_run (int argc, char **argv)
{
  g_auto (VmmOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  const Command *command = argc > 1 ? find_command (argv[1]) : NULL;

  if (command)
    return command->run (argc - 1, argv + 1);
  if (!vmm_options_parse (&options, argc, argv, &error))
    return vmm_command_misused ("", error->message);
  if (options.version)
    return vmm_command_print ("vmm_monitor " VMM_VERSION "\n");
  if (options.help)
    return print_help ();
  return vmm_measure (&options);
}
