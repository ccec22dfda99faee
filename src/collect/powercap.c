/* SPDX-License-Identifier: MIT */
/* powercap: the energy counters of the processor, each quantity once. */
#include "powercap.h"

#include "meter.h"

#include <string.h>

#define ZONES "sys/class/powercap"

/* By their registers first: what else tells the same is left out. */
static const char *const controls[] = { "intel-rapl:", "intel-rapl-mmio:" };

/* clang-format off */
static const struct {
  const char  *name; /* what the zone's begins with */
  gboolean     is_whole; /* and ends with */
  VmmChannelId channel;
} quantities[] = {
  { "package-", FALSE, VMM_CHANNEL_ENERGY_PACKAGE },
  { "dram",     TRUE,  VMM_CHANNEL_ENERGY_MEMORY },
  { "psys",     TRUE,  VMM_CHANNEL_ENERGY_MACHINE },
};
/* clang-format on */

/* -1 when the zone is part of another. */
static int
find_channel (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (quantities); i++)
    if (quantities[i].is_whole ? strcmp (name, quantities[i].name) == 0
                               : g_str_has_prefix (name, quantities[i].name))
      return (int) quantities[i].channel;
  return -1;
}

/* The name of the zone, after that of the zone it is in: "package-0/dram". */
static char *
make_key (const char *root, const char *zone, const char *name)
{
  const char *colon = strchr (zone, ':'), *inner = strchr (colon + 1, ':');

  if (!inner)
    return g_strdup (name);
  g_autofree char *outer = g_strndup (zone, (gsize) (inner - zone));
  g_autofree char *directory = g_build_filename (ZONES, outer, NULL);
  g_autofree char *outer_name = meter_read_word (root, directory, "name");
  return g_strdup_printf ("%s/%s", outer_name ? outer_name : outer, name);
}

static void
add (GArray *zones, GHashTable *seen, const char *root, const char *zone)
{
  g_autofree char *directory = g_build_filename (ZONES, zone, NULL);
  g_autofree char *name = meter_read_word (root, directory, "name");
  g_autofree char *range = meter_read_word (root, directory, "max_energy_range_uj");
  int              channel = name ? find_channel (name) : -1;

  if (channel < 0 || !g_hash_table_add (seen, make_key (root, zone, name)))
    return;
  const PowercapZone found = { (VmmChannelId) channel, g_steal_pointer (&directory),
                               range ? g_ascii_strtoull (range, NULL, 10) : 0 };
  g_array_append_val (zones, found);
}

static void
clear (gpointer zone)
{
  g_free (((PowercapZone *) zone)->directory);
}

GArray *
powercap_find (const char *root)
{
  g_autofree char *path = g_build_filename (root, ZONES, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray *zones = g_array_new (FALSE, FALSE, sizeof (PowercapZone));

  g_array_set_clear_func (zones, clear);
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++) {
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    const char *zone;
    while (dir && (zone = g_dir_read_name (dir)))
      if (g_str_has_prefix (zone, controls[i]))
        add (zones, seen, root, zone);
  }
  return zones;
}
