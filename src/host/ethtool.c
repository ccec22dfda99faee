/* SPDX-License-Identifier: MIT */
/* ethtool: what a network card's driver counts, as anybody may ask it.
 *
 * Linux, net/ethtool/ioctl.c: "Allow some commands to be done by anyone". The kernel writes as many
 * statistics as the driver has by then, whatever was asked for: hence the spare places. */
#include "ethtool.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>

#define MAX_STATISTICS 4096u
#define SPARE 1024u

typedef struct {
  EthtoolCall call;
  int         fd;
  const char *device;
} Card;

static gboolean
ask (const Card *card, void *command)
{
  struct ifreq request = { .ifr_data = command };

  g_strlcpy (request.ifr_name, card->device, sizeof request.ifr_name);
  return card->call (card->fd, SIOCETHTOOL, &request) == 0;
}

static guint
count_statistics (const Card *card)
{
  const gsize                          size = sizeof (struct ethtool_sset_info) + sizeof (guint32);
  g_autofree struct ethtool_sset_info *info = g_malloc0 (size);

  info->cmd = ETHTOOL_GSSET_INFO;
  info->sset_mask = 1ull << ETH_SS_STATS;
  return ask (card, info) && info->sset_mask ? MIN (info->data[0], MAX_STATISTICS) : 0;
}

static struct ethtool_gstrings *
read_names (const Card *card, guint n)
{
  g_autofree struct ethtool_gstrings *names =
      g_malloc0 (sizeof *names + (gsize) (n + SPARE) * ETH_GSTRING_LEN);

  *names = (struct ethtool_gstrings){ ETHTOOL_GSTRINGS, ETH_SS_STATS, n };
  return ask (card, names) ? g_steal_pointer (&names) : NULL;
}

static struct ethtool_stats *
read_values (const Card *card, guint n)
{
  g_autofree struct ethtool_stats *values =
      g_malloc0 (sizeof *values + (gsize) (n + SPARE) * sizeof (guint64));

  *values = (struct ethtool_stats){ ETHTOOL_GSTATS, n };
  return ask (card, values) ? g_steal_pointer (&values) : NULL;
}

static void
add_statistic (const char *name, guint64 value, const char *const *names, guint n, double *sums)
{
  for (guint i = 0; i < n; i++)
    if (strncmp (names[i], name, ETH_GSTRING_LEN) == 0)
      sums[i] = (sums[i] > 0 ? sums[i] : 0) + (double) value;
}

void
ethtool_add (EthtoolCall call, int fd, const char *device, const char *const *names, guint n,
             double *sums)
{
  const Card                          card = { call, fd, device };
  const guint                         count = count_statistics (&card);
  g_autofree struct ethtool_gstrings *strings = count ? read_names (&card, count) : NULL;
  g_autofree struct ethtool_stats    *values = strings ? read_values (&card, count) : NULL;

  for (guint i = 0; values && i < MIN (count, MIN (strings->len, values->n_stats)); i++)
    add_statistic ((const char *) strings->data + (gsize) i * ETH_GSTRING_LEN, values->data[i],
                   names, n, sums);
}
