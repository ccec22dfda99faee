/* SPDX-License-Identifier: MIT */
/* test_rented: what cards count is told for a window, and that the host is another one. */
#include "vmm/sources.h"

#include "ethtool.h"
#include "machine.h"
#include "rented.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <math.h>
#include <net/if.h>

#define POOL "var/lib/hyperv/.kvp_pool_3"

/* ---- A card: what it counts now, and how it fails. The worker asks it. */
static const char *const card_names[] = { "tx_packets", "pps_allowance_exceeded", "vf_tx_packets" };
static struct {
  GMutex   lock;
  GCond    changed;
  guint64  values[G_N_ELEMENTS (card_names)];
  guint    n, asked;
  gboolean refuses;
} card;

static void
put_names (struct ethtool_gstrings *strings)
{
  for (guint i = 0; i < card.n; i++)
    g_strlcpy ((char *) strings->data + (gsize) i * ETH_GSTRING_LEN, card_names[i],
               ETH_GSTRING_LEN);
}

static int
answer (int fd, unsigned long request, void *argument)
{
  struct ifreq *asked = argument;
  guint32       command;

  g_assert_cmpuint (request, ==, SIOCETHTOOL);
  memcpy (&command, asked->ifr_data, sizeof command);
  if (strcmp (asked->ifr_name, "ens5") != 0)
    return -1;
  g_mutex_lock (&card.lock);
  if (command == ETHTOOL_GSSET_INFO)
    ((struct ethtool_sset_info *) (void *) asked->ifr_data)->data[0] = card.n;
  else if (command == ETHTOOL_GSTRINGS)
    put_names ((void *) asked->ifr_data);
  else if (command == ETHTOOL_GSTATS) {
    memcpy (((struct ethtool_stats *) (void *) asked->ifr_data)->data, card.values,
            card.n * sizeof card.values[0]);
    card.asked++;
    g_cond_signal (&card.changed);
  }
  g_mutex_unlock (&card.lock);
  return card.refuses ? -1 : 0;
}

static void
set_card (guint n, const guint64 values[3])
{
  g_mutex_lock (&card.lock);
  card.n = n;
  memcpy (card.values, values, sizeof card.values);
  g_mutex_unlock (&card.lock);
}

static void
await_answer (guint number)
{
  g_mutex_lock (&card.lock);
  while (card.asked < number)
    g_cond_wait (&card.changed, &card.lock);
  g_mutex_unlock (&card.lock);
}

static const VmmDevice devices[] = {
  { "lo", "network", "", "unknown", "" },
  { "ens5", "network", "ena", "paravirtual", "" },
  { "ens6", "network", "ena", "paravirtual", "" }, /* which does not answer */
};
static const VmmHost host = { .devices = devices, .n_devices = G_N_ELEMENTS (devices) };

static VmmRentedInfo
describe (VmmSource *source)
{
  VmmDescription description = { .activity = "" };

  vmm_source_describe (source, &description);
  return description.rented;
}

/* What is told of a window in which the card counts from `first` to `last`. */
static VmmRentedInfo
measure (VmmSource *source, const guint64 first[3], const guint64 last[3])
{
  card.asked = 0;
  set_card (G_N_ELEMENTS (card_names), first);
  vmm_source_window_begins (source, 0);
  await_answer (1);
  g_assert_true (isnan (describe (source).counts[VMM_RENTED_PACKETS]));
  set_card (G_N_ELEMENTS (card_names), last);
  vmm_source_window_ends (source);
  await_answer (2);
  return describe (source);
}

static void
test_counts (void)
{
  g_autoptr (VmmSource) source = rented_new_with_call ("/nowhere", &host, answer);
  VmmRentedInfo info = measure (source, (guint64[]){ 1, 1000, 7 }, (guint64[]){ 900, 1312, 7 });

  g_assert_cmpfloat (info.counts[VMM_RENTED_PACKETS], ==, 312);
  g_assert_cmpfloat (info.counts[VMM_RENTED_FUNCTION], ==, 0);
  g_assert_true (isnan (info.counts[VMM_RENTED_IN])); /* this card has none */
  g_assert_false (info.moved);

  /* A card that was reset says nothing of the window, and the next window is another one. */
  info = measure (source, (guint64[]){ 1, 1000, 7 }, (guint64[]){ 2, 5, 9 });
  g_assert_true (isnan (info.counts[VMM_RENTED_PACKETS]));
  g_assert_cmpfloat (info.counts[VMM_RENTED_FUNCTION], ==, 2);
}

/* Who refuses has counted nothing that is known. */
static void
test_refused (void)
{
  g_autoptr (VmmSource) source = rented_new_with_call ("/nowhere", &host, answer);
  g_autoptr (VmmSource) silent = rented_new_with_call ("/nowhere", &host, NULL);
  double counts[] = { NAN, 5 };

  card.refuses = TRUE;
  vmm_source_window_begins (source, 0);
  vmm_source_window_ends (source);
  g_assert_true (isnan (describe (source).counts[VMM_RENTED_PACKETS]));
  card.refuses = FALSE;
  vmm_source_window_begins (silent, 0);
  vmm_source_window_ends (silent);
  g_assert_true (isnan (describe (silent).counts[VMM_RENTED_PACKETS]));

  /* More statistics than anybody has, and none. */
  set_card (0, (guint64[]){ 0, 0, 0 });
  ethtool_add (answer, -1, "ens5", card_names, 2, counts);
  g_assert_true (isnan (counts[0]));
  set_card (2, (guint64[]){ 3, 4, 0 });
  ethtool_add (answer, -1, "ens5", card_names, 2, counts);
  g_assert_cmpfloat (counts[0], ==, 3);
  g_assert_cmpfloat (counts[1], ==, 9);
}

static void
write_host (const char *root, const char *name)
{
  char record[512 + 2048] = "PhysicalHostName";

  memcpy (record + 512, name, strlen (name));
  machine_write_bytes (root, POOL, record, sizeof record);
}

static gboolean
is_moved (VmmSource *source, const char *root, const char *from, const char *to)
{
  write_host (root, from);
  vmm_source_window_begins (source, 0);
  if (to)
    write_host (root, to);
  else
    machine_remove (root, POOL);
  vmm_source_window_ends (source);
  return describe (source).moved;
}

/* Another host at the end; not one that is no longer told. */
static void
test_moved (void)
{
  char *root = machine_new ();
  g_autoptr (VmmSource) source = vmm_rented_new (root, &host);

  g_assert_true (is_moved (source, root, "A", "B"));
  g_assert_false (is_moved (source, root, "B", "B"));
  g_assert_false (is_moved (source, root, "B", NULL));
  g_assert_false (is_moved (source, root, "", "B"));
  machine_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rented/counts", test_counts);
  g_test_add_func ("/rented/refused", test_refused);
  g_test_add_func ("/rented/moved", test_moved);
  return g_test_run ();
}
