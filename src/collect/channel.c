/* SPDX-License-Identifier: MIT */
/* channel: the table of channels, and numbers that say why they are absent. */
#include "vmm/channel.h"
#include "vmm/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const VmmChannel channels[VMM_N_CHANNELS] = {
#define ROW(ID, name, metric, role, title, unit) \
  [VMM_CHANNEL_##ID] = { name, VMM_METRIC_##metric, VMM_ROLE_##role, title, unit }
  ROW (CPU_BUSY,          "cpu.busy",          CPU,      MAIN,      N_ ("CPU busy"),               "%"),
  ROW (CPU_USER,          "cpu.user",          CPU,      DETAIL,    N_ ("User"),                   "%"),
  ROW (CPU_SYSTEM,        "cpu.system",        CPU,      DETAIL,    N_ ("System"),                 "%"),
  ROW (CPU_IOWAIT,        "cpu.iowait",        CPU,      DETAIL,    N_ ("Waiting for I/O"),        "%"),
  ROW (CPU_IRQ,           "cpu.irq",           CPU,      DETAIL,    N_ ("Interrupts"),             "%"),
  ROW (CPU_STEAL,         "cpu.steal",         CPU,      SECONDARY, N_ ("Steal"),                  "%"),
  ROW (CPU_STOLEN,        "cpu.stolen",        CPU,      DETAIL,    N_ ("Stolen, our estimate"),   "%"),
  ROW (MEMORY_USED,       "memory.used",       MEMORY,   MAIN,      N_ ("Memory used"),            "%"),
  ROW (MEMORY_CACHE,      "memory.cache",      MEMORY,   SECONDARY, N_ ("Cache"),                  "%"),
  ROW (MEMORY_SWAP,       "memory.swap",       MEMORY,   DETAIL,    N_ ("Swap used"),              "%"),
  ROW (MEMORY_BALLOON,    "memory.balloon",    MEMORY,   DETAIL,    N_ ("Balloon"),                "%"),
  ROW (DISK_READ,         "disk.read",         DISK,     MAIN,      N_ ("Disk read"),              "MB/s"),
  ROW (DISK_WRITE,        "disk.write",        DISK,     SECONDARY, N_ ("Disk write"),             "MB/s"),
  ROW (DISK_IOPS,         "disk.iops",         DISK,     DETAIL,    N_ ("I/O operations"),         "1/s"),
  ROW (DISK_AWAIT,        "disk.await",        DISK,     DETAIL,    N_ ("Average wait"),           "ms"),
  ROW (DISK_UTIL,         "disk.util",         DISK,     DETAIL,    N_ ("Utilisation"),            "%"),
  ROW (DISK_FLUSH,        "disk.flush",        DISK,     DETAIL,    N_ ("Flush latency"),          "ms"),
  ROW (NETWORK_RTT,       "network.rtt",       NETWORK,  MAIN,      N_ ("Round trip time"),        "ms"),
  ROW (NETWORK_JITTER,    "network.jitter",    NETWORK,  SECONDARY, N_ ("Jitter"),                 "ms"),
  ROW (NETWORK_LOSS,      "network.loss",      NETWORK,  DETAIL,    N_ ("Loss"),                   "%"),
  ROW (NETWORK_LATE,      "network.late",      NETWORK,  DETAIL,    N_ ("Late replies"),           "1"),
  ROW (NETWORK_DUPLICATE, "network.duplicate", NETWORK,  DETAIL,    N_ ("Duplicate replies"),      "1"),
  ROW (PRESSURE_CPU,      "pressure.cpu",      PRESSURE, DETAIL,    N_ ("CPU pressure"),           "%"),
  ROW (PRESSURE_MEMORY,   "pressure.memory",   PRESSURE, DETAIL,    N_ ("Memory pressure"),        "%"),
  ROW (PRESSURE_IO,       "pressure.io",       PRESSURE, DETAIL,    N_ ("I/O pressure"),           "%"),
  ROW (CLOCK_LOST,        "clock.lost",        CLOCK,    DETAIL,    N_ ("Guest stopped"),          "ms"),
  ROW (CLOCK_STEP,        "clock.step",        CLOCK,    DETAIL,    N_ ("Wall clock moved"),       "ms"),
  ROW (SELF_CPU,          "self.cpu",          SELF,     DETAIL,    N_ ("This program"),           "%"),
  ROW (SELF_IOPS,         "self.iops",         SELF,     DETAIL,    N_ ("I/O of the probes"),      "1/s"),
  ROW (PROBE_COMPUTE,     "probe.compute",     PROBE,    DETAIL,    N_ ("Fixed computation"),      "us"),
  ROW (PROBE_WAKE,        "probe.wake",        PROBE,    DETAIL,    N_ ("Wake-up delay"),          "us"),
  ROW (PROBE_SYSCALL,     "probe.syscall",     PROBE,    DETAIL,    N_ ("System call"),            "ns"),
  ROW (PROBE_SWITCH,      "probe.switch",      PROBE,    DETAIL,    N_ ("Context switch"),         "us"),
  ROW (PROBE_FAULT,       "probe.fault",       PROBE,    DETAIL,    N_ ("Page fault"),             "us"),
  ROW (PROBE_COPY,        "probe.copy",        PROBE,    DETAIL,    N_ ("Memory copy"),            "MB/s"),
  ROW (PROBE_LOAD,        "probe.load",        PROBE,    DETAIL,    N_ ("Dependent load"),         "ns"),
  ROW (PROBE_READ,        "probe.read",        PROBE,    DETAIL,    N_ ("Disk read, 4 KiB"),       "us"),
  ROW (PROBE_SYNC,        "probe.sync",        PROBE,    DETAIL,    N_ ("Disk sync, 4 KiB"),       "us"),
  ROW (PROBE_EXIT,        "probe.exit",        PROBE,    DETAIL,    N_ ("VM exit (CPUID)"),        "us"),
  ROW (PROBE_HALT,        "probe.halt",        PROBE,    DETAIL,    N_ ("Idle CPU wake-up"),       "us"),
  ROW (PROBE_CROSS,       "probe.cross",       PROBE,    DETAIL,    N_ ("Cross-CPU round trip"),   "us"),
#undef ROW
};
/* clang-format on */

static const char *const metric_ids[] = { "cpu",      "memory", "disk", "network",
                                          "pressure", "clock",  "self", "probe" };

static const char *const absence_names[VMM_N_ABSENCES] = { NULL, N_ ("pending"), N_ ("not exposed"),
                                                           N_ ("failed"), N_ ("off") };

static const char *const absence_reasons[VMM_N_ABSENCES] = { NULL, VMM_SAID ("no new reading"),
                                                             VMM_SAID ("not offered here"),
                                                             VMM_SAID ("could not be read"),
                                                             VMM_SAID ("not asked for") };

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
