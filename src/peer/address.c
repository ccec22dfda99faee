/* SPDX-License-Identifier: MIT */
/* address: where a peer is, and when in a window it has a turn. */
#include "vmm/peer.h"

#include "vmm/sources.h"

#include <string.h>

#define MIN_PERIOD_US G_USEC_PER_SEC
#define MAX_TURNS 4
#define PERIODS_A_TURN 5

GSocketAddress *
vmm_peer_parse (const char *text)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (text, VMM_PEER_PORT, NULL);

  if (!parsed)
    return NULL;
  return g_inet_socket_address_new_from_string (
      g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed)),
      g_network_address_get_port (G_NETWORK_ADDRESS (parsed)));
}

gboolean
vmm_peer_is_address (const char *text)
{
  g_autoptr (GSocketAddress) parsed = vmm_peer_parse (text);

  if (!parsed)
    return FALSE;
  GInetAddress    *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (parsed));
  g_autofree char *figures = g_inet_address_to_string (address);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (parsed)) > 0 &&
         !g_inet_address_get_is_any (address) && !g_inet_address_get_is_multicast (address) &&
         strcmp (figures, "255.255.255.255") != 0;
}

/* As many bursts as the probes have, each in another second than theirs. */
static guint
count_turns (const VmmPeerTurns *turns)
{
  return MIN (MAX_TURNS, turns->periods / PERIODS_A_TURN);
}

/* The period of turn `i`. */
static gint64
get_period (const VmmPeerTurns *turns, guint i)
{
  return (gint64) i * turns->periods / count_turns (turns) + 1;
}

void
vmm_peer_turns_init (VmmPeerTurns *ret_turns, gint64 interval_us, guint ticks)
{
  guint length = (guint) ((MIN_PERIOD_US + interval_us - 1) / interval_us);

  *ret_turns = (VmmPeerTurns){ length * interval_us, ticks / length };
}

gint64
vmm_peer_turns_next (const VmmPeerTurns *turns, gint64 since_us)
{
  for (guint i = 0; i < count_turns (turns); i++) {
    gint64 begin_us = get_period (turns, i) * turns->period_us + turns->period_us / 2;
    if (begin_us >= since_us)
      return begin_us;
  }
  return G_MAXINT64;
}

gboolean
vmm_peer_turns_has (const VmmPeerTurns *turns, gint64 since_us)
{
  for (guint i = 0; since_us >= 0 && i < count_turns (turns); i++)
    if (since_us / turns->period_us == get_period (turns, i))
      return since_us % turns->period_us >= turns->period_us / 2;
  return FALSE;
}
