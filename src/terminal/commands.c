/* SPDX-License-Identifier: MIT */
/* commands: finds the command, or the face in which to measure. */
#include "vmm/face.h"

#include "catalogue.h"
#include "command.h"
#include "contest.h"
#include "deliver.h"
#include "library.h"
#include "loop.h"
#include "machine.h"
#include "run.h"
#include "vmm/sources.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  const char *name;
  VmmExit (*run) (int argc, char **argv);
} Command;

static const Command commands[] = {
  { "host", vmm_machine_run },      { "list", vmm_library_list },
  { "show", vmm_library_show },     { "export", vmm_library_export },
  { "import", vmm_library_import }, { "label", vmm_library_label },
  { "delete", vmm_library_delete }, { "compare", vmm_contest_compare },
};

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (name && strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

/* The window where there is a display, unless the terminal was asked for. */
static VmmExit
measure (const VmmOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (!vmm_command_check_root (options->plan.sysroot, &error))
    return vmm_command_fail (error);
  if (options->plan.probes && options->plan.scratch_dir &&
      !vmm_probes_check_scratch (options->plan.scratch_dir, &error)) {
    g_prefix_error (&error, "--scratch ");
    return vmm_command_refuse (error);
  }
  for (guint i = 0; options->idle[i]; i++)
    vmm_console_complain ("%s", _ (options->idle[i]));
  if (options->face != VMM_FACE_TERMINAL) {
    if (vmm_loop_check (VMM_LOOP_WINDOW_DESCRIPTORS, &error) && vmm_gui_open_display (&error)) {
      const VmmGiven given = { .interval = options->interval_given, .no_save = !options->keep };
      return (VmmExit) vmm_gui_run (&options->plan, &given);
    }
    if (options->face == VMM_FACE_WINDOW)
      return vmm_command_fail (error);
  }
  if (!vmm_deliver_check (options, &error))
    return vmm_command_refuse (error);
  vmm_deliver_warn (options);
  return vmm_run_in_terminal (options);
}

/* Who has no home and is in no list of users, as in a guest that is hardly more than a kernel, has
 * what GLib falls back to; which it would say on standard error whenever it is asked. */
static void
find_home (void)
{
  struct passwd entry, *found = NULL;
  char          strings[4096];

  if (!g_getenv ("HOME") &&
      getpwuid_r (getuid (), &entry, strings, sizeof strings, &found) != ERANGE && !found)
    g_setenv ("HOME", "/", TRUE);
}

void
vmm_terminal_init (void)
{
  vmm_console_guard ();
  vmm_catalogue_open ();
  find_home ();
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN); /* ulimit -f: writing fails with EFBIG, and says so */
  g_set_prgname ("vmm_monitor");
}

int
vmm_terminal_main (int argc, char **argv)
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
  if (options.help) {
    g_autofree char *help = vmm_options_help ();
    return vmm_command_print (help);
  }
  return measure (&options);
}
