/* SPDX-License-Identifier: MIT */
/* deliver: writes a result where the options say. */
#include "deliver.h"

#include "page.h"
#include "vmm/error.h"
#include "vmm/export.h"
#include "vmm/language.h"
#include "vmm/store.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

static gboolean
is_output (const char *file)
{
  return g_strcmp0 (file, "-") == 0;
}

gboolean
vmm_deliver_takes_output (const VmmOptions *options)
{
  return is_output (options->json_file) || is_output (options->csv_file);
}

gboolean
vmm_deliver_has_files (const VmmOptions *options)
{
  return options->json_file || options->csv_file;
}

/* "result.json" -> "result-2.json". */
static char *
number_file (const char *file, guint run)
{
  g_autofree char *base = g_path_get_basename (file);
  const char      *dot = strrchr (base, '.');
  gsize            stem = strlen (file) - (dot && dot > base ? strlen (dot) : 0);

  return g_strdup_printf ("%.*s-%u%s", (int) stem, file, run, file + stem);
}

/* The file of a window, from 1. How many windows fit into turns is not the user's doing: each has its number.
 * Free with g_free(). */
static char *
get_path (const VmmOptions *options, const char *file, guint run)
{
  gboolean is_numbered = options->repeat > 1 || options->turns.turns > 0;

  return is_numbered && !is_output (file) ? number_file (file, run) : g_strdup (file);
}

static gboolean
check_file (const VmmOptions *options, const char *option, const char *file, GError **error)
{
  if (!file || is_output (file))
    return TRUE;
  if (!file[0]) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE, _ ("%s: the name of a file is empty"), option);
    return FALSE;
  }
  for (guint run = 1; run <= options->repeat; run++) {
    g_autofree char *path = get_path (options, file, run);
    if (!vmm_export_check (path, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
vmm_deliver_check (const VmmOptions *options, GError **error)
{
  return check_file (options, "--json", options->json_file, error) &&
         check_file (options, "--csv", options->csv_file, error);
}

static void
complain (GString *complaints, const char *message)
{
  g_autofree char *line = vmm_console_complaint (message);

  g_string_append (complaints, line);
}

typedef char *(*Format) (const VmmResult *result);

static VmmExit
write_file (const VmmOptions *options, const VmmResult *result, guint run,
            const VmmConsole *console, GString *complaints, const char *file, Format format)
{
  g_autoptr (GError) error = NULL;

  if (!file)
    return VMM_EXIT_DONE;
  g_autofree char *path = get_path (options, file, run);
  g_autofree char *text = format (result);
  if (is_output (file) ? vmm_console_write_raw (console, text, &error)
                       : vmm_export_save (path, text, &error))
    return VMM_EXIT_DONE;
  g_autofree char *message = vmm_say (error->message);
  complain (complaints, message);
  return VMM_EXIT_FAILED;
}

static VmmExit
judge (const VmmOptions *options, const VmmResult *result)
{
  const VmmScore *score = vmm_result_get_score (result);

  if (score->quality == VMM_QUALITY_INVALID)
    return VMM_EXIT_INVALID;
  return options->plan.probes && !isfinite (score->total.value) ? VMM_EXIT_FAILED : VMM_EXIT_DONE;
}

VmmExit
vmm_deliver (const VmmOptions *options, const VmmResult *result, guint run,
             const VmmConsole *console, GString *complaints)
{
  VmmExit judged = judge (options, result);
  VmmExit json = write_file (options, result, run, console, complaints, options->json_file,
                             vmm_result_to_json);
  VmmExit csv =
      write_file (options, result, run, console, complaints, options->csv_file, vmm_export_csv);

  return MAX (judged, MAX (json, csv));
}

void
vmm_deliver_warn (const VmmOptions *options)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autoptr (VmmStore) store = vmm_store_open (directory);
  g_autoptr (GError) error = NULL;

  if (!options->keep || vmm_store_check (store, &error))
    return;
  g_autofree char *reason = vmm_say (error->message);
  vmm_console_complain (_ ("the result will not be kept: %s"), reason);
}

VmmExit
vmm_deliver_not_kept (const GError *error, GString *complaints)
{
  g_autofree char *reason = vmm_say (error->message);
  g_autofree char *message = g_strdup_printf (_ ("the result is not kept: %s"), reason);

  complain (complaints, message);
  return VMM_EXIT_FAILED;
}

char *
vmm_deliver_tell (const char *id, const VmmConsole *console)
{
  GString       *text = g_string_new (NULL);
  const VmmStyle look = vmm_console_style (console), *style = &look;

  if (id) {
    vmm_page_note (text, style, _ ("Kept as"), id);
    vmm_page_note (text, style, "", "vmm_monitor list, show, compare, export");
  }
  return g_string_free (text, FALSE);
}
