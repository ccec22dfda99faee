/* SPDX-License-Identifier: MIT */
/* likeness: what should be the same on all sides, and what follows where it is not. */
#include <math.h>
#include <string.h>

#include "compare_private.h"

/* MemTotal lacks what kernel and firmware keep for themselves: not the same on every VMM. */
#define MEMORY_TOLERANCE 0.05

static char *
say_count (guint64 count)
{
  return count ? g_strdup_printf ("%" G_GUINT64_FORMAT, count) : g_strdup ("unknown");
}

static char *
say_text (const char *text)
{
  return g_strdup (text && *text ? text : "unknown");
}

static char *
get_cpus (const VmmResult *result)
{
  return say_count (vmm_result_get_host (result)->cpus);
}

static char *
get_memory (const VmmResult *result)
{
  guint64 bytes = vmm_result_get_host (result)->memory_bytes;

  return bytes ? g_strdup_printf ("%" G_GUINT64_FORMAT " MiB", bytes >> 20) : say_text (NULL);
}

static char *
get_cpu_model (const VmmResult *result)
{
  return say_text (vmm_result_get_host (result)->cpu_model);
}

static char *
get_kernel (const VmmResult *result)
{
  return say_text (vmm_result_get_host (result)->kernel);
}

static char *
get_clocksource (const VmmResult *result)
{
  return say_text (vmm_result_get_host (result)->clocksource);
}

static char *
get_mitigations (const VmmResult *result)
{
  return say_text (vmm_result_get_host (result)->mitigations);
}

static char *
get_container (const VmmResult *result)
{
  return say_text (vmm_result_get_host (result)->container);
}

static char *
get_score_version (const VmmResult *result)
{
  return say_count (vmm_result_get_score (result)->version);
}

static char *
get_program (const VmmResult *result)
{
  return say_text (vmm_result_get_program (result));
}

static char *
get_duration (const VmmResult *result)
{
  return g_strdup_printf ("%u s", vmm_result_get_plan (result)->duration_s);
}

static char *
get_interval (const VmmResult *result)
{
  return g_strdup_printf ("%u ms", vmm_result_get_plan (result)->interval_ms);
}

static char *
get_own_load (const VmmResult *result)
{
  return g_strdup (vmm_result_get_probes_info (result)->own_load_removed ? "removed"
                                                                         : "not removed");
}

static char *
get_ping (const VmmResult *result)
{
  const VmmPingInfo *ping = vmm_result_get_ping (result);
  /* Both ways of sending an echo are one kind; a TCP connect is another. */
  VmmPingMethod method = ping->method == VMM_PING_ICMP_RAW ? VMM_PING_ICMP_DATAGRAM : ping->method;

  if (isnan (vmm_result_get_score (result)->categories[VMM_METRIC_NETWORK].value))
    return g_strdup ("not scored");
  return g_strdup_printf (
      "%s%s%s by %s", vmm_target_kind_id (ping->kind), ping->kind == VMM_TARGET_GIVEN ? " " : "",
      ping->kind == VMM_TARGET_GIVEN ? ping->address : "", vmm_ping_method_id (method));
}

/* The probes that have a ratio: what a category's score is made of. */
static char *
get_probes (const VmmResult *result, int category)
{
  GString           *names = g_string_new (NULL);
  guint              n;
  const VmmScoreRow *table = vmm_score_table (&n);
  const VmmScore    *score = vmm_result_get_score (result);

  for (guint i = 0; i < n; i++)
    if ((int) table[i].category == category && score->probes[i].scored &&
        isfinite (score->probes[i].ratio))
      g_string_append_printf (names, "%s%s", names->len ? " " : "", table[i].name);
  if (!names->len)
    g_string_append (names, "none");
  return g_string_free (names, FALSE);
}

static char *
get_cpu_probes (const VmmResult *result)
{
  return get_probes (result, VMM_METRIC_CPU);
}

static char *
get_memory_probes (const VmmResult *result)
{
  return get_probes (result, VMM_METRIC_MEMORY);
}

static char *
get_disk_probes (const VmmResult *result)
{
  return get_probes (result, VMM_METRIC_DISK);
}

static char *
get_network_probes (const VmmResult *result)
{
  return get_probes (result, VMM_METRIC_NETWORK);
}

static gboolean
is_same_memory (const char *a, const char *b)
{
  double bytes_a = g_ascii_strtod (a, NULL), bytes_b = g_ascii_strtod (b, NULL);

  return fabs (bytes_a - bytes_b) <= MEMORY_TOLERANCE * MAX (bytes_a, bytes_b);
}

/* What a difference forbids. The total goes with every category. */
enum {
  NOTHING = 0,
  CATEGORY = 1, /* shifted left by its number */
  SCORES = CATEGORY | CATEGORY << 1 | CATEGORY << 2 | CATEGORY << 3,
  PROBES = CATEGORY << 4, /* the raw values of those categories too */
};

typedef struct {
  const char *name;
  char *(*get) (const VmmResult *result);
  guint       forbids;
  const char *consequence;
  gboolean (*is_same) (const char *a, const char *b); /* NULL: letter for letter */
} Row;

/* clang-format off */
static const Row rows[] = {
  { "Score version",  get_score_version,  SCORES, "scores of two definitions are not compared" },
  { "CPU probes",     get_cpu_probes,     CATEGORY << VMM_METRIC_CPU,     "CPU and total are made of other parts" },
  { "Memory probes",  get_memory_probes,  CATEGORY << VMM_METRIC_MEMORY,  "memory and total are made of other parts" },
  { "Disk probes",    get_disk_probes,    CATEGORY << VMM_METRIC_DISK,    "disk and total are made of other parts" },
  { "Network probes", get_network_probes, CATEGORY << VMM_METRIC_NETWORK, "network and total are made of other parts" },
  { "Ping target",    get_ping,           CATEGORY << VMM_METRIC_NETWORK | PROBES, "network times to unlike targets are not compared" },
  { "CPUs",           get_cpus,           NOTHING, NULL },
  { "Memory",         get_memory,         NOTHING, NULL, is_same_memory },
  { "CPU model",      get_cpu_model,      NOTHING, NULL },
  { "Kernel",         get_kernel,         NOTHING, NULL },
  { "Clock source",   get_clocksource,    NOTHING, NULL },
  { "Mitigations",    get_mitigations,    NOTHING, NULL },
  { "Container",      get_container,      NOTHING, NULL },
  { "Duration",       get_duration,       NOTHING, NULL },
  { "Interval",       get_interval,       NOTHING, NULL },
  { "Own load",       get_own_load,       NOTHING, NULL },
  { "Program",        get_program,        NOTHING, NULL },
};
/* clang-format on */

/* The values that the windows of a side have, each once. */
static char *
join_values (const Row *row, const GPtrArray *windows)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < windows->len; i++) {
    g_autofree char *value = row->get (windows->pdata[i]);
    if (!g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
      g_ptr_array_add (values, g_steal_pointer (&value));
  }
  if (!values->len)
    return g_strdup ("no window");
  g_ptr_array_add (values, NULL);
  return g_strjoinv ("; ", (char **) values->pdata);
}

static gboolean
is_same_everywhere (const Row *row, GPtrArray *const *used, guint n_sides)
{
  g_autofree char *first = NULL;
  gboolean         same = TRUE;

  for (guint side = 0; side < n_sides; side++)
    for (guint i = 0; i < used[side]->len && same; i++) {
      g_autofree char *value = row->get (used[side]->pdata[i]);
      if (!first)
        first = g_steal_pointer (&value);
      else
        same = row->is_same ? row->is_same (first, value) : strcmp (first, value) == 0;
    }
  return same;
}

static void
free_likeness (VmmLikeness *likeness)
{
  g_strfreev (likeness->values);
  g_free (likeness->consequence);
  g_free (likeness);
}

GPtrArray *
vmm_likeness_new (GPtrArray *const *used, guint n_sides)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) free_likeness);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    VmmLikeness *likeness = g_new0 (VmmLikeness, 1);
    likeness->name = rows[i].name;
    likeness->values = g_new0 (char *, n_sides + 1);
    for (guint side = 0; side < n_sides; side++)
      likeness->values[side] = join_values (&rows[i], used[side]);
    likeness->same = is_same_everywhere (&rows[i], used, n_sides);
    likeness->consequence = likeness->same ? NULL : g_strdup (rows[i].consequence);
    g_ptr_array_add (all, likeness);
  }
  return all;
}

char *
vmm_likeness_forbids (const GPtrArray *likeness, VmmLevel level, int category)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const VmmLikeness *row = likeness->pdata[i];
    gboolean           touched = level == VMM_LEVEL_TOTAL ? rows[i].forbids != NOTHING
                                                          : (rows[i].forbids >> category) & CATEGORY;
    if (level == VMM_LEVEL_PROBE && !(rows[i].forbids & PROBES))
      touched = FALSE;
    if (touched && !row->same)
      return g_strdup (rows[i].consequence);
  }
  return NULL;
}
