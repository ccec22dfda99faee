/* SPDX-License-Identifier: MIT */
/* commands: finds the command, or measures. */
#include "vmm/program.h"

#include "faces.h"
#include "vmm/command.h"
#include "vmm/sources.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  VmmMeaning meaning;
  VmmExit (*run) (int argc, char **argv);
} Command;

/* clang-format off */
static const Command commands[] = {
  { { "host", N_ ("Say which machine and VMM this is and what can be measured") }, vmm_machine_run },
  { { "list", N_ ("List the results that are kept") }, vmm_library_list },
  { { "show", N_ ("Show a result again") }, vmm_library_show },
  { { "export", N_ ("Write a result for other programs") }, vmm_library_export },
  { { "import", N_ ("Keep results that were made on other machines") }, vmm_library_import },
  { { "label", N_ ("Give a result another label") }, vmm_library_label },
  { { "delete", N_ ("Delete results") }, vmm_library_delete },
  { { "compare", N_ ("Compare results: which VMM serves its guest better") }, vmm_contest_compare },
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
    vmm_command_warn (_ (options->idle[i]));
  const VmmFace *face = vmm_face_choose (options, &error);
  return face ? face->run (options) : vmm_command_fail (error);
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
  return measure (&options);
}
