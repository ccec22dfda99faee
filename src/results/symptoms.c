/* SPDX-License-Identifier: MIT */
/* symptoms: the table of what a result shows when a guest is badly served.
 *
 * Limits are from published and own measurements: good hardware virtualisation takes 0.3 to 1 us
 * for an exit, nested or doubly stacked VMMs 8 to 30 us; a first touch costs 0.07 us with large
 * pages behind it, 1.6 us in a good guest, 4 us and more without nested paging or large pages. */
#include "advice_private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define BLOCK_BYTES 4096 /* that the probe `read` reads */

#define UNLIKE_PERCENT 23 /* takes 1.3 times as long */

/* ---- What no limit can say */

/* What spoke against the window has it with its sign, in every result that was ever kept. */
static gboolean
find_clock_moved (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const VmmScore *score = vmm_result_get_score (result);

  for (guint i = 0; i < score->reasons->len; i++)
    if (g_array_index (score->causes, VmmCause, i) == VMM_CAUSE_CLOCK_MOVED) {
      vmm_tell_reason (evidence, g_ptr_array_index (score->reasons, i));
      return TRUE;
    }
  return FALSE;
}

static gboolean
find_clocksource (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const char *clocksource = vmm_result_get_host (result)->clocksource;

  if (!vmm_has_word ("acpi_pm hpet pit refined-jiffies jiffies", clocksource))
    return FALSE;
  vmm_tell_names (evidence, N_ ("clock source %s"), clocksource, NULL);
  return TRUE;
}

static gboolean
find_generic_cpu (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  static const char *const formats[2][2] = {
    /* TRANSLATORS: what an emulated CPU lacks; AES and AVX2 are instruction sets. */
    { N_ ("CPU model \"%s\", without AES, without AVX2"),
      N_ ("CPU model \"%s\", without AES, with AVX2") },
    { N_ ("CPU model \"%s\", with AES, without AVX2"),
      N_ ("CPU model \"%s\", with AES, with AVX2") },
  };
  const VmmHost *host = vmm_result_get_host (result);
  const char    *format =
      formats[vmm_has_word (host->cpu_flags, "aes")][vmm_has_word (host->cpu_flags, "avx2")];

  if (!g_str_has_prefix (host->cpu_model, "QEMU Virtual CPU") &&
      !g_str_has_prefix (host->cpu_model, "Common KVM processor") &&
      !g_str_has_prefix (host->cpu_model, "Common 32-bit KVM processor"))
    return FALSE;
  vmm_tell_names (evidence, format, host->cpu_model, NULL);
  return TRUE;
}

static gboolean
tell_steal (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  static const char *const steals[] = {
    [VMM_STEAL_UNKNOWN] = N_ ("steal unknown"),
    [VMM_STEAL_REPORTED] = N_ ("steal reported"),
    [VMM_STEAL_NOT_REPORTED] = N_ ("steal not reported"),
  };

  vmm_tell_names (evidence, steals[vmm_result_get_host (result)->steal], NULL);
  return TRUE;
}

/* Where the guest has other work, one of its CPUs may have more of it. And a host that others use makes CPUs
 * unlike in some bursts: of 21 windows on one the least of four was 14 % at most, the median 33 %. */
static gboolean
is_unlike_each_time (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  guint        n;
  const float *behind = vmm_result_get_series (result, VMM_CHANNEL_PROBE_UNEQUAL);
  gboolean     is_clean = vmm_result_get_score (result)->quality == VMM_QUALITY_CLEAN;

  vmm_result_get_times (result, &n);
  for (guint i = 0; i < n; i++)
    if (vmm_absence (behind[i]) == VMM_PRESENT && behind[i] < UNLIKE_PERCENT)
      return FALSE;
  return is_clean;
}

/* An emulated disk is a better explanation, told elsewhere. */
static gboolean
has_no_emulated_disk (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const VmmHost *host = vmm_result_get_host (result);

  for (guint i = 0; i < host->n_devices; i++)
    if (strcmp (host->devices[i].kind, "disk") == 0 &&
        strcmp (host->devices[i].nature, "emulated") == 0)
      return FALSE;
  return TRUE;
}

static gboolean
tell_way (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  vmm_tell_probes (evidence, result, "rtt");
  vmm_tell_times (evidence, result, "rtt");
  return TRUE;
}

/* A long way is unsteady without anybody's fault. */
static gboolean
is_much_of_way (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  return vmm_get_value (result, "jitter") >= vmm_get_value (result, "rtt") / 2;
}

/* While one block is read alone, the stream moves fewer than eight: so no disk works of itself, and many a
 * limit does. A disk that turns moves hundreds. */
static gboolean
is_slow_in_streams (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  double moved = vmm_get_value (result, "streamread") * vmm_get_value (result, "read"); /* bytes */

  return moved < 8 * BLOCK_BYTES;
}

/* With sixteen at once, each takes as long as one alone, while an ordinary disk gains much. */
static gboolean
is_no_faster_at_once (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  return vmm_get_value (result, "deep") >= 0.8 * vmm_get_value (result, "read");
}

static gboolean
find_no_tools (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const char *modules = vmm_result_get_host (result)->modules;
  g_auto (GStrv) wanted = g_strsplit (remedy->drivers, " ", -1);
  g_autofree char *all = g_strdup_printf ("%u", g_strv_length (wanted));

  for (guint i = 0; wanted[i]; i++)
    if (vmm_has_word (modules, wanted[i]))
      return FALSE;
  vmm_tell_names (evidence, N_ ("%u of %u guest modules loaded (%s)"), "0", all, remedy->drivers,
                  NULL);
  return TRUE;
}

/* ---- The table */

#define VALUE_OF(probes) VMM_VALUE, probes, 0
#define RATIO_OF(probes) VMM_RATIO, probes, 0
#define QUOTIENT_OF(probes) VMM_QUOTIENT, probes, 0
#define MEAN_OF(channel) VMM_MEAN, NULL, VMM_CHANNEL_##channel
#define MAX_OF(channel) VMM_MAX, NULL, VMM_CHANNEL_##channel
#define IS_MEASURED(probes) VALUE_OF (probes), VMM_ABOVE, -INFINITY

/* clang-format off */
static const VmmSymptom symptoms[] = {
  /* ---- The guest */
  { "migrated", N_ ("The guest was migrated to another host"), VMM_SURE_CERTAIN,
    { { MAX_OF (CLOCK_LOST), VMM_AT_LEAST, 0, N_ ("stopped for %s ms at once") } }, vmm_find_moved },
  { "pause", N_ ("The guest was stopped during the measurement"), VMM_SURE_CERTAIN,
    { { MAX_OF (CLOCK_LOST), VMM_ABOVE, 1000, N_ ("stopped for %s ms at once") } },
    .better = "migrated" },
  { "clock-moved", N_ ("The clock was moved during the measurement"), VMM_SURE_CERTAIN,
    .find = find_clock_moved },
  { "cloud-event", N_ ("The cloud has announced something for this guest"), VMM_SURE_CERTAIN,
    .find = vmm_find_event },

  { "vmm-version", N_ ("This version of the VMM has known faults"), VMM_SURE_POSSIBLE,
    .find = vmm_find_version },

  /* ---- CPU */
  { "emulation", N_ ("The CPU is emulated in software"), VMM_SURE_LIKELY,
    { { RATIO_OF ("compute work"), VMM_BELOW, 0.5 } },
    .tells = "compute work exit",
    .slows = "compute work parallel syscall switch process clock map tcp files fault copy load" },
  { "exit", N_ ("Leaving the guest is slow"), VMM_SURE_LIKELY,
    { { VALUE_OF ("exit"), VMM_AT_LEAST, 5 } },
    /* In bare metal nothing is left, under QEMU alone the emulation is the finding, in user-mode Linux
     * CPUID does not leave the guest, but its host, when that is a VM itself. */
    .not_under = "none qemu uml", .tells = "exit wake fault", .slows = "wake fault map process" },
  { "syscall", N_ ("System calls are slow"), VMM_SURE_LIKELY,
    { { VALUE_OF ("syscall"), VMM_AT_LEAST, 500 } }, /* four times what is usual in a good guest */
    .tells = "syscall switch", .slows = "syscall switch process files" },
  { "seccomp", N_ ("System calls are filtered"), VMM_SURE_POSSIBLE,
    /* One filter that allows everything costs a quarter, several that look at arguments three times
     * what a call costs without them (own measurement). */
    { { VALUE_OF ("syscall"), VMM_AT_LEAST, 180 } }, vmm_find_seccomp,
    .tells = "syscall", .slows = "syscall switch process files" },
  { "pcid", N_ ("System calls empty the TLB"), VMM_SURE_LIKELY,
    { { IS_MEASURED ("syscall") } }, vmm_find_no_pcid,
    .not_under = "none qemu uml", .tells = "syscall switch", .slows = "syscall switch process" },
  { "clocksource", N_ ("A slow clock source"), VMM_SURE_CERTAIN,
    { { IS_MEASURED ("wake") } }, find_clocksource, .tells = "wake clock", .slows = "wake clock" },
  { "clock", N_ ("Reading the clock is slow"), VMM_SURE_LIKELY,
    /* Ten times what is usual in a good guest, and twice that of software emulation. */
    { { VALUE_OF ("clock"), VMM_AT_LEAST, 300 } },
    .better = "clocksource", .tells = "clock", .slows = "clock" },
  { "kvm-clock", N_ ("The clock is unsteady"), VMM_SURE_POSSIBLE,
    .find = vmm_find_kvm_clock, .tells = "jitter" },
  { "cpus", N_ ("CPUs of this guest share real ones"), VMM_SURE_LIKELY,
    /* Two CPUs on one took 1.5 to 1.6 times as long, free ones 0.6 to 1.1; the threads of one core are between. */
    { { QUOTIENT_OF ("parallel work"), VMM_AT_LEAST, 1.4,
        N_ ("with all CPUs at work, each takes %s times as long") } },
    .not_under = "none", .tells = "parallel work", .slows = "parallel" },
  { "cpu-kinds", N_ ("The CPUs of this guest are not alike"), VMM_SURE_POSSIBLE,
    /* An LP-E core did 30 % of a performance core's work (virt-manager issue 155). */
    { { VALUE_OF ("unequal"), VMM_AT_LEAST, UNLIKE_PERCENT, N_ ("the slowest does %s %% less than the fastest") } },
    is_unlike_each_time, .not_under = "none", .better = "steal stolen burstable cpus", .tells = "work", .slows = "parallel" },
  { "wake", N_ ("Sleeping CPUs wake late"), VMM_SURE_POSSIBLE,
    /* Three times what is usual in a good guest, though an exit is fast: an idle CPU is asleep on the
     * host. */
    { { VALUE_OF ("halt"), VMM_AT_LEAST, 180 } },
    .not_under = "none qemu", .better = "exit stolen", .tells = "halt exit" },
  { "cpu-model", N_ ("The CPU hides what the host's can do"), VMM_SURE_LIKELY,
    { { IS_MEASURED ("compute") } }, find_generic_cpu, .tells = "compute work", .slows = "compute work" },
  { "steal", N_ ("The host gives the CPU to others"), VMM_SURE_CERTAIN,
    { { MEAN_OF (CPU_STEAL), VMM_AT_LEAST, 5, N_ ("steal %s %% of all CPUs") } },
    .better = "burstable", .tells = "compute", .takes_from = VMM_CATEGORY_CPU, .takes_times = 1 },
  { "burstable", N_ ("A burstable machine is at its limit"), VMM_SURE_LIKELY,
    /* As below; whether the cloud tells it as steal does not matter. */
    { { VALUE_OF ("stolen"), VMM_AT_LEAST, 10, N_ ("stolen, our estimate, %s %%") } },
    vmm_find_burstable, .takes_from = VMM_CATEGORY_CPU, .takes_times = 1 },
  { "stolen", N_ ("Something below the guest takes CPU time"), VMM_SURE_LIKELY,
    /* An idle guest on a shared host has 2 to 10 %. */
    { { VALUE_OF ("stolen"), VMM_AT_LEAST, 10, N_ ("stolen, our estimate, %s %%") } }, tell_steal,
    .not_under = "none", .better = "steal burstable", .takes_from = VMM_CATEGORY_CPU, .takes_times = 1 },

  /* ---- Memory */
  { "fault", N_ ("Fresh memory is slow to get"), VMM_SURE_LIKELY,
    { { VALUE_OF ("fault"), VMM_AT_LEAST, 4 } },
    .not_under = "none qemu", .better = "exit", .tells = "fault map exit", .slows = "fault map process" },
  { "balloon", N_ ("The host has taken memory back"), VMM_SURE_CERTAIN,
    { { MEAN_OF (MEMORY_BALLOON), VMM_AT_LEAST, 5, N_ ("balloon %s %% of memory") } } },
  { "swapping", N_ ("The guest is short of memory"), VMM_SURE_LIKELY,
    /* Pages that lie in swap do no harm; waiting for memory does. */
    { { MEAN_OF (MEMORY_SWAP), VMM_AT_LEAST, 10, N_ ("swap %s %% used") },
      { MEAN_OF (PRESSURE_MEMORY), VMM_AT_LEAST, 1,
        N_ ("some task waited for memory %s %% of the time") } },
    .slows = "fault map process" },

  /* ---- Disk */
  { "disk-driver", N_ ("The disk is an emulated one"), VMM_SURE_LIKELY,
    { { IS_MEASURED ("read sync") } }, .driven = "disk",
    .tells = "read sync", .slows = "read sync streamread" },
  { "ebs", N_ ("An EBS volume is slow"), VMM_SURE_POSSIBLE,
    { { RATIO_OF ("read sync"), VMM_BELOW, 0.2 } }, vmm_find_ebs,
    .tells = "read sync", .slows = "read sync streamread" },
  { "flush", N_ ("Flushes go through to the disk itself"), VMM_SURE_LIKELY,
    /* F_FULLFSYNC takes some 20 ms (docker/roadmap issue 7), while reading is fast. */
    { { VALUE_OF ("sync"), VMM_AT_LEAST, 5000 }, { RATIO_OF ("read"), VMM_AT_LEAST, 0.2 } },
    .tells = "sync read", .slows = "sync" },
  { "disk-slow", N_ ("The disk is slow"), VMM_SURE_POSSIBLE,
    { { RATIO_OF ("read sync"), VMM_BELOW, 0.2 } }, has_no_emulated_disk,
    .better = "ebs flush bandwidth operations emulation",
    .tells = "read sync", .slows = "read sync streamread" },
  { "bandwidth", N_ ("The disk's bandwidth is limited"), VMM_SURE_LIKELY,
    { { VALUE_OF ("streamread"), VMM_BELOW, 200 } }, is_slow_in_streams,
    .tells = "streamread streamwrite read", .slows = "streamread streamwrite" },
  { "operations", N_ ("The disk's operations are limited"), VMM_SURE_LIKELY,
    { { VALUE_OF ("deep"), VMM_AT_LEAST, 1000 } }, is_no_faster_at_once, /* an emulated disk needs less */
    .better = "bandwidth", .tells = "deep read", .slows = "deep read sync" },
  { "queues", N_ ("All CPUs share one queue of the disk"), VMM_SURE_POSSIBLE,
    { { IS_MEASURED ("deep") } }, vmm_find_one_queue,
    .better = "operations bandwidth disk-slow", .tells = "deep read", .slows = "deep" },
  { "folder", N_ ("Work is done in a folder of the host"), VMM_SURE_POSSIBLE, .find = vmm_find_folder,
    .not_under = "none", .tells = "files" },
  { "early-sync", N_ ("Writes are acknowledged suspiciously early"), VMM_SURE_POSSIBLE,
    /* No ordinary disk has written anything in that time. */
    { { VALUE_OF ("sync"), VMM_BELOW, 60 } }, .not_under = "none", .tells = "sync" },

  /* ---- Network: beyond the gateway it is not the VMM alone that is measured */
  { "nic-driver", N_ ("The network card is an emulated one"), VMM_SURE_LIKELY,
    { { IS_MEASURED ("rtt") } }, .driven = "network",
    .tells = "rtt jitter", .slows = "rtt jitter" },
  { "accelerated-networking", N_ ("Accelerated networking is off"), VMM_SURE_CERTAIN,
    .find = vmm_find_no_function, .slows = "rtt jitter" },
  { "function-idle", N_ ("Accelerated networking is not used"), VMM_SURE_LIKELY,
    { { IS_MEASURED ("rtt") } }, vmm_find_idle_function, .tells = "rtt", .slows = "rtt jitter" },
  { "network-allowance", N_ ("The cloud holds packets back"), VMM_SURE_CERTAIN,
    .find = vmm_find_allowances },
  { "way", N_ ("The way to the gateway is long"), VMM_SURE_POSSIBLE,
    { { RATIO_OF ("rtt"), VMM_BELOW, 0.3 } }, tell_way, /* a millisecond */
    .target = VMM_TARGET_GATEWAY, .better = "steal stolen cpus", .tells = "jitter", .slows = "rtt jitter" },
  { "target", N_ ("The way to the given target is long"), VMM_SURE_LIKELY,
    { { RATIO_OF ("rtt"), VMM_BELOW, 0.3 } }, tell_way,
    .target = VMM_TARGET_GIVEN, .tells = "jitter", .slows = "rtt jitter" },
  { "loss", N_ ("Echoes to the gateway are lost"), VMM_SURE_POSSIBLE,
    { { MEAN_OF (NETWORK_LOSS), VMM_AT_LEAST, 1, N_ ("loss %s %% of the echoes") } },
    /* The network category is multiplied by (1 - loss)^2. */
    .target = VMM_TARGET_GATEWAY, .tells = "rtt", .takes_from = VMM_CATEGORY_NETWORK, .takes_times = 2 },
  { "jitter", N_ ("The network is unsteady"), VMM_SURE_POSSIBLE,
    { { VALUE_OF ("jitter"), VMM_AT_LEAST, 0.5 } }, is_much_of_way,
    .target = VMM_TARGET_GATEWAY, .better = "steal stolen cpus", .tells = "jitter rtt", .slows = "jitter" },

  /* ---- Display: the desktop then takes CPU time that programs would have */
  { "no-3d", N_ ("The desktop is drawn without 3D"), VMM_SURE_CERTAIN,
    .find = vmm_find_no_3d, .not_under = "none unknown" },

  { "vmware-tools", N_ ("open-vm-tools are missing"), VMM_SURE_LIKELY, .find = vmm_find_tools },
  { "tools", N_ ("Guest additions are missing"), VMM_SURE_LIKELY, .find = find_no_tools },
};
/* clang-format on */

const VmmSymptom *
vmm_symptoms (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (symptoms);
  return symptoms;
}
