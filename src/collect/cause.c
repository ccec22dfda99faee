/* SPDX-License-Identifier: MIT */
/* cause: the table of causes. */
#include "vmm/cause.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  const char *id;
  const char *sentence; /* NULL = said where it is found, with figures or names */
  const char *remedy;   /* NULL = nothing is known to remove it */
} Row;

/* What removes more than one. */
#define READ_PROC N_ ("mount /proc, and let this program read that file")
#define ASK_VMM                                                                                    \
  N_ ("only the VMM can report it; \"Stolen, our estimate\" is measured without its help")
#define NAME_TARGET                                                                                \
  N_ ("name a host that answers: --ping-target ADDR; where it is a matter of permission: "         \
      "sysctl net.ipv4.ping_group_range='0 2147483647', or run as root")

#define START_PEER                                                                                 \
  N_ ("start \"vmm_monitor peer\" in the other guest, and let its firewall pass TCP port 9781")

/* clang-format off */
static const Row rows[VMM_N_CAUSES] = {
#define ROW(NAME, id, sentence, remedy) [VMM_CAUSE_##NAME] = { id, sentence, remedy }
  ROW (NO_READING,       "no-reading",       VMM_SAID ("no new reading"), NULL),
  ROW (NOT_OFFERED,      "not-offered",      VMM_SAID ("not offered here"), NULL),
  ROW (NOT_READ,         "not-read",         VMM_SAID ("could not be read"), NULL),
  ROW (NOT_ASKED,        "not-asked",        VMM_SAID ("not asked for"), NULL),

  ROW (FIRST_READING,    "first-reading",    VMM_SAID ("needs two readings"), NULL),
  ROW (FILE,             "file",             NULL, READ_PROC),
  ROW (SYSROOT,          "sysroot",          VMM_SAID ("--sysroot reads another machine's files: nothing can be tried out on it"),
       N_ ("measure inside that machine")),

  ROW (NO_TICK,          "no-tick",          VMM_SAID ("no clock tick between two readings of a CPU"), NULL),
  ROW (CPU_LEAPT,        "cpu-leapt",        VMM_SAID ("proc/stat: a counter ran backwards, or leapt"), READ_PROC),
  ROW (NO_COLUMN,        "no-column",        VMM_SAID ("proc/stat: this kernel has no such column"), N_ ("a newer kernel")),
  ROW (NO_VMM,           "no-vmm",           VMM_SAID ("no VMM: nothing to steal"), NULL),
  ROW (VMM_UNKNOWN,      "vmm-unknown",      VMM_SAID ("nothing tells whether there is a VMM"), ASK_VMM),
  ROW (NO_STEAL_CLOCK,   "no-steal-clock",   NULL, ASK_VMM),
  ROW (STEAL_OFF,        "steal-off",        VMM_SAID ("the kernel was booted with no-steal-acc"),
       N_ ("take no-steal-acc off the kernel command line")),
  ROW (STEAL_UNTOLD,     "steal-untold",     VMM_SAID ("this VMM does not tell whether it reports steal: 0 proves nothing"), ASK_VMM),
  ROW (NO_CPU_TIME,      "no-cpu-time",      VMM_SAID ("no CLOCK_PROCESS_CPUTIME_ID"), NULL),

  ROW (MEMORY_ESTIMATED, "memory-estimated", VMM_SAID ("estimated from free and cache: proc/meminfo has no MemAvailable"), NULL),
  ROW (NO_AVAILABLE,     "no-available",     VMM_SAID ("proc/meminfo: no MemAvailable, and no MemFree and Cached"), READ_PROC),
  ROW (NO_CACHE,         "no-cache",         VMM_SAID ("proc/meminfo: not all of Buffers, Cached, SReclaimable, Shmem"), READ_PROC),
  ROW (NO_SWAP,          "no-swap",          VMM_SAID ("no swap configured"),
       N_ ("none is needed; swapon makes swap space that can be watched")),
  ROW (NO_SWAP_FREE,     "no-swap-free",     VMM_SAID ("proc/meminfo: no SwapFree"), READ_PROC),
  ROW (NO_BALLOON,       "no-balloon",       VMM_SAID ("this kernel counts no balloon in proc/meminfo or proc/vmstat"),
       N_ ("give the guest a balloon device and load its driver (virtio_balloon, vmw_balloon, "
           "hv_balloon)")),

  ROW (NO_DISK,          "no-disk",          VMM_SAID ("proc/diskstats: no whole disk"), N_ ("give the guest a disk")),
  ROW (NO_IO,            "no-io",            VMM_SAID ("no I/O in this interval"), NULL),
  ROW (NO_FLUSH,         "no-flush",         VMM_SAID ("no flush in this interval"), NULL),
  ROW (NO_FLUSH_COUNT,   "no-flush-count",   VMM_SAID ("proc/diskstats: this kernel counts no flushes (Linux 5.5 does)"),
       N_ ("Linux 5.5 or newer")),
  ROW (DISK_GARBLED,     "disk-garbled",     VMM_SAID ("proc/diskstats: no line with a name and 11 numbers"), READ_PROC),
  ROW (DISK_LEAPT,       "disk-leapt",       VMM_SAID ("proc/diskstats: a counter ran backwards, or leapt"), READ_PROC),
  ROW (DISK_LEFT_OUT,    "disk-left-out",    VMM_SAID ("without a disk that came or whose counters started anew"), NULL),

  ROW (NO_PSI,           "no-psi",           VMM_SAID ("PSI unavailable: kernel without PSI, or boot with psi=1"),
       N_ ("boot a kernel that has CONFIG_PSI with psi=1")),
  ROW (PRESSURE_LEAPT,   "pressure-leapt",   VMM_SAID ("proc/pressure: a counter ran backwards, or leapt"), READ_PROC),

  ROW (ENERGY_UNTOLD,    "energy-untold",    VMM_SAID ("this VMM tells its guest nothing about energy"),
       N_ ("on an Intel host QEMU 9.1 can: -accel kvm,rapl=true; with any VMM scaphandre on the host "
           "can, in a directory that is shared as /var/scaphandre")),
  ROW (NO_COUNTER,       "no-counter",       VMM_SAID ("this machine has no energy counter that Linux knows"), NULL),
  ROW (NO_GUEST,         "no-guest",         VMM_SAID ("no VMM: all of the machine's energy is its own"), NULL),
  ROW (OWN_SHARE,        "own-share",        VMM_SAID ("what is counted here is this guest's share: see \"Guest energy\""), NULL),
  ROW (NOBODYS_ENERGY,   "nobodys-energy",   VMM_SAID ("there are energy counters, and nothing says whose energy they count under this VMM"), NULL),
  ROW (ENERGY_ROOT,      "energy-root",      VMM_SAID ("there is an energy counter, for root only (CVE-2020-8694)"),
       N_ ("run as root, or give a group the right to read energy_uj by a udev rule")),
  ROW (ENERGY_ANEW,      "energy-anew",      VMM_SAID ("an energy counter began anew"), NULL),
  ROW (ENERGY_LEAPT,     "energy-leapt",     VMM_SAID ("an energy counter leapt"), NULL),
  ROW (GUESTS_SHARE,     "guests-share",     VMM_SAID ("told by QEMU: this guest's share of its host's processors, by CPU time"), NULL),
  ROW (HOST_TELLS,       "host-tells",       VMM_SAID ("told by scaphandre on the host, by CPU time; its versions up to 2026 tell a fifth of what they found (their issue 428)"), NULL),
  ROW (BATTERY_INVENTED, "battery-invented", VMM_SAID ("VirtualBox makes up the watts of its battery"), NULL),
  ROW (BATTERY_DUMMY,    "battery-dummy",    VMM_SAID ("the battery of WSL is a dummy"), NULL),
  ROW (BATTERY_BEYOND,   "battery-beyond",   VMM_SAID ("what the battery tells cannot be"), NULL),
  ROW (ON_MAINS,         "on-mains",         VMM_SAID ("no battery discharges: nothing measures what the mains give"), NULL),
  ROW (HOSTS_BATTERY,    "hosts-battery",    VMM_SAID ("told by the VMM: what all of the host draws from its battery"), NULL),
  ROW (NO_REPLY,         "no-reply",         VMM_SAID ("did not answer for 10 s"), NULL),

  ROW (NO_GPU,           "no-gpu",           VMM_SAID ("there is no GPU"), NULL),
  ROW (GPU_SILENT,       "gpu-silent",       VMM_SAID ("the display device tells its guest nothing of a GPU's load"), NULL),
  ROW (GPU_ASLEEP,       "gpu-asleep",       VMM_SAID ("the GPU is asleep, and is left so"), NULL),
  ROW (GPU_AWAKE,        "gpu-awake",        VMM_SAID ("the share of time in which the GPU was awake: it was busy for that at most"), NULL),
  ROW (GPU_GARBLED,      "gpu-garbled",      VMM_SAID ("what the GPU tells cannot be"), NULL),
  ROW (NO_SENSOR,        "no-sensor",        VMM_SAID ("this GPU's driver does not tell it here, as is so of virtual functions"), NULL),
  ROW (NVML_ABSENT,      "nvml-absent",      VMM_SAID ("NVIDIA's libnvidia-ml.so.1 is not here"),
       N_ ("install the library of the driver; in a container: NVIDIA_DRIVER_CAPABILITIES=utility")),
  ROW (NVML_OLD,         "nvml-old",         VMM_SAID ("NVIDIA's library lacks a function"), N_ ("a newer driver of NVIDIA")),
  ROW (NVML_LEFT_OUT,    "nvml-left-out",    VMM_SAID ("this build of the program cannot load NVIDIA's library"), N_ ("a build that is not static")),
  ROW (NVML_UNTOLD,      "nvml-untold",      VMM_SAID ("NVIDIA's library does not tell it here, as is so of virtual GPUs and in MIG mode"), NULL),
  ROW (NVML_MISMATCH,    "nvml-mismatch",    VMM_SAID ("NVIDIA's driver and library are of different versions"), N_ ("restart the guest")),
  ROW (NVML_FAILED,      "nvml-failed",      VMM_SAID ("NVIDIA's library failed"), NULL),

  ROW (HTTP_ABSENT,      "http-absent",      VMM_SAID ("this build of the program asks nobody by HTTP"),
       N_ ("a build with libsoup 3.0 that is not static")),
  ROW (HTTP_NO_LIBRARY,  "http-no-library",  VMM_SAID ("libsoup-3.0.so.0 cannot be loaded here"), N_ ("install libsoup 3.0")),
  ROW (HTTP_NO_URL,      "http-no-url",      VMM_SAID ("is no address that begins with http:// or https://"), NULL),
  ROW (HTTP_NO_NAME,     "http-no-name",     VMM_SAID ("its name has no address"), NULL),
  ROW (HTTP_REFUSED,     "http-refused",     VMM_SAID ("nobody answers at this address: the connection was refused"), NULL),
  ROW (HTTP_UNREACHABLE, "http-unreachable", VMM_SAID ("there is no way to this address"), NULL),
  ROW (HTTP_TLS,         "http-tls",         VMM_SAID ("its certificate is not trusted, or there is no TLS here"), N_ ("install glib-networking, and name the certificates to trust")),
  ROW (HTTP_LATE,        "http-late",        NULL, NULL),
  ROW (HTTP_LONG,        "http-long",        NULL, NULL),
  ROW (HTTP_REDIRECT,    "http-redirect",    VMM_SAID ("points to another address, which is not followed"), NULL),
  ROW (HTTP_STATUS,      "http-status",      NULL, NULL),
  ROW (HTTP_GARBLED,     "http-garbled",     VMM_SAID ("what answers there does not speak HTTP"), NULL),
  ROW (HTTP_BROKEN,      "http-broken",      VMM_SAID ("the answer broke off"), NULL),

  ROW (NO_CLOUD_SERVICE, "no-cloud-service", VMM_SAID ("the firmware names no cloud whose metadata service is known"), NULL),
  ROW (CLOUD_UNFIT,      "cloud-unfit",      VMM_SAID ("what answers there is no metadata service of this cloud"), NULL),

  ROW (PING_OFF,         "ping-off",         VMM_SAID ("ping switched off"), NAME_TARGET),
  ROW (NO_TARGET,        "no-target",        NULL, NAME_TARGET),
  ROW (NOT_SENT,         "not-sent",         NULL, NAME_TARGET),
  ROW (NO_ANSWER,        "no-answer",        NULL, NAME_TARGET),
  ROW (TCP_INSTEAD,      "tcp-instead",      NULL, NAME_TARGET),

  ROW (PEER_UNREACHABLE, "peer-unreachable", NULL, START_PEER),
  ROW (PEER_SILENT,      "peer-silent",      VMM_SAID ("the peer does not answer in time"), START_PEER),
  ROW (PEER_FOREIGN,     "peer-foreign",     VMM_SAID ("what answers there is not \"vmm_monitor peer\""), START_PEER),
  ROW (PEER_BUSY,        "peer-busy",        VMM_SAID ("the peer measures with another guest"), N_ ("measure when the other guest is done")),
  ROW (PEER_REFUSES,     "peer-refuses",     VMM_SAID ("the peer refuses so much"), N_ ("the same version of this program in both guests")),
  ROW (PEER_VANISHED,    "peer-vanished",    VMM_SAID ("the peer closed the connection"), START_PEER),

  ROW (PROBE_FAILED,     "probe-failed",     NULL, NULL),
  ROW (NO_THREAD,        "no-thread",        VMM_SAID ("no second thread can be had"), N_ ("allow this program more threads")),
  ROW (NO_MEMORY,        "no-memory",        NULL, N_ ("leave this program more free memory")),
  ROW (NO_SCRATCH,       "no-scratch",       NULL, N_ ("name a writable directory that is on a disk: --scratch DIR")),
  ROW (ONE_CPU,          "one-cpu",          VMM_SAID ("only one CPU may be used"), N_ ("give the guest a second CPU")),
  ROW (LIGHT,            "light",            VMM_SAID ("a light run: no bursts"), NULL),
  ROW (SHORT_WINDOW,     "short-window",     VMM_SAID ("the window is too short for bursts"), NULL),
  ROW (NO_CPUID,         "no-cpuid",         VMM_SAID ("only x86 has the CPUID instruction"), NULL),

  ROW (STOPPED_EARLY,    "stopped-early",    VMM_SAID ("the window was stopped before its end"), NULL),
  ROW (GUEST_STOPPED,    "guest-stopped",    NULL, NULL),
  ROW (CLOCK_MOVED,      "clock-moved",      NULL, NULL),
  ROW (TICKS_MISSED,     "ticks-missed",     NULL, NULL),
  ROW (DISK_LOAD,        "disk-load",        NULL, NULL),
  ROW (OWN_LOAD,         "own-load",         NULL, NULL),
  ROW (LOAD_UNKNOWN,     "load-unknown",     VMM_SAID ("guest load unknown"), NULL),
  ROW (LOAD_LEFT_IN,     "load-left-in",     VMM_SAID ("own load not removed"), NULL),

  ROW (NO_ROWS,          "no-rows",          VMM_SAID ("no rows"), NULL),
  ROW (NO_TURN,          "no-turn",          VMM_SAID ("its turn never came: this guest was too busy, or is too slow"), NULL),
  ROW (FEW_READINGS,     "few-readings",     NULL, NULL),
  ROW (OUT_OF_RANGE,     "out-of-range",     VMM_SAID ("out of range"), NULL),
  ROW (NEVER_SCORED,     "never-scored",     VMM_SAID ("shown, never scored"), NULL),
  ROW (PASSIVE,          "passive",          VMM_SAID ("passive run"), NULL),
  ROW (NO_PROBES,        "no-probes",        VMM_SAID ("passive run: without probes there is no score"), NULL),
  ROW (WINDOW_INVALID,   "window-invalid",   VMM_SAID ("window invalid"), NULL),
  ROW (TCP_TIMES,        "tcp-times",        VMM_SAID ("TCP connect times are not compared with ICMP echoes"), NULL),
  ROW (OWN_TARGET,       "own-target",       VMM_SAID ("the target is this guest itself"), NULL),
  ROW (NOTHING_MEASURED, "nothing-measured", VMM_SAID ("nothing could be measured"), NULL),

  ROW (EMPTY_WINDOW,     "empty-window",     VMM_SAID ("the window has no row"), NULL),
  ROW (NOT_RECORDED,     "not-recorded",     VMM_SAID ("not recorded in this result"), NULL),
#undef ROW
};
/* clang-format on */

const char *
vmm_cause_id (guint cause)
{
  g_return_val_if_fail (cause < VMM_N_CAUSES, NULL);
  return rows[cause].id;
}

VmmCause
vmm_cause_find (const char *id)
{
  g_return_val_if_fail (id != NULL, VMM_CAUSE_NONE);
  for (guint i = VMM_CAUSE_NONE + 1; i < VMM_N_CAUSES; i++)
    if (strcmp (rows[i].id, id) == 0)
      return (VmmCause) i;
  return VMM_CAUSE_NONE;
}

const char *
vmm_cause_sentence (VmmCause cause)
{
  g_return_val_if_fail ((guint) cause < VMM_N_CAUSES, NULL);
  return rows[cause].sentence;
}

VmmReason
vmm_reason (VmmCause cause)
{
  return (VmmReason){ cause, vmm_cause_sentence (cause) };
}

const char *
vmm_cause_remedy (VmmCause cause)
{
  g_return_val_if_fail ((guint) cause < VMM_N_CAUSES, NULL);
  return rows[cause].remedy;
}
