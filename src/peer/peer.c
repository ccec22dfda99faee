/* SPDX-License-Identifier: MIT */
/* peer: in some seconds of a window, how much another guest takes over TCP and how late it answers. */
#include "vmm/peer.h"

#include "burst.h"
#include "vmm/aside.h"
#include "vmm/sources.h"

#include <math.h>

/* A burst is over before the next second begins, also one that began late. */
#define BURST_US 400000
#define LATE_US 150000 /* less would be left of it than it needs */

static const VmmChannelId channels[] = { VMM_CHANNEL_PEER_THROUGHPUT, VMM_CHANNEL_PEER_RTT_IDLE,
                                         VMM_CHANNEL_PEER_RTT_LOADED };

/* The worker's. */
typedef struct {
  struct sockaddr_storage native;
  socklen_t               length;
} Address;

typedef struct {
  VmmSource    source;
  VmmPeerTurns turns;
  VmmAside    *aside;
  gboolean     is_in_window;
  gint64       window_us, next_us; /* its beginning, and that of the next turn */
  VmmBurst     burst;              /* the last one */
} Peer;

static void
work (gpointer state, gint64 now_us, gpointer answer)
{
  const Address *address = state;

  vmm_burst_run (answer, &address->native, address->length, now_us + BURST_US);
}

static const VmmAsideClass asking = {
  .name = "vmm-peer",
  .work = work,
  .clear = g_free,
  .answer_size = sizeof (VmmBurst),
};

static void
find_next (Peer *peer, gint64 after_us)
{
  gint64 since_us = vmm_peer_turns_next (&peer->turns, after_us - peer->window_us);

  peer->next_us = since_us == G_MAXINT64 ? G_MAXINT64 : peer->window_us + since_us;
}

static void
window_begins (VmmSource *source, gint64 now_us)
{
  Peer *peer = (Peer *) source;

  peer->is_in_window = TRUE;
  peer->window_us = now_us;
  peer->burst.cause = VMM_CAUSE_NONE;
  find_next (peer, now_us);
}

static void
window_ends (VmmSource *source)
{
  ((Peer *) source)->is_in_window = FALSE;
}

static gint64
pulse (VmmSource *source, gint64 now_us)
{
  Peer *peer = (Peer *) source;

  if (!peer->is_in_window)
    return G_MAXINT64;
  if (now_us >= peer->next_us) {
    if (now_us - peer->next_us <= LATE_US)
      vmm_aside_ask (peer->aside, peer->next_us);
    find_next (peer, now_us + 1);
  }
  return peer->next_us;
}

static float
tell (double value)
{
  return isnan (value) ? vmm_absent (VMM_FAILED) : (float) value;
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Peer    *peer = (Peer *) source;
  VmmCause cause;
  gboolean is_new = vmm_aside_take (peer->aside, now_us, &peer->burst, &cause);

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    row[channels[i]] = vmm_absent (peer->is_in_window ? VMM_PENDING : VMM_OFF);
  if (!is_new || !peer->is_in_window)
    return;
  row[VMM_CHANNEL_PEER_THROUGHPUT] = tell (peer->burst.mb_per_s);
  row[VMM_CHANNEL_PEER_RTT_IDLE] = tell (peer->burst.rtt_idle_ms);
  row[VMM_CHANNEL_PEER_RTT_LOADED] = tell (peer->burst.rtt_loaded_ms);
}

static VmmReason
get_reason (VmmSource *source, VmmChannelId channel)
{
  const Peer *peer = (const Peer *) source;

  if (!vmm_source_has (source, channel) || !peer->burst.cause)
    return vmm_reason (VMM_CAUSE_NONE);
  return *peer->burst.said ? (VmmReason){ peer->burst.cause, peer->burst.said }
                           : vmm_reason (peer->burst.cause);
}

static void
free_peer (VmmSource *source)
{
  vmm_aside_free (((Peer *) source)->aside);
  g_free (source);
}

static const VmmSourceClass peer_class = {
  .name = "peer",
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .stop = window_ends,
  .window_begins = window_begins,
  .window_ends = window_ends,
  .pulse = pulse,
  .sample = sample,
  .reason = get_reason,
  .free = free_peer,
};

VmmSource *
vmm_peer_new (const char *address, const VmmPeerTurns *turns)
{
  g_autoptr (GSocketAddress) parsed = vmm_peer_parse (address);
  g_return_val_if_fail (parsed != NULL, NULL);

  Peer    *peer = g_new0 (Peer, 1);
  Address *native = g_new0 (Address, 1);

  peer->source.class = &peer_class;
  peer->turns = *turns;
  native->length = (socklen_t) g_socket_address_get_native_size (parsed);
  g_socket_address_to_native (parsed, &native->native, sizeof native->native, NULL);
  peer->aside = vmm_aside_new (&asking, native);
  return &peer->source;
}
