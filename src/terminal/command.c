/* SPDX-License-Identifier: MIT */
/* command: parses the command lines of the commands and ends them alike. */
#include "command.h"

#include "vmm/error.h"
#include "vmm/host.h"
#include "vmm/language.h"
#include "vmm/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

VmmExit
vmm_command_misused (const char *command, const char *message)
{
  g_autofree char *line =
      g_strconcat ("vmm_monitor ", command, command[0] ? " " : "", "--help", NULL);

  vmm_console_complain ("%s", message);
  /* TRANSLATORS: %s: a command line, "vmm_monitor show --help" */
  vmm_console_complain (_ ("try: %s"), line);
  return VMM_EXIT_USAGE;
}

VmmExit
vmm_command_print (const char *text)
{
  return vmm_console_print (text) ? VMM_EXIT_DONE : VMM_EXIT_FAILED;
}

VmmExit
vmm_command_answer (const char *text, gboolean for_machines)
{
  if (!for_machines)
    return vmm_command_print (text);
  return vmm_console_print_raw (text) ? VMM_EXIT_DONE : VMM_EXIT_FAILED;
}

VmmExit
vmm_command_say (const char *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);

  return vmm_command_print (text);
}

static VmmExit
say_error (const GError *error, VmmExit exit)
{
  g_autofree char *message = vmm_say (error->message);

  vmm_console_complain ("%s", message);
  return exit;
}

VmmExit
vmm_command_fail (const GError *error)
{
  return say_error (error, VMM_EXIT_FAILED);
}

VmmExit
vmm_command_refuse (const GError *error)
{
  return say_error (error, VMM_EXIT_USAGE);
}

static VmmExit
misused_arguments (const VmmCommandLine *line, guint n)
{
  g_autofree char *message =
      line->usage[0]
          /* TRANSLATORS: a command, and its arguments: "show: expected RESULT" */
          ? g_strdup_printf (_ ("%1$s: expected %2$s"), line->name, _ (line->usage))
          : g_strdup_printf (_ ("%1$s: expected no argument, found %2$u"), line->name, n);

  return vmm_command_misused (line->name, message);
}

/* Free with g_free(). */
static char *
describe (const VmmCommandLine *line)
{
  const char *result = _ ("RESULT is an id as printed by \"list\", the beginning of exactly one "
                          "id, a file, or \"last\".");
  g_autofree char *about =
      g_strjoin ("\n", _ (line->summary), line->names_results ? result : NULL, NULL);

  return g_strchomp (vmm_text_wrap (about, VMM_COMMAND_WIDTH));
}

gboolean
vmm_command_parse (const VmmCommandLine *line, int argc, char **argv, char ***ret_arguments,
                   VmmExit *ret_exit)
{
  gboolean help = FALSE;
  g_auto (GStrv) rest = NULL;
  const GOptionEntry common[] = { { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Print this"),
                                    NULL },
                                  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest,
                                    NULL, line->usage[0] ? line->usage : NULL },
                                  G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char **arguments = g_memdup2 (argv, sizeof *argv * ((gsize) argc + 1));

  g_autofree char *summary = describe (line);
  g_autofree char *program = g_strdup_printf ("vmm_monitor %s", line->name);

  g_set_prgname (program); /* as --help shows it */
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, line->entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  gboolean parsed = g_option_context_parse (context, &argc, &arguments, &error);
  guint    n = rest ? g_strv_length (rest) : 0;

  if (!parsed) {
    *ret_exit = vmm_command_misused (line->name, error->message);
  } else if (help) {
    g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);
    *ret_exit = vmm_command_print (text);
  } else if (n < line->min || n > line->max) {
    *ret_exit = misused_arguments (line, n);
  } else {
    *ret_arguments = rest ? g_steal_pointer (&rest) : g_new0 (char *, 1);
    return TRUE;
  }
  return FALSE;
}

void
vmm_command_warn (const char *text)
{
  vmm_console_complain ("%s", text);
}

void
vmm_command_warn_events (const char *cloud_id)
{
  const char *warning = vmm_host_events_warning (cloud_id);

  if (warning)
    vmm_command_warn (_ (warning));
}

gboolean
vmm_command_check_root (const char *sysroot, GError **error)
{
  if (!sysroot || g_file_test (sysroot, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_MISSING, _ ("%s: a directory was expected"), sysroot);
  return FALSE;
}

/* Read as a file name is: in whatever locale, bytes stay what they are. */
static gboolean
is_label (const char *label)
{
  if (!label)
    return TRUE;
  if (!g_utf8_validate (label, -1, NULL))
    return FALSE;
  for (const char *p = label; *p; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return strlen (label) <= VMM_PLAN_LABEL_MAX;
}

gboolean
vmm_command_check_label (const char *name, const char *label, GError **error)
{
  if (is_label (label))
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               _ ("%1$s: at most %2$d bytes in UTF-8, none of them a control character"), name,
               VMM_PLAN_LABEL_MAX);
  return FALSE;
}

VmmStore *
vmm_command_open_store (void)
{
  g_autofree char *directory = vmm_store_default_directory ();

  return vmm_store_open (directory);
}
