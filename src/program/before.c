/* SPDX-License-Identifier: MIT */
/* before: measures before a change and after it, remembers which windows are which, and compares them. */
#include "before.h"

#include "measure.h"
#include "own.h"
#include "vmm/command.h"
#include "vmm/error.h"
#include "vmm/store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WINDOWS 3 /* unless said */
#define GROUP "before"
#define LABEL "label"

/* ---- What is remembered: the label, in a file beside the results. */

static char *
get_path (void)
{
  g_autofree char *results = vmm_store_default_directory ();
  g_autofree char *directory = g_path_get_dirname (results);

  return g_build_filename (directory, "before", NULL);
}

static gboolean
remember (const char *label, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_path ();

  g_key_file_set_string (file, GROUP, LABEL, label);
  return g_key_file_save_to_file (file, path, error);
}

/* Or NULL and the error. */
static char *
recall (GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_path ();
  char            *label = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    label = g_key_file_get_string (file, GROUP, LABEL, NULL);
  if (!label)
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_MISSING,
                         _ ("nothing was measured before: vmm_monitor before LABEL comes first"));
  return label;
}

/* ---- Measuring */

/* What these commands say themselves. NULL, or what is wrong. */
static const char *
find_misuse (const VmmOptions *options)
{
  if (options->plan.label)
    return _ ("--label: the label is the first argument");
  if (!options->keep)
    return _ ("--no-save: what is not kept cannot be compared");
  if (g_strcmp0 (options->face, "window") == 0)
    return _ ("before and after are measured in the terminal");
  return NULL;
}

/* Windows with that label, as the options in argv[1] and so on say. */
static VmmExit
measure (const char *command, const char *label, int argc, char **argv)
{
  g_auto (VmmOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  const char *misuse;

  if (!vmm_command_check_label ("LABEL", label, &error) ||
      !vmm_options_parse (&options, argc, argv, &error))
    return vmm_command_misused (command, error->message);
  if ((misuse = find_misuse (&options)))
    return vmm_command_misused (command, misuse);
  options.plan.label = g_strdup (label);
  options.repeat = options.repeat == 1 ? WINDOWS : options.repeat;
  options.face = "terminal";
  return vmm_measure (&options);
}

/* Neither has options of its own. */
static const GOptionEntry no_entries[] = { G_OPTION_ENTRY_NULL };

/* ---- Before */

VmmExit
vmm_before_run (int argc, char **argv)
{
  static const VmmOwnLine line = {
    "before",
    N_ ("LABEL [OPTION OF A MEASUREMENT...]"),
    N_ ("Measures three times, by the name of LABEL, and remembers it. Then change something of "
        "the VM, its VMM or its host, and “vmm_monitor after” says what changed in the guest and "
        "whether "
        "it helped. Once before and once after make an indication, for a drift of the host looks "
        "like a difference; do it in turns, three times or more, for a verdict."),
    no_entries,
  };
  g_autofree char **arguments = NULL;
  g_autoptr (GError) error = NULL;
  VmmExit exit;

  if (!vmm_own_parse (&line, argc, argv, &argc, &arguments, &exit))
    return exit;
  if (argc < 2 || arguments[1][0] == '-' || !arguments[1][0])
    return vmm_command_misused ("before", _ ("before: expected LABEL first"));
  exit = measure ("before", arguments[1], argc - 1, arguments + 1);
  if (exit != VMM_EXIT_DONE)
    return exit;
  return remember (arguments[1], &error) ? exit : vmm_command_fail (error);
}

/* ---- After */

/* All windows of both, as `compare` takes them. */
static VmmExit
compare (const char *before, const char *after)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autoptr (VmmStore) store = vmm_store_open (directory);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = vmm_store_list (store, &error);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (!entries)
    return vmm_command_fail (error);
  g_ptr_array_add (words, (gpointer) "compare");
  g_ptr_array_add (words, (gpointer) "--by=label");
  for (guint i = 0; i < entries->len; i++) {
    const VmmStoreEntry *entry = entries->pdata[i];
    if (!entry->damage && (strcmp (entry->label, before) == 0 || strcmp (entry->label, after) == 0))
      g_ptr_array_add (words, entry->id);
  }
  g_ptr_array_add (words, NULL);
  return vmm_contest_compare ((int) words->len - 1, (char **) words->pdata);
}

VmmExit
vmm_after_run (int argc, char **argv)
{
  static const VmmOwnLine line = {
    "after",
    N_ ("[LABEL] [OPTION OF A MEASUREMENT...]"),
    N_ ("Measures three times after a change, and compares that with “vmm_monitor "
        "before”: what is not alike in the guest, and whether the change helped. LABEL is what "
        "that is called; without it, the label of before with “, after”."),
    no_entries,
  };
  g_autofree char **arguments = NULL;
  g_autoptr (GError) error = NULL;
  VmmExit exit;

  if (!vmm_own_parse (&line, argc, argv, &argc, &arguments, &exit))
    return exit;
  gboolean         named = argc > 1 && arguments[1][0] && arguments[1][0] != '-';
  g_autofree char *before = recall (&error);
  if (!before)
    return vmm_command_fail (error);
  g_autofree char *after = named ? g_strdup (arguments[1]) : g_strconcat (before, ", after", NULL);
  if (strcmp (before, after) == 0)
    return vmm_command_misused ("after", _ ("after: the label must be another than before"));
  VmmExit measured = measure ("after", after, argc - named, arguments + named);
  if (measured != VMM_EXIT_DONE && measured != VMM_EXIT_INVALID)
    return measured;
  VmmExit compared = compare (before, after);
  return MAX (measured, compared);
}
