/* SPDX-License-Identifier: MIT */
/* history_json: a history as a document for programs. */
#include "vmm/account.h"
#include "vmm/history_words.h"
#include "vmm/json.h"

/* In UTC: "2026-11-14T03:30:00Z". */
static void
set_time (JsonObject *object, const char *member, gint64 time_us)
{
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autofree char *text = second ? g_date_time_format (second, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  vmm_json_set_text_or_null (object, member, text, VMM_RESULT_MAX_TEXT);
}

static void
build_days (const VmmHistory *history, JsonObject *root)
{
  JsonArray *days = vmm_json_set_array (root, "days");

  for (guint i = 0; i < history->days->len; i++) {
    const VmmHistoryDay *day = &g_array_index (history->days, VmmHistoryDay, i);
    JsonObject          *object = json_object_new ();
    g_autofree char     *date = vmm_history_say_day (history, day);
    vmm_json_set_text (object, "day", date, VMM_RESULT_MAX_TEXT);
    vmm_json_set_count (object, "windows", day->windows);
    vmm_json_set_number (object, "median", day->median);
    vmm_json_set_number (object, "low", day->low);
    vmm_json_set_number (object, "high", day->high);
    vmm_json_set_number (object, "lowest", day->lowest);
    json_array_add_object_element (days, object);
  }
}

static void
build_stretches (const VmmHistory *history, JsonObject *root)
{
  JsonArray *stretches = vmm_json_set_array (root, "stretches");

  for (guint i = 0; i < history->stretches->len; i++) {
    const VmmHistoryStretch *stretch = &g_array_index (history->stretches, VmmHistoryStretch, i);
    JsonObject              *object = json_object_new ();
    set_time (object, "first",
              g_array_index (history->windows, VmmHistoryWindow, stretch->first).time_us);
    set_time (object, "last",
              g_array_index (history->windows, VmmHistoryWindow, stretch->end - 1).time_us);
    vmm_json_set_count (object, "windows", stretch->end - stretch->first);
    vmm_json_set_number (object, "median", stretch->median);
    vmm_json_set_number (object, "low", stretch->low);
    vmm_json_set_number (object, "high", stretch->high);
    json_array_add_object_element (stretches, object);
  }
}

static void
build_trait (const VmmAccount *account, const VmmLikeness *row, JsonArray *traits)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *before = vmm_account_trait_of (account, row, 0);
  g_autofree char *after = vmm_account_trait_of (account, row, 1);

  vmm_json_set_text (object, "name", vmm_account_trait (account, row), VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (object, "before", before, VMM_RESULT_MAX_FLAGS);
  vmm_json_set_text (object, "after", after, VMM_RESULT_MAX_FLAGS);
  json_array_add_object_element (traits, object);
}

/* null = it is not known. */
static void
build_machine (const VmmComparison *machine, JsonObject *change)
{
  if (!machine) {
    json_object_set_null_member (change, "machine");
    return;
  }
  g_autoptr (VmmAccount) account = vmm_account_new (machine, VMM_ENGLISH);
  JsonArray *traits = vmm_json_set_array (change, "machine");
  for (guint i = 0; i < machine->likeness->len; i++) {
    const VmmLikeness *row = machine->likeness->pdata[i];
    if (!row->same && row->trait != VMM_TRAIT_TIME)
      build_trait (account, row, traits);
  }
}

static void
build_changes (const VmmHistory *history, JsonObject *root)
{
  JsonArray *changes = vmm_json_set_array (root, "changes");

  for (guint i = 0; i < history->changes->len; i++) {
    const VmmHistoryChange  *change = &g_array_index (history->changes, VmmHistoryChange, i);
    const VmmHistoryStretch *before = &g_array_index (history->stretches, VmmHistoryStretch, i);
    const VmmHistoryWindow  *window =
        &g_array_index (history->windows, VmmHistoryWindow, change->window);
    JsonObject *object = json_object_new ();
    set_time (object, "time", window->time_us);
    vmm_json_set_text (object, "result", window->entry->id, VMM_RESULT_MAX_TEXT);
    vmm_json_set_number (object, "before", before->median);
    vmm_json_set_number (object, "after", before[1].median);
    vmm_json_set_number (object, "ratio", before[1].median / before->median);
    vmm_json_set_number (object, "p", change->p);
    build_machine (change->machine, object);
    json_array_add_object_element (changes, object);
  }
}

static void
build_hours (const VmmHistory *history, JsonObject *root)
{
  const VmmHours *hours = &history->hours;
  JsonObject     *object = vmm_json_set_object (root, "hours");
  JsonArray      *ratios, *low;

  vmm_json_set_count (object, "windows", hours->windows);
  vmm_json_set_count (object, "windows_needed", VMM_HOURS_MIN_WINDOWS);
  vmm_json_set_count (object, "days", hours->days);
  vmm_json_set_count (object, "days_needed", VMM_HOURS_MIN_DAYS);
  vmm_json_set_number (object, "p", hours->p);
  ratios = vmm_json_set_array (object, "ratios");
  low = vmm_json_set_array (object, "low");
  for (guint i = 0; i < G_N_ELEMENTS (hours->ratios); i++) {
    vmm_json_add_number (ratios, hours->ratios[i]);
    if (hours->is_low[i])
      vmm_json_add_number (low, i);
  }
}

static void
build_skipped (const VmmHistory *history, JsonObject *root)
{
  const VmmSkips *skips = &history->skipped;
  JsonObject     *object = vmm_json_set_object (root, "skipped");

  if (history->skipped_error) {
    vmm_json_set_text (object, "reason", history->skipped_error->message, VMM_RESULT_MAX_REASON);
    return;
  }
  for (guint i = 0; i < VMM_N_SKIPPED; i++)
    vmm_json_set_count (object, vmm_skipped_id ((VmmSkipped) i), skips->counts[i]);
  if (skips->since_us)
    set_time (object, "since", skips->since_us);
}

char *
vmm_history_to_json (const VmmHistory *history)
{
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();
  JsonObject *left_out;

  json_node_take_object (document, root);
  vmm_json_set_count (root, "windows", history->windows->len);
  left_out = vmm_json_set_object (root, "left_out");
  vmm_json_set_count (left_out, "unfit", history->n_unfit);
  vmm_json_set_count (left_out, "another_way", history->n_other);
  vmm_json_set_count (left_out, "other_machines", history->n_elsewhere);
  build_skipped (history, root);
  build_days (history, root);
  build_stretches (history, root);
  vmm_json_set_count (root, "days_needed", VMM_HISTORY_MIN_DAYS);
  build_changes (history, root);
  build_hours (history, root);
  return vmm_json_write (document);
}
