/* SPDX-License-Identifier: MIT */
/* history: chooses the windows, sums up their days and stretches, and looks up what changed. */
#include "history_private.h"
#include "vmm/summary.h"

#include <math.h>

#define DAY_S 86400
#define HOUR_S 3600
#define MIN_FOR_INTERVAL 6 /* of fewer, no two of their values are a 95 % interval of the median */
#define HALF_INTERVAL 0.98 /* half of 1.96 */
#define TAIL 0.05          /* outside a stretch's range, on each side */
#define BESIDE 3           /* windows on each side of a change that say what the machine was */
#define UNSURE 2           /* windows that a change may be farther away than where it is found */

/* ---- Which windows */

/* What makes totals comparable: the definition, the bursts, and what is there. */
static guint
get_kind (const VmmStoreEntry *entry)
{
  guint present = 0;

  for (guint c = 0; c < VMM_N_CATEGORIES; c++)
    present = 2 * present + (isnan (entry->categories[c]) ? 0 : 1);
  return (entry->version << 1 | entry->light) << VMM_N_CATEGORIES | present;
}

static gboolean
is_fit (const VmmStoreEntry *entry)
{
  return !entry->passive && isfinite (entry->total) && entry->total > 0 &&
         (entry->quality == VMM_QUALITY_CLEAN || entry->quality == VMM_QUALITY_BUSY);
}

static gboolean
is_asked_for (const VmmStoreEntry *entry, const VmmHistoryQuery *query)
{
  return (!query->since_us || entry->created >= query->since_us) &&
         (!query->until_us || entry->created <= query->until_us) &&
         (!query->label || g_str_equal (entry->label, query->label));
}

/* Those that are asked for (of VmmStoreEntry *); those that count nowhere are counted. */
static GPtrArray *
choose (VmmHistory *history, const VmmHistoryQuery *query)
{
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < history->entries->len; i++) {
    VmmStoreEntry *entry = history->entries->pdata[i];
    if (entry->damage || !is_asked_for (entry, query))
      history->n_unfit += entry->damage != NULL;
    else if (!vmm_store_is_machine (entry->machine, query->machine))
      history->n_elsewhere++;
    else if (!is_fit (entry))
      history->n_unfit++;
    else
      g_ptr_array_add (chosen, entry);
  }
  return chosen;
}

/* That of most of them, and of two that are as many, of the newest. */
static guint
find_kind (const GPtrArray *chosen)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint kind = 0, most = 0;

  for (guint i = 0; i < chosen->len; i++) {
    gpointer key = GUINT_TO_POINTER (get_kind (chosen->pdata[i]));
    guint    count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1;
    g_hash_table_insert (counts, key, GUINT_TO_POINTER (count));
    if (count >= most) {
      most = count;
      kind = GPOINTER_TO_UINT (key);
    }
  }
  return kind;
}

static gint64
get_offset (GTimeZone *zone, gint64 second)
{
  return zone ? g_time_zone_get_offset (
                    zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, second))
              : 0;
}

static void
add_windows (VmmHistory *history, const GPtrArray *chosen, guint kind)
{
  for (guint i = 0; i < chosen->len; i++) {
    const VmmStoreEntry *entry = chosen->pdata[i];
    gint64               second = entry->created / G_USEC_PER_SEC;
    gint64               here = MAX (0, second + get_offset (history->zone, second));
    VmmHistoryWindow     window = { entry, entry->total, entry->created, (guint) (here / DAY_S),
                                    (guint) (here % DAY_S / HOUR_S) };
    if (get_kind (entry) == kind)
      g_array_append_val (history->windows, window);
    else
      history->n_other++;
  }
}

static const VmmHistoryWindow *
get_window (const VmmHistory *history, guint i)
{
  return &g_array_index (history->windows, VmmHistoryWindow, i);
}

/* ---- Days and stretches */

/* Sorted. Free with g_free(). */
static double *
sort_values (const VmmHistory *history, guint first, guint end)
{
  double *values = g_new (double, end - first);

  for (guint i = first; i < end; i++)
    values[i - first] = get_window (history, i)->value;
  vmm_sort (values, end - first);
  return values;
}

static void
set_interval (VmmHistoryDay *day, const double *sorted)
{
  guint  n = day->windows;
  double half = n < MIN_FOR_INTERVAL ? n : HALF_INTERVAL * sqrt (n);

  day->low = sorted[(guint) MAX (0, floor (n / 2.0 - half) - 1)];
  day->high = sorted[(guint) MIN (n, ceil (n / 2.0 + half)) - 1];
}

static void
add_days (VmmHistory *history)
{
  for (guint first = 0, end; first < history->windows->len; first = end) {
    const VmmHistoryWindow *window = get_window (history, first);
    gint64                  offset = get_offset (history->zone, window->time_us / G_USEC_PER_SEC);
    for (end = first; end < history->windows->len && get_window (history, end)->day == window->day;)
      end++;
    g_autofree double *sorted = sort_values (history, first, end);
    VmmHistoryDay      day = {
           .day = window->day,
           .windows = end - first,
           .begin_us = ((gint64) window->day * DAY_S - offset) * G_USEC_PER_SEC,
           .median = vmm_quantile (sorted, end - first, 0.5),
           .lowest = sorted[0],
    };
    set_interval (&day, sorted);
    g_array_append_val (history->days, day);
  }
}

static void
add_stretch (VmmHistory *history, guint first, guint end)
{
  g_autofree double *sorted = sort_values (history, first, end);
  guint              n = end - first;
  VmmHistoryStretch  stretch = {
     .first = first,
     .end = end,
     .median = vmm_quantile (sorted, n, 0.5),
     .low = vmm_quantile (sorted, n, TAIL),
     .high = vmm_quantile (sorted, n, 1 - TAIL),
  };

  g_array_append_val (history->stretches, stretch);
}

/* ---- Tests */

static void
find_changes (VmmHistory *history, const double *values, const guint *days)
{
  VmmChange found[VMM_CHANGES_MAX];
  guint     n = vmm_changes_find (values, days, history->windows->len, VMM_HISTORY_LEVEL, found);
  guint     first = 0;

  for (guint i = 0; i < n; i++) {
    VmmHistoryChange change = { .window = found[i].place, .p = found[i].p };
    add_stretch (history, first, change.window);
    g_array_append_val (history->changes, change);
    first = change.window;
  }
  if (history->windows->len)
    add_stretch (history, first, history->windows->len);
}

/* A ratio, which is a difference of logarithms, is the same whatever the level. */
static void
test (VmmHistory *history)
{
  guint              n = history->windows->len;
  g_autofree double *values = g_new (double, n + 1);
  g_autofree guint  *days = g_new (guint, n + 1), *hours = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++) {
    const VmmHistoryWindow *window = get_window (history, i);
    values[i] = log (window->value);
    days[i] = window->day;
    hours[i] = window->hour;
  }
  find_changes (history, values, days);
  vmm_hours_find (values, days, hours, n, VMM_HISTORY_LEVEL, &history->hours);
}

static void
clear_change (gpointer change)
{
  vmm_comparison_free (((VmmHistoryChange *) change)->machine);
}

VmmHistory *
vmm_history_new (GPtrArray *entries, const VmmHistoryQuery *query)
{
  VmmHistory *history = g_new0 (VmmHistory, 1);

  history->entries = g_ptr_array_ref (entries);
  history->zone = query->zone ? g_time_zone_ref (query->zone) : NULL;
  history->windows = g_array_new (FALSE, FALSE, sizeof (VmmHistoryWindow));
  history->machine = g_strdup (query->machine);
  history->days = g_array_new (FALSE, FALSE, sizeof (VmmHistoryDay));
  history->stretches = g_array_new (FALSE, FALSE, sizeof (VmmHistoryStretch));
  history->changes = g_array_new (FALSE, FALSE, sizeof (VmmHistoryChange));
  g_array_set_clear_func (history->changes, clear_change);

  g_autoptr (GPtrArray) chosen = choose (history, query);
  add_windows (history, chosen, find_kind (chosen));
  add_days (history);
  test (history);
  return history;
}

/* ---- What changed */

/* The windows `first` to `end`, as far as their documents can be read; NULL = none. */
static VmmGroup *
load_group (const VmmHistory *history, const VmmStore *store, guint first, guint end)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);

  for (guint i = first; i < end; i++) {
    g_autofree char *path = vmm_store_get_path (store, get_window (history, i)->entry->id);
    VmmResult       *result = vmm_result_load (path, NULL);
    if (result)
      g_ptr_array_add (results, result);
  }
  return results->len ? vmm_group_new ("", (VmmResult *const *) results->pdata, results->len)
                      : NULL;
}

/* What is to be compared ends, or begins, a little beside the change, and within its own stretch. */
static VmmComparison *
compare (const VmmHistory *history, const VmmStore *store, guint number)
{
  const VmmHistoryStretch *before = &g_array_index (history->stretches, VmmHistoryStretch, number);
  const VmmHistoryStretch *after = before + 1;
  guint                    end = MAX (before->first + 1, before->end - MIN (before->end, UNSURE));
  guint                    first = MIN (after->end - 1, after->first + UNSURE);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);

  VmmGroup *old = load_group (history, store, MAX (before->first, end - MIN (end, BESIDE)), end);
  VmmGroup *new = load_group (history, store, first, MIN (after->end, first + BESIDE));
  if (old)
    g_ptr_array_add (groups, old);
  if (new)
    g_ptr_array_add (groups, new);
  return groups->len == 2 ? vmm_compare (groups) : NULL;
}

void
vmm_history_explain (VmmHistory *history, const VmmStore *store)
{
  for (guint i = 0; i < history->changes->len; i++) {
    VmmHistoryChange *change = &g_array_index (history->changes, VmmHistoryChange, i);
    if (!change->machine)
      change->machine = compare (history, store, i);
  }
  g_clear_error (&history->skipped_error);
  vmm_store_load_skips (store, history->machine, &history->skipped, &history->skipped_error);
}

void
vmm_history_free (VmmHistory *history)
{
  if (!history)
    return;
  g_array_unref (history->windows);
  g_array_unref (history->days);
  g_array_unref (history->stretches);
  g_array_unref (history->changes);
  g_ptr_array_unref (history->entries);
  g_clear_pointer (&history->zone, g_time_zone_unref);
  g_clear_error (&history->skipped_error);
  g_free (history->machine);
  g_free (history);
}
