/* SPDX-License-Identifier: MIT */
/* own: what a command that measures says beside the options of a measurement. */
#include "own.h"

#include "vmm/command.h"
#include "vmm/text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define HELP_WIDTH 80

static GOptionContext *
make_context (const VmmOwnLine *line, gboolean *help)
{
  const GOptionEntry common[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, help, N_ ("Print this"), NULL }, G_OPTION_ENTRY_NULL
  };
  GOptionContext  *context = g_option_context_new (_ (line->usage));
  g_autofree char *summary = vmm_text_wrap (_ (line->summary), HELP_WIDTH);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_add_main_entries (context, line->entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, g_strchomp (summary));
  return context;
}

static VmmExit
print_help (const VmmOwnLine *line, GOptionContext *context)
{
  g_autofree char *program = g_strdup_printf ("vmm_monitor %s", line->name);

  g_set_prgname (program); /* as it is shown */
  g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);
  return vmm_command_print (text);
}

gboolean
vmm_own_parse (const VmmOwnLine *line, int argc, char **argv, int *ret_argc, char ***ret_argv,
               VmmExit *ret_exit)
{
  gboolean help = FALSE;
  g_autoptr (GOptionContext) context = make_context (line, &help);
  g_autoptr (GError) error = NULL;
  g_autofree char **arguments = g_memdup2 (argv, sizeof *argv * ((gsize) argc + 1));

  if (!g_option_context_parse (context, &argc, &arguments, &error)) {
    *ret_exit = vmm_command_misused (line->name, error->message);
    return FALSE;
  }
  if (help) {
    *ret_exit = print_help (line, context);
    return FALSE;
  }
  *ret_argc = argc;
  *ret_argv = g_steal_pointer (&arguments);
  return TRUE;
}

double
vmm_own_read_figure (const char *text, const char *const *units, const double *factors)
{
  char  *end;
  double figure = g_ascii_strtod (text, &end);

  if (end == text || !g_ascii_isdigit (*text))
    return NAN;
  while (*end == ' ')
    end++;
  for (guint i = 0; units[i]; i++)
    if (strcmp (end, units[i]) == 0)
      return figure * factors[i];
  return NAN;
}

double
vmm_own_read_time (const char *text)
{
  static const char *const units[] = { "", "s", "m", "min", "h", "d", NULL };
  static const double      factors[] = { 1, 1, 60, 60, 3600, 86400 };

  return vmm_own_read_figure (text, units, factors);
}
