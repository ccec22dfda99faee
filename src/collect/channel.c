/* SPDX-License-Identifier: MIT */
/* channel: the table of channels, and numbers that say why they are absent. */
#include "vmm/channel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const VmmChannel channels[VMM_N_CHANNELS] = {
#define ROW(ID, name, metric, title, ...) [VMM_CHANNEL_##ID] = { name, VMM_METRIC_##metric, title, __VA_ARGS__ }
  ROW (CPU_BUSY,          "cpu.busy",          CPU,      N_ ("CPU busy"),               "%"),
  ROW (CPU_USER,          "cpu.user",          CPU,      N_ ("User"),                   "%"),
  ROW (CPU_SYSTEM,        "cpu.system",        CPU,      N_ ("System"),                 "%"),
  ROW (CPU_IOWAIT,        "cpu.iowait",        CPU,      N_ ("Waiting for I/O"),        "%"),
  ROW (CPU_IRQ,           "cpu.irq",           CPU,      N_ ("Interrupts"),             "%"),
  ROW (CPU_STEAL,         "cpu.steal",         CPU,      N_ ("Steal"),                  "%"),
  ROW (CPU_STOLEN,        "cpu.stolen",        CPU,      N_ ("Stolen, our estimate"),   "%"),
  ROW (MEMORY_USED,       "memory.used",       MEMORY,   N_ ("Memory used"),            "%"),
  ROW (MEMORY_CACHE,      "memory.cache",      MEMORY,   N_ ("Cache"),                  "%"),
  ROW (MEMORY_SWAP,       "memory.swap",       MEMORY,   N_ ("Swap used"),              "%"),
  ROW (MEMORY_BALLOON,    "memory.balloon",    MEMORY,   N_ ("Balloon"),                "%"),
  ROW (DISK_READ,         "disk.read",         DISK,     N_ ("Disk read"),              "MB/s"),
  ROW (DISK_WRITE,        "disk.write",        DISK,     N_ ("Disk write"),             "MB/s"),
  ROW (DISK_IOPS,         "disk.iops",         DISK,     N_ ("I/O operations"),         "1/s"),
  ROW (DISK_AWAIT,        "disk.await",        DISK,     N_ ("Average wait"),           "ms"),
  ROW (DISK_UTIL,         "disk.util",         DISK,     N_ ("Utilisation"),            "%"),
  ROW (DISK_FLUSH,        "disk.flush",        DISK,     N_ ("Flush latency"),          "ms"),
  ROW (NETWORK_RTT,       "network.rtt",       NETWORK,  N_ ("Round trip time"),        "ms",
    .about = N_ ("The time from an echo to its answer; lost ones cost, too.")),
  ROW (NETWORK_JITTER,    "network.jitter",    NETWORK,  N_ ("Jitter"),                 "ms",
    .about = N_ ("How much one round trip differs from the next.")),
  ROW (NETWORK_LOSS,      "network.loss",      NETWORK,  N_ ("Loss"),                   "%"),
  ROW (NETWORK_LATE,      "network.late",      NETWORK,  N_ ("Late replies"),           "1"),
  ROW (NETWORK_DUPLICATE, "network.duplicate", NETWORK,  N_ ("Duplicate replies"),      "1"),
  ROW (PEER_THROUGHPUT,   "peer.throughput",   PEER,     N_ ("TCP to the peer"),        "MB/s"),
  ROW (PEER_RTT_IDLE,     "peer.rttidle",      PEER,     N_ ("Round trip to peer, idle"), "ms"),
  ROW (PEER_RTT_LOADED,   "peer.rttloaded",    PEER,     N_ ("Round trip to peer, loaded"), "ms"),
  ROW (PRESSURE_CPU,      "pressure.cpu",      PRESSURE, N_ ("CPU pressure"),           "%"),
  ROW (PRESSURE_MEMORY,   "pressure.memory",   PRESSURE, N_ ("Memory pressure"),        "%"),
  ROW (PRESSURE_IO,       "pressure.io",       PRESSURE, N_ ("I/O pressure"),           "%"),
  ROW (GPU_BUSY,          "gpu.busy",          GPU,      N_ ("GPU busy"),               "%"),
  ROW (GPU_MEMORY,        "gpu.memory",        GPU,      N_ ("GPU memory used"),        "%"),
  ROW (GPU_POWER,         "gpu.power",         GPU,      N_ ("GPU power"),              "W"),
  ROW (ENERGY_GUEST,      "energy.guest",      ENERGY,   N_ ("Guest energy"),           "W"),
  ROW (ENERGY_PACKAGE,    "energy.package",    ENERGY,   N_ ("CPU packages"),           "W"),
  ROW (ENERGY_MEMORY,     "energy.memory",     ENERGY,   N_ ("Memory modules"),         "W"),
  ROW (ENERGY_MACHINE,    "energy.machine",    ENERGY,   N_ ("Whole machine"),          "W"),
  ROW (CLOCK_LOST,        "clock.lost",        CLOCK,    N_ ("Guest stopped"),          "ms"),
  ROW (CLOCK_STEP,        "clock.step",        CLOCK,    N_ ("Wall clock moved"),       "ms"),
  ROW (SELF_CPU,          "self.cpu",          SELF,     N_ ("This program"),           "%"),
  ROW (SELF_IOPS,         "self.iops",         SELF,     N_ ("I/O of the probes"),      "1/s"),
  ROW (PROBE_COMPUTE,     "probe.compute",     PROBE,    N_ ("Fixed computation"),      "us",
    .about = N_ ("The time for a fixed computation.")),
  ROW (PROBE_WAKE,        "probe.wake",        PROBE,    N_ ("Wake-up delay"),          "us",
    .about = N_ ("How late a short sleep ends.")),
  ROW (PROBE_SYSCALL,     "probe.syscall",     PROBE,    N_ ("System call"),            "ns",
    .about = N_ ("The time for a call into the guest's kernel.")),
  ROW (PROBE_SWITCH,      "probe.switch",      PROBE,    N_ ("Context switch"),         "us",
    .about = N_ ("The way to another thread on the same CPU and back.")),
  ROW (PROBE_FAULT,       "probe.fault",       PROBE,    N_ ("Page fault"),             "us",
    .about = N_ ("The time to get a fresh page of memory.")),
  ROW (PROBE_COPY,        "probe.copy",        PROBE,    N_ ("Memory copy"),            "MB/s",
    .about = N_ ("How fast large blocks are copied.")),
  ROW (PROBE_LOAD,        "probe.load",        PROBE,    N_ ("Dependent load"),         "ns",
    .about = N_ ("The time for a load from memory that the next one waits for.")),
  ROW (PROBE_READ,        "probe.read",        PROBE,    N_ ("Disk read, 4 KiB"),       "us",
    .about = N_ ("The time to read a block from the disk, past the cache.")),
  ROW (PROBE_SYNC,        "probe.sync",        PROBE,    N_ ("Disk sync, 4 KiB"),       "us",
    .about = N_ ("The time until a written block is safe.")),
  ROW (PROBE_EXIT,        "probe.exit",        PROBE,    N_ ("VM exit (CPUID)"),        "us"),
  ROW (PROBE_HALT,        "probe.halt",        PROBE,    N_ ("Idle CPU wake-up"),       "us"),
  ROW (PROBE_CROSS,       "probe.cross",       PROBE,    N_ ("Cross-CPU round trip"),   "us"),
  ROW (PROBE_WORK,        "probe.work",        PROBE,    N_ ("Work of a program"),      "us",
    .about = N_ ("The time for a piece of what programs are made of.")),
  ROW (PROBE_CLOCK,       "probe.clock",       PROBE,    N_ ("Clock reading"),          "ns",
    .about = N_ ("The time to read the clock.")),
  ROW (PROBE_MAP,         "probe.map",         PROBE,    N_ ("Memory mapping, 1 MiB"),  "us",
    .about = N_ ("The time to map memory, touch it and give it back.")),
  ROW (PROBE_PROCESS,     "probe.process",     PROBE,    N_ ("New process"),            "us",
    .about = N_ ("The time to make a process and to end it.")),
  ROW (PROBE_TCP,         "probe.tcp",         PROBE,    N_ ("TCP within the guest"),   "us"),
  ROW (PROBE_FILES,       "probe.files",       PROBE,    N_ ("Small file"),             "us",
    .about = N_ ("The time to make, write, read and remove a small file.")),
  ROW (PROBE_PARALLEL,    "probe.parallel",    PROBE,    N_ ("Work on all CPUs"),       "us",
    .about = N_ ("The same work on all CPUs at once; the time on each.")),
  ROW (PROBE_STREAMWRITE,"probe.streamwrite", PROBE,    N_ ("Disk write, 1 MiB"),      "MB/s"),
  ROW (PROBE_STREAMREAD, "probe.streamread",  PROBE,    N_ ("Disk read, 1 MiB"),       "MB/s",
    .about = N_ ("How fast the disk is read in large blocks, past the cache.")),
  ROW (PROBE_DEEP,        "probe.deep",        PROBE,    N_ ("Disk read, 16 at once"),  "us"),
  ROW (PROBE_UNEQUAL,     "probe.unequal",     PROBE,    N_ ("Slowest CPU behind"),     "%"),
#undef ROW
};
/* clang-format on */

static const VmmChannelId bursts[] = { VMM_CHANNEL_PROBE_PARALLEL, VMM_CHANNEL_PROBE_STREAMWRITE,
                                       VMM_CHANNEL_PROBE_STREAMREAD, VMM_CHANNEL_PROBE_DEEP,
                                       VMM_CHANNEL_PROBE_UNEQUAL };

static const char *const absence_names[VMM_N_ABSENCES] = { NULL, N_ ("pending"), N_ ("not exposed"),
                                                           N_ ("failed"), N_ ("off") };

static const VmmCause absence_causes[VMM_N_ABSENCES] = { VMM_CAUSE_NONE, VMM_CAUSE_NO_READING,
                                                         VMM_CAUSE_NOT_OFFERED, VMM_CAUSE_NOT_READ,
                                                         VMM_CAUSE_NOT_ASKED };

/* IEEE 754 single: exponent all ones and the quiet bit; the reason is the low bits of the payload,
 * which loads, stores and assignments keep. */
static const guint32 quiet_nan = 0x7fc00000u;

const VmmChannel *
vmm_channel (VmmChannelId id)
{
  g_return_val_if_fail ((guint) id < VMM_N_CHANNELS, NULL);
  return &channels[id];
}

int
vmm_channel_find (const char *id)
{
  g_return_val_if_fail (id != NULL, -1);
  for (int i = 0; i < VMM_N_CHANNELS; i++)
    if (strcmp (channels[i].id, id) == 0)
      return i;
  return -1;
}

gboolean
vmm_channel_is_main (VmmChannelId id)
{
  return vmm_metric (vmm_channel (id)->metric)->main == (int) id;
}

const VmmChannelId *
vmm_channel_bursts (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (bursts);
  return bursts;
}

gboolean
vmm_channel_is_of_bursts (VmmChannelId id)
{
  for (guint i = 0; i < G_N_ELEMENTS (bursts); i++)
    if (bursts[i] == id)
      return TRUE;
  return FALSE;
}

float
vmm_absent (VmmAbsence why)
{
  g_return_val_if_fail (why > VMM_PRESENT && why < VMM_N_ABSENCES, NAN);

  guint32 bits = quiet_nan | (guint32) why;
  float   value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

VmmAbsence
vmm_absence (float value)
{
  guint32 bits;
  memcpy (&bits, &value, sizeof bits);
  if ((bits & 0x7f800000u) != 0x7f800000u)
    return VMM_PRESENT;

  guint32 why = bits & ~quiet_nan;
  if ((bits & quiet_nan) == quiet_nan && why > VMM_PRESENT && why < VMM_N_ABSENCES)
    return (VmmAbsence) why;
  return VMM_FAILED;
}

const char *
vmm_absence_name (VmmAbsence why)
{
  g_return_val_if_fail ((guint) why < VMM_N_ABSENCES, NULL);
  return absence_names[why];
}

VmmReason
vmm_absence_reason (VmmAbsence why)
{
  return vmm_reason ((guint) why < VMM_N_ABSENCES ? absence_causes[why] : VMM_CAUSE_NONE);
}
