/* SPDX-License-Identifier: MIT */
/* guided: measures the turn that is next, and says which VM is to be started after it, and what to enter there. */
#include "guided.h"

#include "measure.h"
#include "vmm/command.h"
#include "vmm/error.h"
#include "vmm/guided.h"
#include "vmm/language.h"
#include "vmm/store.h"
#include "vmm/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- What the user is told */

static void
print_line (const char *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);

  vmm_command_print (text);
}

static void
tell_beginning (const VmmGuided *guided)
{
  guint            windows = vmm_guided_count_windows (guided), turn = vmm_guided_get_turn (guided);
  g_autofree char *label = vmm_text_clean (guided->label);
  g_autofree char *line = g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE,
          "Turn %1$u of %2$d: %3$u measurement of “%4$s”. Let nothing else run on the host.",
          "Turn %1$u of %2$d: %3$u measurements of “%4$s”. Let nothing else run on the host.",
          windows),
      turn, VMM_GUIDED_TURNS, windows, label);

  print_line (line);
}

/* Which VM comes next; what to enter there is below it. */
static const char *
get_next_step (guint turn)
{
  return turn == 1 ? _ ("Now shut this VM down, start the other one, and enter there within ten "
                        "minutes, with a name of its own:")
                   : _ ("Now shut this VM down, start the other one again, and enter there within "
                        "ten minutes:");
}

static void
tell_next (guint turn)
{
  print_line (get_next_step (turn));
  print_line (turn == 1 ? "\n  vmm_monitor turns --guided 2 --label NAME\n"
                        : "\n  vmm_monitor turns --guided\n");
}

static void
tell_results (const char *format)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autofree char *line = vmm_fill (format, directory, NULL);

  print_line (line);
}

static void
tell_end (guint turn)
{
  g_autofree char *done =
      g_strdup_printf (_ ("Turn %1$u of %2$d is done."), turn, VMM_GUIDED_TURNS);

  print_line (done);
  if (turn + 1 == VMM_GUIDED_TURNS)
    tell_results (
        _ ("It was the last one of this VM. Its results are in %s: copy them to where the "
           "other VM can read them, a shared folder for example, now or later."));
  if (turn < VMM_GUIDED_TURNS)
    tell_next (turn);
  else {
    print_line (_ ("It was the last one. Bring the results of the other VM here, and enter:"));
    print_line ("\n  vmm_monitor import *.json\n  vmm_monitor compare --by label\n");
  }
}

/* ---- Measuring */

/* What one command line cannot say of windows in turns. NULL, or what is wrong. */
static const char *
find_misuse (const VmmOptions *options)
{
  if (!options->keep)
    return _ ("--no-save: what is not kept cannot be compared");
  if (g_strcmp0 (options->face, "window") == 0)
    return _ ("turns are measured in the terminal");
  if (g_strcmp0 (options->json_file, "-") == 0 || g_strcmp0 (options->csv_file, "-") == 0)
    return _ ("several measurements need files of their own, not -");
  return NULL;
}

static VmmExit
remember (VmmGuided *guided)
{
  g_autofree char *path = vmm_guided_path ();
  g_autoptr (GError) error = NULL;
  guint turn = vmm_guided_get_turn (guided);

  if (!vmm_guided_end_turn (guided, g_get_real_time (), path, &error))
    return vmm_command_fail (error);
  tell_end (turn);
  return VMM_EXIT_DONE;
}

static VmmExit
measure (VmmGuided *guided, VmmOptions *options)
{
  gint64 window_us = options->plan.duration_s * G_TIME_SPAN_SECOND;

  if (vmm_guided_is_late (guided, g_get_real_time (), window_us))
    vmm_command_warn (
        _ ("more than ten minutes have passed between two turns: they make no pair, and "
           "perhaps there will be no verdict"));
  options->repeat = vmm_guided_count_windows (guided);
  options->face = "terminal";
  vmm_guided_get_place (guided, &options->place);
  g_free (options->plan.label);
  options->plan.label = g_strdup (guided->label);
  tell_beginning (guided);
  VmmExit exit = vmm_measure (options);
  if (exit == VMM_EXIT_DONE)
    return remember (guided);
  vmm_command_warn (
      _ ("this turn does not count; to measure it again: vmm_monitor turns --guided"));
  return exit;
}

/* ---- Which turn it is */

/* 1 or 2 of "1", "2", "1/2", "2/2"; or 0. */
static guint
read_guest (const char *text)
{
  gboolean of_two = strcmp (text + MIN (strlen (text), 1), "/2") == 0;

  return (text[0] == '1' || text[0] == '2') && (!text[1] || of_two) ? (guint) (text[0] - '0') : 0;
}

/* It is kept at once, so that a turn that does not count can be measured again. */
static VmmExit
begin (guint guest, VmmOptions *options)
{
  g_auto (VmmGuided) guided = { 0 };
  g_autofree char *path = vmm_guided_path ();
  g_autoptr (GError) error = NULL;
  guint windows = options->is_repeat_said ? options->repeat : VMM_GUIDED_WINDOWS;

  if (!options->plan.label || !options->plan.label[0])
    return vmm_command_misused ("turns",
                                _ ("--guided: each of the two VMs needs a name of its own: "
                                   "--label NAME"));
  if (windows > VMM_GUIDED_WINDOWS_MAX)
    return vmm_command_misused ("turns", _ ("--guided: at most --repeat 20"));
  vmm_guided_init (&guided, guest, windows, options->plan.label);
  if (!vmm_guided_save (&guided, path, &error))
    return vmm_command_fail (error);
  return measure (&guided, options);
}

static VmmExit
go_on (VmmOptions *options)
{
  g_auto (VmmGuided) guided = { 0 };
  g_autofree char *path = vmm_guided_path ();
  g_autoptr (GError) error = NULL;

  if (options->is_repeat_said)
    return vmm_command_misused ("turns", _ ("--guided: --repeat is said with the first turn"));
  if (!vmm_guided_load (&guided, path, &error))
    return vmm_command_fail (error);
  if (options->plan.label && strcmp (options->plan.label, guided.label) != 0)
    return vmm_command_misused ("turns", _ ("--guided: --label is said with the first turn"));
  return measure (&guided, options);
}

static VmmExit
misused_as_said (const GError *error)
{
  g_autofree char *said = vmm_say (error->message);

  return vmm_command_misused ("turns", said);
}

VmmExit
vmm_guided_run (int argc, char **argv)
{
  g_auto (VmmOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean    first = argc > 1 && argv[1][0] != '-';
  guint       guest = first ? read_guest (argv[1]) : 0;
  const char *misuse;

  if (first && !guest)
    return vmm_command_misused ("turns", _ ("--guided: expected which of the two VMs this is, 1 or "
                                            "2; or nothing, to go on"));
  if (!vmm_options_parse (&options, argc - first, argv + first, &error))
    return misused_as_said (error);
  if ((misuse = find_misuse (&options)))
    return vmm_command_misused ("turns", misuse);
  return guest ? begin (guest, &options) : go_on (&options);
}
