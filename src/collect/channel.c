/* SPDX-License-Identifier: MIT */
/* channel: the table of channels, and numbers that say why they are absent. */
#include "vmm/channel.h"

#include <string.h>

/* clang-format off */
static const VmmChannel channels[VMM_N_CHANNELS] = {
#define ROW(ID, name, metric, role, title, unit) \
  [VMM_CHANNEL_##ID] = { name, VMM_METRIC_##metric, VMM_ROLE_##role, title, unit }
  ROW (CPU_BUSY,          "cpu.busy",          CPU,      MAIN,      "CPU busy",               "%"),
  ROW (CPU_USER,          "cpu.user",          CPU,      DETAIL,    "User",                   "%"),
  ROW (CPU_SYSTEM,        "cpu.system",        CPU,      DETAIL,    "System",                 "%"),
  ROW (CPU_IOWAIT,        "cpu.iowait",        CPU,      DETAIL,    "Waiting for I/O",        "%"),
  ROW (CPU_IRQ,           "cpu.irq",           CPU,      DETAIL,    "Interrupts",             "%"),
  ROW (CPU_STEAL,         "cpu.steal",         CPU,      SECONDARY, "Steal",                  "%"),
  ROW (CPU_STOLEN,        "cpu.stolen",        CPU,      DETAIL,    "Stolen, our estimate",   "%"),
  ROW (MEMORY_USED,       "memory.used",       MEMORY,   MAIN,      "Memory used",            "%"),
  ROW (MEMORY_CACHE,      "memory.cache",      MEMORY,   SECONDARY, "Cache",                  "%"),
  ROW (MEMORY_SWAP,       "memory.swap",       MEMORY,   DETAIL,    "Swap used",              "%"),
  ROW (MEMORY_BALLOON,    "memory.balloon",    MEMORY,   DETAIL,    "Balloon",                "%"),
  ROW (DISK_READ,         "disk.read",         DISK,     MAIN,      "Disk read",              "MB/s"),
  ROW (DISK_WRITE,        "disk.write",        DISK,     SECONDARY, "Disk write",             "MB/s"),
  ROW (DISK_IOPS,         "disk.iops",         DISK,     DETAIL,    "I/O operations",         "1/s"),
  ROW (DISK_AWAIT,        "disk.await",        DISK,     DETAIL,    "Average wait",           "ms"),
  ROW (DISK_UTIL,         "disk.util",         DISK,     DETAIL,    "Utilisation",            "%"),
  ROW (DISK_FLUSH,        "disk.flush",        DISK,     DETAIL,    "Flush latency",          "ms"),
  ROW (NETWORK_RTT,       "network.rtt",       NETWORK,  MAIN,      "Round trip time",        "ms"),
  ROW (NETWORK_JITTER,    "network.jitter",    NETWORK,  SECONDARY, "Jitter",                 "ms"),
  ROW (NETWORK_LOSS,      "network.loss",      NETWORK,  DETAIL,    "Loss",                   "%"),
  ROW (NETWORK_LATE,      "network.late",      NETWORK,  DETAIL,    "Late replies",           "1"),
  ROW (NETWORK_DUPLICATE, "network.duplicate", NETWORK,  DETAIL,    "Duplicate replies",      "1"),
  ROW (PRESSURE_CPU,      "pressure.cpu",      PRESSURE, DETAIL,    "CPU pressure",           "%"),
  ROW (PRESSURE_MEMORY,   "pressure.memory",   PRESSURE, DETAIL,    "Memory pressure",        "%"),
  ROW (PRESSURE_IO,       "pressure.io",       PRESSURE, DETAIL,    "I/O pressure",           "%"),
  ROW (CLOCK_LOST,        "clock.lost",        CLOCK,    DETAIL,    "Guest stopped",          "ms"),
  ROW (CLOCK_STEP,        "clock.step",        CLOCK,    DETAIL,    "Wall clock moved",       "ms"),
  ROW (SELF_CPU,          "self.cpu",          SELF,     DETAIL,    "This program",           "%"),
  ROW (SELF_IOPS,         "self.iops",         SELF,     DETAIL,    "I/O of the probes",      "1/s"),
  ROW (PROBE_COMPUTE,     "probe.compute",     PROBE,    DETAIL,    "Fixed computation",      "us"),
  ROW (PROBE_WAKE,        "probe.wake",        PROBE,    DETAIL,    "Wake-up delay",          "us"),
  ROW (PROBE_SYSCALL,     "probe.syscall",     PROBE,    DETAIL,    "System call",            "ns"),
  ROW (PROBE_SWITCH,      "probe.switch",      PROBE,    DETAIL,    "Context switch",         "us"),
  ROW (PROBE_FAULT,       "probe.fault",       PROBE,    DETAIL,    "Page fault",             "us"),
  ROW (PROBE_COPY,        "probe.copy",        PROBE,    DETAIL,    "Memory copy",            "MB/s"),
  ROW (PROBE_LOAD,        "probe.load",        PROBE,    DETAIL,    "Dependent load",         "ns"),
  ROW (PROBE_READ,        "probe.read",        PROBE,    DETAIL,    "Disk read, 4 KiB",       "us"),
  ROW (PROBE_SYNC,        "probe.sync",        PROBE,    DETAIL,    "Disk sync, 4 KiB",       "us"),
  ROW (PROBE_EXIT,        "probe.exit",        PROBE,    DETAIL,    "VM exit (CPUID)",        "us"),
  ROW (PROBE_HALT,        "probe.halt",        PROBE,    DETAIL,    "Idle CPU wake-up",       "us"),
  ROW (PROBE_CROSS,       "probe.cross",       PROBE,    DETAIL,    "Cross-CPU round trip",   "us"),
#undef ROW
};
/* clang-format on */

static const char *const metric_ids[] = { "cpu",      "memory", "disk", "network",
                                          "pressure", "clock",  "self", "probe" };

static const char *const absence_names[VMM_N_ABSENCES] = { NULL, "pending", "not exposed", "failed",
                                                           "off" };

static const char *const absence_reasons[VMM_N_ABSENCES] = { NULL, "no new reading",
                                                             "not offered here",
                                                             "could not be read", "not asked for" };

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

const char *
vmm_metric_id (VmmMetric metric)
{
  g_return_val_if_fail ((guint) metric < G_N_ELEMENTS (metric_ids), NULL);
  return metric_ids[metric];
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

const char *
vmm_absence_reason (VmmAbsence why)
{
  g_return_val_if_fail ((guint) why < VMM_N_ABSENCES, NULL);
  return absence_reasons[why];
}
