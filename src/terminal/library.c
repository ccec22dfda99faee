/* SPDX-License-Identifier: MIT */
/* library: lists, shows and deletes the results that are kept. */
#include "vmm/command.h"

#include "command.h"
#include "report.h"
#include "vmm/error.h"
#include "vmm/language.h"
#include "vmm/text.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#define ID_COLUMNS 37 /* 20261123T041500.123Z-openbsd-vmm-1a2b */

/* ---- list */

/* As wide as it must be for its heading and for what stands below it. */
typedef struct {
  const char *id, *score, *interval, *window, *label; /* headings */
  guint       id_columns, score_columns, interval_columns, window_columns;
} Columns;

static void
columns_init (Columns *ret_columns)
{
  guint widest = 0;

  for (int quality = VMM_QUALITY_CLEAN; quality <= VMM_QUALITY_INVALID; quality++)
    widest = MAX (widest, vmm_text_width (vmm_words_quality (quality)));
  /* TRANSLATORS: headings of a table of results, in capital letters where that is usual */
  *ret_columns = (Columns){
    .id = _ ("RESULT"),
    .score = _ ("SCORE"),
    /* xgettext:no-c-format */
    .interval = _ ("95 % INTERVAL"),
    .window = C_ ("table of results", "QUALITY"),
    .label = _ ("LABEL"),
  };
  ret_columns->id_columns = MAX (ID_COLUMNS, vmm_text_width (ret_columns->id));
  ret_columns->score_columns = MAX (9, vmm_text_width (ret_columns->score) + 2);
  ret_columns->interval_columns = MAX (17, vmm_text_width (ret_columns->interval) + 2);
  ret_columns->window_columns = MAX (widest, vmm_text_width (ret_columns->window));
}

static void
append_score (GString *out, const Columns *columns, const VmmStoreEntry *entry)
{
  g_autofree char *points = vmm_words_points (entry->total, entry->quality);
  g_autofree char *interval = vmm_words_interval (entry->low, entry->high);

  vmm_text_append_right (out, points, columns->score_columns);
  vmm_text_append_right (out, interval, columns->interval_columns);
  g_string_append (out, "  ");
  vmm_text_append_left (out, vmm_words_entry_quality (entry), columns->window_columns);
}

/* Which file it is stands in the row's first column already. */
static const char *
skip_path (const VmmStoreEntry *entry)
{
  g_autofree char *name = g_strdup_printf ("%s.json: ", entry->id);
  const char      *found = strstr (entry->damage, name);

  return found ? found + strlen (name) : entry->damage;
}

/* What is not known leaves no gap. */
static void
append_word (GString *out, const char *word)
{
  g_autofree char *clean = vmm_text_clean (word);

  g_string_append_printf (out, "%s%s", clean[0] ? "  " : "", clean);
}

static void
append_entry (GString *out, const Columns *columns, const VmmStoreEntry *entry)
{
  vmm_text_append_left (out, entry->id, columns->id_columns);
  if (entry->damage) {
    g_autofree char *reason = vmm_say (skip_path (entry)), *damage = vmm_text_clean (reason);
    g_string_append (out, "  ");
    g_string_append_printf (out, _ ("damaged: %s"), damage);
    g_string_append_c (out, '\n');
    return;
  }
  append_score (out, columns, entry);
  append_word (out, entry->label);
  append_word (out, entry->instance_type);
  append_word (out, entry->zone);
  g_string_append_c (out, '\n');
}

static char *
format_list (const GPtrArray *entries)
{
  GString *out = g_string_new (NULL);
  Columns  columns;

  columns_init (&columns);
  if (entries->len == 0)
    g_string_append_printf (out, "%s\n", _ ("No results are kept yet: measure with vmm_monitor."));
  else {
    vmm_text_append_left (out, columns.id, columns.id_columns);
    vmm_text_append_right (out, columns.score, columns.score_columns);
    vmm_text_append_right (out, columns.interval, columns.interval_columns);
    g_string_append (out, "  ");
    vmm_text_append_left (out, columns.window, columns.window_columns);
    g_string_append_printf (out, "  %s\n", columns.label);
  }
  for (guint i = 0; i < entries->len; i++)
    append_entry (out, &columns, g_ptr_array_index (entries, i));
  return g_string_free (out, FALSE);
}

VmmExit
vmm_library_list (int argc, char **argv)
{
  gboolean json = FALSE;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  VmmExit            exit;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL }, G_OPTION_ENTRY_NULL
  };
  const VmmCommandLine line = { "list", "", N_ ("Lists the results that are kept, oldest first."),
                                entries };

  if (!vmm_command_parse (&line, argc, argv, &arguments, &exit))
    return exit;
  g_autoptr (VmmStore) store = vmm_command_open_store ();
  g_autoptr (GPtrArray) list = vmm_store_list (store, &error);
  if (!list)
    return vmm_command_fail (error);
  g_autofree char *text = json ? vmm_store_list_to_json (list) : format_list (list);
  return vmm_command_answer (text, json);
}

/* ---- show */

VmmExit
vmm_library_show (int argc, char **argv)
{
  gboolean json = FALSE;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  VmmConsole         console;
  VmmExit            exit;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL }, G_OPTION_ENTRY_NULL
  };
  const VmmCommandLine line = { "show", N_ ("RESULT"), N_ ("Shows a result again."), entries, 1,
                                1,      TRUE };

  if (!vmm_command_parse (&line, argc, argv, &arguments, &exit))
    return exit;
  g_autoptr (VmmStore) store = vmm_command_open_store ();
  g_autoptr (VmmResult) result = vmm_store_load (store, arguments[0], &error);
  if (!result)
    return vmm_command_fail (error);
  vmm_console_init (&console, STDOUT_FILENO);
  g_autofree char *text = json ? vmm_result_to_json (result) : vmm_report (result, &console);
  return vmm_command_answer (text, json);
}

/* ---- delete */

/* The ids that `names` mean, each once; NULL when one of them means none. */
static GPtrArray *
find_ids (const VmmStore *store, char **names, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i]; i++) {
    g_autofree char *id = vmm_store_find (store, names[i], error);
    if (!id)
      return NULL;
    if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
      g_ptr_array_add (ids, g_steal_pointer (&id));
  }
  return g_steal_pointer (&ids);
}

/* The letter of the user's language, or the English one. */
static gboolean
is_yes (const char *answer, gssize length)
{
  g_autofree char *text = g_strndup (answer, (gsize) length), *said = g_utf8_strdown (text, -1);
  /* TRANSLATORS: the letter that is typed for "yes", small */
  const char *letter = C_ ("answer", "y");

  return g_str_has_prefix (said, letter) || g_str_has_prefix (said, "y");
}

static gboolean
ask (const VmmStore *store, const GPtrArray *ids)
{
  g_autoptr (GString) question = g_string_new (NULL);
  Columns columns;
  char    answer[64];
  gssize  n;

  columns_init (&columns);
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (VmmStoreEntry) entry = vmm_store_read_entry (store, g_ptr_array_index (ids, i));
    append_entry (question, &columns, entry);
  }
  /* TRANSLATORS: with the first letter of your "yes" as translated below */
  g_string_append (question, g_dngettext (GETTEXT_PACKAGE, "Delete this result? [y/N] ",
                                          "Delete these results? [y/N] ", ids->len));
  if (!vmm_console_print (question->str))
    return FALSE;
  n = read (STDIN_FILENO, answer, sizeof answer);
  return n > 0 && is_yes (answer, n);
}

static VmmExit
delete_ids (VmmStore *store, const GPtrArray *ids)
{
  VmmExit exit = VMM_EXIT_DONE;

  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (GError) error = NULL;
    const char *id = g_ptr_array_index (ids, i);
    if (vmm_store_delete (store, id, &error))
      vmm_store_purge (store, id);
    else
      exit = vmm_command_fail (error);
  }
  return exit;
}

VmmExit
vmm_library_delete (int argc, char **argv)
{
  gboolean yes = FALSE;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  VmmExit            exit;
  const GOptionEntry entries[] = {
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, N_ ("Do not ask"), NULL }, G_OPTION_ENTRY_NULL
  };
  const VmmCommandLine line = {
    "delete", N_ ("RESULT..."), N_ ("Deletes results."), entries, 1, G_MAXUINT, TRUE
  };

  if (!vmm_command_parse (&line, argc, argv, &arguments, &exit))
    return exit;
  g_autoptr (VmmStore) store = vmm_command_open_store ();
  g_autoptr (GPtrArray) ids = find_ids (store, arguments, &error);
  if (!ids)
    return vmm_command_fail (error);
  if (!yes && !(isatty (STDIN_FILENO) && isatty (STDOUT_FILENO)))
    return vmm_command_misused ("delete", _ ("nobody can be asked here: --yes is needed"));
  if (!yes && !ask (store, ids))
    return vmm_command_say (_ ("Nothing was deleted."));
  return delete_ids (store, ids);
}
