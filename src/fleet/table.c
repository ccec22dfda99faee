/* SPDX-License-Identifier: MIT */
/* table: guests in order, those that match, and the rule of noisy hosts. */
#include "vmm/fleet.h"
#include "vmm/summary.h"

#include <math.h>
#include <string.h>

/* ---- Columns: how two guests stand to one another there, what is worst first. */

static int
compare_texts (const char *a, const char *b)
{
  if (!a[0] != !b[0])
    return a[0] ? -1 : 1;
  return strcmp (a, b);
}

static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

static const struct {
  const char *id;
  gsize       offset;
  enum { TEXT, LEAST, MOST, QUALITY, MOMENT } kind;
} columns[VMM_FLEET_N_COLUMNS] = {
#define AT(member) G_STRUCT_OFFSET (VmmFleetGuest, member)
  [VMM_FLEET_GUEST] = { "guest", AT (guest), TEXT },
  [VMM_FLEET_HOST] = { "host", AT (host), TEXT },
  [VMM_FLEET_VMM] = { "vmm", AT (vmm), TEXT },
  [VMM_FLEET_TYPE] = { "type", AT (type), TEXT },
  [VMM_FLEET_SCORE] = { "score", AT (score), LEAST },
  [VMM_FLEET_STOLEN] = { "stolen", AT (stolen), MOST },
  [VMM_FLEET_QUALITY] = { "quality", AT (quality), QUALITY },
  [VMM_FLEET_HEARD] = { "heard", AT (heard_us), MOMENT },
};

const char *
vmm_fleet_column_id (VmmFleetColumn column)
{
  g_return_val_if_fail ((guint) column < VMM_FLEET_N_COLUMNS, NULL);
  return columns[column].id;
}

static double
get_number (const VmmFleetGuest *guest, VmmFleetColumn column)
{
  gsize offset = columns[column].offset;

  switch (columns[column].kind) {
  case MOST:
    return -G_STRUCT_MEMBER (double, guest, offset);
  case QUALITY:
    return guest->quality < 0 ? NAN : -guest->quality;
  case MOMENT:
    return guest->heard_us ? (double) guest->heard_us : NAN;
  default:
    return G_STRUCT_MEMBER (double, guest, offset);
  }
}

/* FALSE where it is not told: that comes last, in whatever order. */
static gboolean
is_told (const VmmFleetGuest *guest, VmmFleetColumn column)
{
  if (columns[column].kind == TEXT)
    return G_STRUCT_MEMBER (char *, guest, columns[column].offset)[0] != '\0';
  return !isnan (get_number (guest, column));
}

int
vmm_fleet_compare (const VmmFleetGuest *a, const VmmFleetGuest *b, VmmFleetColumn column)
{
  gsize offset = columns[column].offset;

  if (columns[column].kind == TEXT)
    return compare_texts (G_STRUCT_MEMBER (char *, a, offset), G_STRUCT_MEMBER (char *, b, offset));
  return compare_numbers (get_number (a, column), get_number (b, column));
}

typedef struct {
  VmmFleetColumn column;
  gboolean       reversed, by_host;
} Order;

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const VmmFleetGuest *left = *(VmmFleetGuest *const *) a, *right = *(VmmFleetGuest *const *) b;
  const Order         *order = data;
  gboolean             both = is_told (left, order->column) && is_told (right, order->column);
  int result = order->by_host ? vmm_fleet_compare (left, right, VMM_FLEET_HOST) : 0;

  if (result == 0) {
    result = vmm_fleet_compare (left, right, order->column);
    if (order->reversed && both)
      result = -result;
  }
  if (result == 0)
    result = strcmp (left->guest, right->guest);
  return result ? result : strcmp (left->job, right->job);
}

void
vmm_fleet_sort (VmmFleet *fleet, VmmFleetColumn column, gboolean reversed, gboolean by_host)
{
  Order order = { column, reversed, by_host };

  g_ptr_array_sort_with_data (fleet->guests, compare, &order);
}

/* ---- Those that match */

gboolean
vmm_fleet_matches (const VmmFleetGuest *guest, const char *text)
{
  const char *const names[] = { guest->guest, guest->host,  guest->vmm,
                                guest->type,  guest->cloud, guest->job };

  if (!text || !text[0])
    return TRUE;
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = g_utf8_casefold (names[i], -1);
    if (strstr (name, wanted))
      return TRUE;
  }
  return FALSE;
}

/* ---- Of all of them */

double
vmm_fleet_quantile (const VmmFleet *fleet, double part)
{
  g_autoptr (GArray) scores = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < fleet->guests->len; i++) {
    const VmmFleetGuest *guest = fleet->guests->pdata[i];
    if (guest->is_heard && isfinite (guest->score))
      g_array_append_val (scores, guest->score);
  }
  if (scores->len == 0)
    return NAN;
  vmm_sort ((double *) (gpointer) scores->data, scores->len);
  return vmm_quantile ((const double *) (gconstpointer) scores->data, scores->len, part);
}

static int
compare_noise (gconstpointer a, gconstpointer b)
{
  const VmmNoisyHost *left = a, *right = b;

  if (left->suffering != right->suffering)
    return left->suffering > right->suffering ? -1 : 1;
  return strcmp (left->host, right->host);
}

static void
count (GHashTable *hosts, GArray *counts, const VmmFleetGuest *guest)
{
  gpointer number;

  if (!g_hash_table_lookup_extended (hosts, guest->host, NULL, &number)) {
    VmmNoisyHost fresh = { .host = guest->host };
    number = GUINT_TO_POINTER (counts->len);
    g_hash_table_insert (hosts, guest->host, number);
    g_array_append_val (counts, fresh);
  }
  VmmNoisyHost *host = &g_array_index (counts, VmmNoisyHost, GPOINTER_TO_UINT (number));
  host->guests++;
  host->suffering += guest->stolen > VMM_FLEET_SUFFERING;
}

/* One guest alone is at a limit of its own. What a window of an hour ago says is of another time. */
GArray *
vmm_fleet_find_noisy (const VmmFleet *fleet)
{
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *counts = g_array_new (FALSE, TRUE, sizeof (VmmNoisyHost));

  for (guint i = 0; i < fleet->guests->len; i++) {
    const VmmFleetGuest *guest = fleet->guests->pdata[i];
    if (guest->is_heard && guest->is_live && guest->host[0] && isfinite (guest->stolen))
      count (hosts, counts, guest);
  }
  for (guint i = counts->len; i-- > 0;) {
    VmmNoisyHost *host = &g_array_index (counts, VmmNoisyHost, i);
    const gint64 *since_us = g_hash_table_lookup (fleet->since, host->host);
    host->since_us = since_us ? *since_us : 0;
    if (host->suffering < 2 || host->suffering * 2 < host->guests)
      g_array_remove_index_fast (counts, i);
  }
  g_array_sort (counts, compare_noise);
  return counts;
}
