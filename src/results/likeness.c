/* SPDX-License-Identifier: MIT */
/* likeness: what should be the same on all sides, and what follows where it is not. */
#include "compare_private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* MemTotal lacks what kernel and firmware keep for themselves: not the same on every VMM. */
#define MEMORY_TOLERANCE 0.05

static char *
say_count (guint64 count, VmmLanguage language)
{
  return count ? g_strdup_printf ("%" G_GUINT64_FORMAT, count)
               : g_strdup (vmm_text (language, N_ ("unknown")));
}

static char *
say_text (const char *text, VmmLanguage language)
{
  return g_strdup (text && *text ? text : vmm_text (language, N_ ("unknown")));
}

/* A row's function is given the row's argument: here, the number of a fact. */
static char *
get_host_fact (const VmmResult *result, gsize fact, VmmLanguage language)
{
  guint            n;
  g_autofree char *text =
      vmm_host_say (vmm_result_get_host (result), &vmm_host_facts (&n)[fact], language);

  return say_text (text, language);
}

static char *
get_score_version (const VmmResult *result, gsize unused, VmmLanguage language)
{
  return say_count (vmm_result_get_score (result)->version, language);
}

static char *
get_program (const VmmResult *result, gsize unused, VmmLanguage language)
{
  return say_text (vmm_result_get_program (result), language);
}

static char *
get_duration (const VmmResult *result, gsize unused, VmmLanguage language)
{
  char   digits[VMM_DECIMAL_SIZE];
  double seconds = vmm_plan_seconds (vmm_result_get_plan (result));

  return g_strconcat (vmm_decimal (language, digits, "%g", seconds), " s", NULL);
}

static char *
get_interval (const VmmResult *result, gsize unused, VmmLanguage language)
{
  return g_strdup_printf ("%u ms", vmm_result_get_plan (result)->interval_ms);
}

static char *
get_own_load (const VmmResult *result, gsize unused, VmmLanguage language)
{
  return g_strdup (vmm_text (language, vmm_result_get_probes_info (result)->own_load_removed
                                           ? N_ ("removed")
                                           : N_ ("not removed")));
}

static char *
get_ping (const VmmResult *result, gsize unused, VmmLanguage language)
{
  const VmmPingInfo *ping = vmm_result_get_ping (result);
  /* Both ways of sending an echo are one kind; a TCP connect is another. */
  VmmPingMethod method = ping->method == VMM_PING_ICMP_RAW ? VMM_PING_ICMP_DATAGRAM : ping->method;
  const char   *kind = vmm_target_kind_id (ping->kind), *how = vmm_ping_method_id (method);

  if (isnan (vmm_result_get_score (result)->categories[VMM_CATEGORY_NETWORK].value))
    return g_strdup (vmm_text (language, N_ ("not scored")));
  if (language == VMM_LOCAL) {
    kind = vmm_say_id ("target", kind);
    how = vmm_say_id ("ping", how);
  }
  /* TRANSLATORS: what is pinged, and how: "gateway by icmp", "given 192.0.2.1 by tcp" */
  return ping->kind == VMM_TARGET_GIVEN
             ? g_strdup_printf (vmm_text (language, N_ ("%1$s %2$s by %3$s")), kind, ping->address,
                                how)
             : g_strdup_printf (vmm_text (language, N_ ("%1$s by %2$s")), kind, how);
}

/* The probes that have a ratio: what a category's score is made of. By name, for people by title. */
static char *
get_probes (const VmmResult *result, gsize category, VmmLanguage language)
{
  static const char  none[] = NC_ ("probes", "none");
  const char        *separator = language == VMM_ENGLISH ? " " : ", ";
  GString           *names = g_string_new (NULL);
  guint              n;
  const VmmScoreRow *table = vmm_score_table (&n);
  const VmmScore    *score = vmm_result_get_score (result);

  for (guint i = 0; i < n; i++)
    if ((gsize) table[i].category == category && score->probes[i].scored &&
        isfinite (score->probes[i].ratio))
      g_string_append_printf (names, "%s%s", names->len ? separator : "",
                              language == VMM_ENGLISH ? table[i].name : _ (table[i].title));
  if (!names->len)
    g_string_append (names, language == VMM_ENGLISH ? none : vmm_say_id ("probes", none));
  return g_string_free (names, FALSE);
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
  SCORES = (CATEGORY << VMM_N_CATEGORIES) - 1,
  PROBES = CATEGORY << VMM_N_CATEGORIES, /* the raw values of those categories too */
};

typedef struct {
  const char *name;
  char *(*get) (const VmmResult *result, gsize argument, VmmLanguage language);
  gsize       argument;
  guint       forbids;
  const char *consequence;
  gboolean (*is_same) (const char *a, const char *b); /* NULL: letter for letter */
} Row;

/* clang-format off */
#define PROBES_OF(category) get_probes, VMM_CATEGORY_##category, CATEGORY << VMM_CATEGORY_##category
static const Row rows[] = {
  { N_ ("Score version"),  get_score_version, 0,  SCORES, N_ ("scores of two definitions are not compared") },
  { N_ ("CPU probes"),     PROBES_OF (CPU),       N_ ("CPU and total are not made of the same probes") },
  { N_ ("Memory probes"),  PROBES_OF (MEMORY),    N_ ("memory and total are not made of the same probes") },
  { N_ ("Disk probes"),    PROBES_OF (DISK),      N_ ("disk and total are not made of the same probes") },
  { N_ ("Network probes"), PROBES_OF (NETWORK),   N_ ("network and total are not made of the same probes") },
  { N_ ("Ping target"),    get_ping, 0,           CATEGORY << VMM_CATEGORY_NETWORK | PROBES, N_ ("network times to unlike targets are not compared") },
  { NULL }, /* here come the facts of the host */
  { N_ ("Duration"),       get_duration, 0,       NOTHING, NULL },
  { N_ ("Interval"),       get_interval, 0,       NOTHING, NULL },
  { N_ ("Own load"),       get_own_load, 0,       NOTHING, NULL },
  { N_ ("Program"),        get_program, 0,        NOTHING, NULL },
};
/* clang-format on */

/* The fact that is compared as the number `rank`; FALSE after the last. */
static gboolean
get_fact_row (guint rank, Row *ret_row)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);

  for (guint i = 0; i < n; i++)
    if (facts[i].rank == rank) {
      const gboolean is_memory = facts[i].member.kind == VMM_MEMBER_BYTES_OR_NULL;
      *ret_row = (Row){ facts[i].title, get_host_fact, i,
                        NOTHING,        NULL,          is_memory ? is_same_memory : NULL };
      return TRUE;
    }
  return FALSE;
}

/* All rows of a comparison. Free with g_array_unref(). */
static GArray *
list_rows (void)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Row));
  Row     fact;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].name)
      g_array_append_val (list, rows[i]);
    else
      for (guint rank = 1; get_fact_row (rank, &fact); rank++)
        g_array_append_val (list, fact);
  return list;
}

/* The values that the windows of a side have, each once. */
static char *
join_values (const Row *row, const GPtrArray *windows, VmmLanguage language)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < windows->len; i++) {
    g_autofree char *value = row->get (windows->pdata[i], row->argument, language);
    if (!g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
      g_ptr_array_add (values, g_steal_pointer (&value));
  }
  if (!values->len)
    return g_strdup (vmm_text (language, N_ ("no window")));

  char *text = g_strdup (values->pdata[0]);
  for (guint i = 1; i < values->len; i++) {
    g_autofree char *before = text;
    text = g_strdup_printf (vmm_text (language, N_ ("%s; %s")), before,
                            (const char *) values->pdata[i]);
  }
  return text;
}

static gboolean
is_same_everywhere (const Row *row, GPtrArray *const *used, guint n_sides)
{
  g_autofree char *first = NULL;
  gboolean         same = TRUE;

  for (guint side = 0; side < n_sides; side++)
    for (guint i = 0; i < used[side]->len && same; i++) {
      g_autofree char *value = row->get (used[side]->pdata[i], row->argument, VMM_ENGLISH);
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

/* One of the things that should be alike, as the sides have it. */
static VmmLikeness *
compare_row (const Row *row, GPtrArray *const *used, guint n_sides, VmmLanguage language)
{
  VmmLikeness *likeness = g_new0 (VmmLikeness, 1);

  likeness->name = vmm_text (language, row->name);
  likeness->values = g_new0 (char *, n_sides + 1);
  for (guint side = 0; side < n_sides; side++)
    likeness->values[side] = join_values (row, used[side], language);
  likeness->same = is_same_everywhere (row, used, n_sides);
  if (!likeness->same && row->consequence)
    likeness->consequence = g_strdup (vmm_text (language, row->consequence));
  return likeness;
}

GPtrArray *
vmm_likeness_new (GPtrArray *const *used, guint n_sides, VmmLanguage language)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) free_likeness);
  g_autoptr (GArray) list = list_rows ();

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (all, compare_row (&g_array_index (list, Row, i), used, n_sides, language));
  return all;
}

static gboolean
does_forbid (const Row *row, VmmLevel level, int category)
{
  if (level == VMM_LEVEL_TOTAL)
    return row->forbids != NOTHING;
  if (level == VMM_LEVEL_PROBE && !(row->forbids & PROBES))
    return FALSE;
  return (row->forbids >> category) & CATEGORY;
}

char *
vmm_likeness_forbids (const GPtrArray *likeness, VmmLevel level, int category)
{
  g_autoptr (GArray) list = list_rows ();

  for (guint i = 0; i < list->len; i++) {
    const VmmLikeness *row = likeness->pdata[i];
    if (!row->same && does_forbid (&g_array_index (list, Row, i), level, category))
      return g_strdup (row->consequence);
  }
  return NULL;
}
