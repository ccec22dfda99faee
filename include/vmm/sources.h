/* SPDX-License-Identifier: MIT */
/* sources: every source of the core by its constructor, and what it knows of itself.
 *
 * None of the constructors fails. Free with vmm_source_free(). Of a plan, vmm_session_new() makes
 * those that it asks for. */
#pragma once

#include "vmm/source.h"

/* ---- The passive sources. `root` is the directory that holds proc/ and sys/ ("/" or a test's);
 * copied. They keep their files open and pread them; a file that is replaced or vanishes is
 * reopened at the next sample. */

/* cpu.busy user system iowait irq steal, from ROOT/proc/stat. `host` (borrowed for the call)
 * decides whether steal is a number or VMM_NOT_EXPOSED. */
VmmSource *vmm_cpu_new (const char *root, const VmmHost *host);

/* Of a source that is another one, or NULL, there are none. Busy percent of each CPU at the last sample, by CPU number: `ret_busy` points at *ret_n floats
 * (absent for CPUs that are offline), owned by the source, valid until its next sample. */
void vmm_cpu_get_cores (VmmSource *cpu, const float **ret_busy, guint *ret_n);

/* memory.used cache swap balloon, from ROOT/proc/meminfo and, for the balloon, proc/vmstat. */
VmmSource *vmm_memory_new (const char *root);

/* disk.read write iops await util flush, from ROOT/proc/diskstats; whole disks by ROOT/sys/block. */
VmmSource *vmm_disk_new (const char *root);

/* pressure.cpu memory io: share of the tick in which some task stalled, from ROOT/proc/pressure. */
VmmSource *vmm_pressure_new (const char *root);

/* gpu.busy memory power, of the busiest of up to four cards: from ROOT/sys/class/drm, and where
 * ROOT/proc/driver/nvidia/version is, from NVIDIA's library, which a thread of its own loads and asks.
 * `library`: NULL = libnvidia-ml.so.1, and only with root "/"; else the one to load. A card that
 * sleeps is not woken. */
VmmSource *vmm_gpu_new (const char *root, const char *library);

/* energy.guest package memory machine, from ROOT/sys/class/powercap, hwmon and power_supply, and from
 * what the host tells in ROOT/var/scaphandre, which is read on a thread of its own. `host` (borrowed for
 * the call) says whose energy the counters count. What there is is found at construction. */
VmmSource *vmm_energy_new (const char *root, const VmmHost *host);

/* clock.lost: ms the guest was stopped since the last sample. Suspended: what CLOCK_BOOTTIME saw
 * beyond CLOCK_MONOTONIC. Stopped with its clocks running: what CLOCK_MONOTONIC saw beyond
 * `interval_us`, the tick that was planned, and the CPU time that the calling thread used, if that
 * is more than half a tick and than 200 ms.
 * clock.step: ms, signed, that CLOCK_REALTIME was moved against CLOCK_BOOTTIME; a guest that was
 * stopped with all its clocks shows it when its wall clock is put right. Both are 0 when nothing
 * happened. `read` gives the clock `id` in us and is called with `data`; NULL = the real clocks. */
typedef gint64 (*VmmClockRead) (int id, gpointer data);
VmmSource *vmm_clock_new (gint64 interval_us, VmmClockRead read, gpointer data);

/* self.cpu: CPU time of this process, all threads, in percent of all `cpus` CPUs. */
VmmSource *vmm_self_new (guint cpus);

/* ---- Another guest, vmm/peer.h */

/* In a few seconds of a window the second half, where the probes are silent, is the peer's. */
typedef struct {
  gint64 period_us;
  guint  periods; /* of the window; 0 = the peer never has a turn */
} VmmPeerTurns;

void vmm_peer_turns_init (VmmPeerTurns *ret_turns, gint64 interval_us, guint ticks);

/* The beginning of the first turn at `since_us` after the window's beginning or later; G_MAXINT64 =
 * there is none. */
gint64 vmm_peer_turns_next (const VmmPeerTurns *turns, gint64 since_us);

/* Whether `since_us` after the window's beginning is in a turn. */
gboolean vmm_peer_turns_has (const VmmPeerTurns *turns, gint64 since_us);

/* peer.throughput, peer.rttidle and peer.rttloaded: in windows, in the peer's turns, by a worker thread.
 * `address` is one of vmm_peer_is_address(). */
VmmSource *vmm_peer_new (const char *address, const VmmPeerTurns *turns);

/* ---- Ping */

typedef enum {
  VMM_PING_NONE,          /* no echo can be sent: see the reason */
  VMM_PING_ICMP_DATAGRAM, /* unprivileged ICMP socket */
  VMM_PING_ICMP_RAW,      /* raw socket (CAP_NET_RAW) */
  VMM_PING_TCP,           /* time of a TCP connect: another kind, never compared with ICMP */
} VmmPingMethod;

typedef enum {
  VMM_TARGET_NONE,
  VMM_TARGET_GATEWAY,
  VMM_TARGET_GIVEN,
  VMM_TARGET_SELF,  /* given, and this guest itself: shown, never scored, no VMM is on the way */
  VMM_TARGET_CLOUD, /* the cloud's metadata service, by TCP: where the gateway never answers */
  VMM_N_TARGET_KINDS
} VmmTargetKind;

typedef enum { VMM_STAMPS_USER, VMM_STAMPS_KERNEL_RECEIVE, VMM_STAMPS_KERNEL } VmmStamps;

typedef struct {
  VmmPingMethod method;
  VmmTargetKind kind;
  VmmStamps     stamps;
  char          address[64]; /* numeric, "" when none */
} VmmPingInfo;

/* network.rtt jitter loss late duplicate. `target`: NULL = the default gateway of ROOT/proc/net,
 * "none" = off, "cloud" = the metadata service of the cloud that the firmware names, else a numeric IPv4 or IPv6 address. Echoes are sent in the second half of each tick
 * of `interval_us` (1 ms .. 10 s), where the probes are silent: in a window 5 a second, enough to see
 * jitter and a few percent of loss, and outside one a tick; at least one a tick always.
 *
 * Times are the kernel's own stamps, so it does not matter when an answer is read. No answer within
 * 1 s is a loss. Everything is absent while a target has never answered: then ICMP gives way to the
 * time of a TCP connect, for gateways that answer no echo; so the values of a window are all of one
 * method, the one that the ping's description tells at its end. Opening an ICMP socket gives
 * CAP_NET_RAW back (not as root). */
VmmSource *vmm_ping_new (const char *root, const char *target, gint64 interval_us);

/* In a peer's turns no echo is sent: they would tell of its stream. */
void vmm_ping_leave (VmmSource *ping, const VmmPeerTurns *turns);

/* Ids as stored in results: "none" "icmp" "icmp-raw" "tcp"; "none" "gateway" "given"; "user"
 * "kernel-receive" "kernel". Static storage. */
const char *vmm_ping_method_id (VmmPingMethod method);
const char *vmm_target_kind_id (VmmTargetKind kind);
const char *vmm_stamps_id (VmmStamps stamps);

/* ---- Probes */

typedef struct {
  const char *scratch_dir;   /* NULL = choose one that is really on a disk */
  gint64      interval_us;   /* one round per tick */
  guint64     seed;          /* of the jitter and the random offsets */
  guint       ticks;         /* of the window, over which its bursts are spread */
  gboolean    light;         /* no bursts: their channels are VMM_OFF */
  gboolean    keeps_scratch; /* the scratch file stays open between windows: it is filled once */
} VmmProbesOptions;

typedef struct {
  char    *scratch_dir;      /* where the scratch file was, NULL = none; owned by the source */
  gboolean direct;           /* O_DIRECT was accepted */
  guint64  buffer_bytes;     /* memory the probes hold */
  gboolean own_load_removed; /* schedstat was there */
  double   cpu_seconds;      /* CPU time of the probe threads in the newest window */
  guint64  read_bytes, written_bytes;
  guint    rounds;
} VmmProbesInfo;

/* FALSE, and why, when the disk probes cannot work in `dir`. */
gboolean vmm_probes_check_scratch (const char *dir, GError **error);

/* Bursts in a window of so many rounds: four, or one for every five rounds. */
guint vmm_probes_bursts (guint rounds);

/* probe.* , cpu.stolen and self.iops: every probe, one round per tick on one worker thread in
 * windows. In the rounds that are bursts, no more than 0.4 s of all CPUs and of the disk are asked for
 * instead, and only the channels of vmm_channel_bursts() have values. Outside windows, all its channels
 * are VMM_OFF. */
VmmSource *vmm_probes_new (const VmmProbesOptions *options);

/* Looks at the clock without pause for 3 ms of CPU time on the calling thread, 50 ms at most: how long
 * it looked, and how much of that the host took. What cpu.stolen is in windows, for those who want to
 * know it between them. */
void vmm_stolen_look (double *ret_observed_seconds, double *ret_missing_seconds);

/* ---- What the guest was rented as */

/* What a cloud's network cards count in a window. */
typedef enum {
  /* Packets that were queued or dropped beyond what the instance type may */
  VMM_RENTED_IN,          /* receive: bytes */
  VMM_RENTED_OUT,         /* send: bytes */
  VMM_RENTED_PACKETS,     /* send and receive: packets a second */
  VMM_RENTED_CONNECTIONS, /* have at once: tracked connections */
  VMM_RENTED_SERVICES,    /* ask of the services near it: DNS, metadata, time */
  VMM_RENTED_FUNCTION,    /* packets that Azure's virtual function sent */
  VMM_N_RENTED
} VmmRented;

typedef struct {
  double   counts[VMM_N_RENTED]; /* in the newest window; NAN = no card tells */
  gboolean moved;                /* to another physical host, in it */
} VmmRentedInfo;

/* Nothing is known. */
void vmm_rented_init (VmmRentedInfo *ret_info);

/* No channels. Asks the cards of `host` on a worker, twice a window, where `root` is "/"; no privilege is
 * needed and nothing is sent. */
VmmSource *vmm_rented_new (const char *root, const VmmHost *host);

/* No channels. With each window asks, on a worker, the metadata service of the cloud that the firmware
 * under `root` names: vmm_host_ask_cloud(). At the window's end it asks for the sign of a move again, where there
 * is one, and says in `rented` whether the guest was moved. `host` is what is known without. */
VmmSource *vmm_asked_new (const char *root, VmmHost *host, gboolean events);

/* ---- All of them */

/* What sources know of themselves, each its own members: the ping `ping`, the probes `probes` and
 * `activity`, what counts against a cloud's guest `rented`, and the host with what its cloud said `host`. Texts are theirs. vmm_session_describe()
 * begins with what holds of a source that is not there. */
struct _VmmDescription {
  VmmPingInfo   ping;
  VmmProbesInfo probes;
  VmmRentedInfo rented;
  VmmHost      *host;     /* NULL = nobody was asked; borrowed, until the source is asked again */
  const char   *activity; /* what the probes do now ("disk sync"), "" between rounds; static */
};
