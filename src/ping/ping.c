/* SPDX-License-Identifier: MIT */
/* ping: sends echoes in the second half of each tick and tells what became of them. */
#include "ping.h"

#include "icmp_open.h"
#include "reach.h"
#include "tcp_connect.h"

#include <glib/gi18n-lib.h>

#define PER_TICK_OUTSIDE 1

/* When the next look is due while a flood is read, and at the earliest where no kernel stamps. */
#define FLOOD_US 10000
#define LOOK_US 1000

static const VmmChannelId channels[] = { VMM_CHANNEL_NETWORK_RTT, VMM_CHANNEL_NETWORK_JITTER,
                                         VMM_CHANNEL_NETWORK_LOSS, VMM_CHANNEL_NETWORK_LATE,
                                         VMM_CHANNEL_NETWORK_DUPLICATE };

/* Those that a gateway listens on most: names, the web, the shell. Closed ones answer as well. */
static const guint16 ports[] = { 53, 80, 443, 22 };

static const char *const method_ids[] = { NC_ ("ping", "none"), NC_ ("ping", "icmp"),
                                          NC_ ("ping", "icmp-raw"), NC_ ("ping", "tcp") };
static const char *const kind_ids[] = { NC_ ("target", "none"), NC_ ("target", "gateway"),
                                        NC_ ("target", "given"), NC_ ("target", "self"),
                                        NC_ ("target", "cloud") };
static const char *const stamps_ids[] = { NC_ ("stamps", "user"), NC_ ("stamps", "kernel-receive"),
                                          NC_ ("stamps", "kernel") };

typedef struct {
  VmmSource    source;
  gboolean     is_off, is_running;
  gint64       interval_us;
  guint        per_tick, per_tick_in_window;
  gint64       start_us, next_us; /* of tick 0; of the next echo */
  gint64       window_us;         /* its beginning */
  gboolean     is_in_window;
  VmmPeerTurns turns;
  VmmReach     reach;
  VmmFlight    flight;
} Ping;

/* Echo j of n leaves at interval * (0.5 + 0.5 * j / n) in its tick: in the second half, where the
 * probes are silent. The first such time after `after_us`. */
static gint64
get_next_due (const Ping *ping, gint64 after_us)
{
  gint64 half_us = ping->interval_us / 2, spacing_us = MAX (1, half_us / ping->per_tick);
  gint64 elapsed_us = MAX (0, after_us - ping->start_us);
  gint64 tick = elapsed_us / ping->interval_us, offset_us = elapsed_us % ping->interval_us;
  gint64 j = offset_us < half_us ? 0 : (offset_us - half_us) / spacing_us + 1;

  if (j >= ping->per_tick) {
    tick++;
    j = 0;
  }
  return ping->start_us + tick * ping->interval_us + half_us + j * spacing_us;
}

/* TRUE when everything that came was read; only then is an echo without an answer overdue. */
static gboolean
read_answers (Ping *ping, gint64 now_us)
{
  for (guint i = 0; i < VMM_PING_READ_MAX; i++) {
    guint16 sequence = 0;
    gint64  rtt_ns = -1;

    VmmWireEvent event = vmm_reach_receive (&ping->reach, &sequence, &rtt_ns);
    if (event == VMM_WIRE_EMPTY) {
      vmm_flight_expire (&ping->flight, now_us);
      return TRUE;
    }
    if (event == VMM_WIRE_ANSWER)
      vmm_flight_answer (&ping->flight, sequence, rtt_ns, now_us);
  }
  return FALSE;
}

static gboolean
is_peers_turn (const Ping *ping, gint64 now_us)
{
  return ping->is_in_window && vmm_peer_turns_has (&ping->turns, now_us - ping->window_us);
}

/* TRUE when an answer may be there already. An echo that is overdue by a whole spacing is left out:
 * it would come close to the next one, and perhaps among the probes. */
static gboolean
send_due (Ping *ping, gint64 now_us)
{
  gboolean is_timely = now_us - ping->next_us <= ping->interval_us / 2 / ping->per_tick;

  ping->next_us = get_next_due (ping, now_us);
  if (!ping->reach.wire || !is_timely || is_peers_turn (ping, now_us))
    return FALSE;
  guint16 sequence = vmm_flight_send (&ping->flight, now_us);
  if (!vmm_reach_send (&ping->reach, sequence))
    vmm_flight_unsend (&ping->flight, sequence);
  return ping->reach.wire->stamps == VMM_STAMPS_USER;
}

/* Without kernel stamps a time is as exact as the looking is often: to a quarter of it. */
static gint64
get_next_look (const Ping *ping, gint64 now_us)
{
  gint64 oldest_us = vmm_flight_oldest (&ping->flight);

  if (oldest_us < 0 || ping->reach.wire->stamps != VMM_STAMPS_USER)
    return G_MAXINT64;
  return now_us + MAX (LOOK_US, (now_us - oldest_us) / 4);
}

static gint64
pulse (VmmSource *source, gint64 now_us)
{
  Ping    *ping = (Ping *) source;
  gboolean is_all_read = TRUE;

  if (!ping->is_running || ping->is_off)
    return G_MAXINT64;
  if (ping->reach.wire)
    is_all_read = read_answers (ping, now_us);
  if (now_us >= ping->next_us && send_due (ping, now_us))
    is_all_read = read_answers (ping, now_us);
  if (!ping->reach.wire)
    return ping->next_us;
  return MIN (ping->next_us, is_all_read ? get_next_look (ping, now_us) : now_us + FLOOD_US);
}

static VmmAbsence
get_absence (const Ping *ping)
{
  if (ping->is_off)
    return VMM_OFF;
  if (!ping->reach.wire)
    return ping->reach.absence;
  if (!ping->is_running)
    return VMM_OFF;
  return ping->reach.trouble ? VMM_FAILED : VMM_PENDING;
}

static void
fill (const Ping *ping, const VmmFlightTick *tick, float *row)
{
  guint resolved = tick->answered + tick->lost;

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    row[channels[i]] = vmm_absent (get_absence (ping));
  if (!ping->is_running || !ping->reach.wire || !ping->reach.is_heard)
    return;
  if (tick->rtts)
    row[VMM_CHANNEL_NETWORK_RTT] = (float) ((double) tick->rtt_ns / tick->rtts / 1e6);
  if (tick->pairs)
    row[VMM_CHANNEL_NETWORK_JITTER] = (float) ((double) tick->jitter_ns / tick->pairs / 1e6);
  if (resolved)
    row[VMM_CHANNEL_NETWORK_LOSS] = (float) (100.0 * tick->lost / resolved);
  row[VMM_CHANNEL_NETWORK_LATE] = (float) tick->late;
  row[VMM_CHANNEL_NETWORK_DUPLICATE] = (float) tick->duplicate;
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Ping         *ping = (Ping *) source;
  VmmFlightTick tick = { 0 };

  if (ping->is_running && ping->reach.wire) {
    read_answers (ping, now_us);
    vmm_flight_take (&ping->flight, &tick);
    vmm_reach_judge (&ping->reach, &tick);
  }
  if (ping->is_running && !ping->is_off && vmm_reach_look_after (&ping->reach, &tick))
    vmm_flight_reset (&ping->flight);
  fill (ping, &tick, row); /* now that the reason is what it will be until the next row */
}

static void
start (VmmSource *source, gint64 now_us)
{
  Ping *ping = (Ping *) source;

  ping->is_running = TRUE;
  ping->start_us = now_us;
  ping->next_us = get_next_due (ping, now_us);
  vmm_flight_reset (&ping->flight);
  if (!ping->is_off)
    vmm_reach_begin (&ping->reach);
}

static void
stop (VmmSource *source)
{
  ((Ping *) source)->is_running = FALSE;
  ((Ping *) source)->is_in_window = FALSE;
  ((Ping *) source)->per_tick = PER_TICK_OUTSIDE;
}

/* The echo that is due next stays. */
static void
window_begins (VmmSource *source, gint64 now_us)
{
  Ping *ping = (Ping *) source;

  ping->per_tick = ping->per_tick_in_window;
  ping->is_in_window = TRUE;
  ping->window_us = now_us;
}

static void
window_ends (VmmSource *source)
{
  ((Ping *) source)->is_in_window = FALSE;
  ((Ping *) source)->per_tick = PER_TICK_OUTSIDE;
}

static void
describe (VmmSource *source, VmmDescription *description)
{
  description->ping = ((Ping *) source)->reach.info;
}

static VmmReason
get_reason (VmmSource *source, VmmChannelId channel)
{
  Ping *ping = (Ping *) source;

  if (!vmm_source_has (source, channel))
    return vmm_reason (VMM_CAUSE_NONE);
  return ping->is_off ? vmm_reason (VMM_CAUSE_PING_OFF) : vmm_reach_get_reason (&ping->reach);
}

static void
free_ping (VmmSource *source)
{
  vmm_reach_clear (&((Ping *) source)->reach);
  g_free (source);
}

static const VmmSourceClass ping_class = {
  .name = "ping",
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .start = start,
  .stop = stop,
  .window_begins = window_begins,
  .window_ends = window_ends,
  .pulse = pulse,
  .sample = sample,
  .reason = get_reason,
  .describe = describe,
  .free = free_ping,
};

static VmmWire *
open_real_wire (gpointer data, VmmPingMethod method, const VmmTarget *target, GError **error)
{
  static const guint16 http[] = { 80 };

  if (target->kind == VMM_TARGET_CLOUD)
    return vmm_tcp_connect_new (target, http, G_N_ELEMENTS (http));
  if (method == VMM_PING_TCP)
    return vmm_tcp_connect_new (target, ports, G_N_ELEMENTS (ports));
  return vmm_icmp_open (target, error);
}

VmmSource *
vmm_ping_new_with_open (const char *root, const char *target, gint64 interval_us, guint per_second,
                        VmmWireOpen open, gpointer data)
{
  g_return_val_if_fail (root != NULL && interval_us >= 1000, NULL);
  const gint64 per_tick = MAX (1, per_second * interval_us / G_USEC_PER_SEC);
  g_return_val_if_fail (per_tick <= VMM_PING_PER_TICK_MAX, NULL);

  Ping *ping = g_new0 (Ping, 1);
  ping->source.class = &ping_class;
  ping->is_off = g_strcmp0 (target, "none") == 0;
  ping->interval_us = interval_us;
  ping->per_tick = PER_TICK_OUTSIDE;
  ping->per_tick_in_window = (guint) per_tick;
  if (!ping->is_off)
    vmm_reach_init (&ping->reach, root, target, open, data);
  return &ping->source;
}

VmmSource *
vmm_ping_new (const char *root, const char *target, gint64 interval_us)
{
  return vmm_ping_new_with_open (root, target, interval_us, VMM_PING_PER_SECOND, open_real_wire,
                                 NULL);
}

void
vmm_ping_leave (VmmSource *ping, const VmmPeerTurns *turns)
{
  ((Ping *) ping)->turns = *turns;
}

const char *
vmm_ping_method_id (VmmPingMethod method)
{
  g_return_val_if_fail ((guint) method < G_N_ELEMENTS (method_ids), NULL);
  return method_ids[method];
}

const char *
vmm_target_kind_id (VmmTargetKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_ids), NULL);
  return kind_ids[kind];
}

const char *
vmm_stamps_id (VmmStamps stamps)
{
  g_return_val_if_fail ((guint) stamps < G_N_ELEMENTS (stamps_ids), NULL);
  return stamps_ids[stamps];
}
