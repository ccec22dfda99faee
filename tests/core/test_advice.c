/* SPDX-License-Identifier: MIT */
/* test_advice: every finding is raised by what it is about, and by nothing that is nearly so. */
#include "vmm/words.h"

#include <math.h>

#include "advice_private.h"
#include "made.h"

/* Up to four channels that differ from a clean guest's (0 = as there). */
typedef struct {
  struct {
    VmmChannelId channel;
    float        value;
  } readings[4];
  const char *path, *value;     /* and a member of the document; NULL = none */
  const char *cloud, *instance; /* and its cloud with the instance type, as in the document */
  const char *desktop;          /* and who works at it, likewise */
  const char *cpus;             /* and how many there are */
} Case;

typedef struct {
  const char *id, *vmm_id;
  Case        raises, near_miss;
  const char *evidence, *remedy; /* what they must contain */
  double      points;            /* NAN = not checked */
} Row;

#define CH(name) VMM_CHANNEL_##name
#define ABSENT (-1.0f)
#define GATEWAY "window/ping/kind", "\"gateway\""
#define DRIVER(kind, driver)                                                                       \
  "host/devices", "[{\"name\": \"x0\", \"kind\": \"" kind "\", \"driver\": \"" driver              \
                  "\", \"nature\": \"emulated\"}]"

#define NETVSC                                                                                     \
  "{\"name\": \"eth0\", \"kind\": \"network\", \"driver\": \"hv_netvsc\", \"nature\": "            \
  "\"paravirtual\"}"
#define FUNCTION                                                                                   \
  "{\"name\": \"enP1s1\", \"kind\": \"network\", \"driver\": \"mlx5_core\", \"nature\": "          \
  "\"physical\"}"
#define NVME(model)                                                                                \
  "host/devices", "[{\"name\": \"nvme0n1\", \"kind\": \"disk\", \"driver\": \"nvme\", "            \
                  "\"nature\": \"physical\", \"model\": \"" model "\"}]"
#define QUEUES(n)                                                                                  \
  "host/devices", "[{\"name\": \"vda\", \"kind\": \"disk\", \"driver\": \"virtio_blk\", "          \
                  "\"nature\": \"paravirtual\", \"queues\": " n "}]"
#define DISPLAY(driver, accelerated)                                                               \
  "{\"name\": \"card0\", \"kind\": \"display\", \"driver\": \"" driver                             \
  "\", \"nature\": \"paravirtual\", \"accelerated\": " accelerated                                 \
  ", \"accelerated_reason\": \"it has no render node, so the CPU draws\"}"
#define DESKTOP(displays) "host/devices", "[" displays "]", .desktop = "\"graphical\""
#define IN(id, type) .cloud = "\"" id "\"", .instance = "\"" type "\""

/* clang-format off */
static const Row rows[] = {
  { "pause", "kvm",
    { { { CH (CLOCK_LOST), 1500 } } }, { { { CH (CLOCK_LOST), 900 } } },
    "stopped for 1500 ms", "measure again", NAN },
  { "pause", "hyperv", /* why it was stopped is told instead */
    { { { CH (CLOCK_LOST), 5000 } }, "window/rented", "{\"moved\": false}" },
    { { { CH (CLOCK_LOST), 5000 } }, "window/rented", "{\"moved\": true}" },
    "stopped for 5000 ms", "measure again", NAN },
  { "migrated", "hyperv",
    { { { CH (CLOCK_LOST), 5000 } }, "window/rented", "{\"moved\": true}" },
    { { { CH (CLOCK_LOST), 5000 } }, "window/rented", "{\"moved\": false}" },
    "stopped for 5000 ms at once; the physical host is another one", "measure again", NAN },
  { "cloud-event", "hyperv",
    { .path = "host/cloud", .value = "{\"id\": \"azure\", \"event\": \"pause\", \"event_time\": \"2026-11-28T15:04:05Z\"}" },
    { .path = "host/cloud", .value = "{\"id\": \"azure\", \"event\": null, \"event_time\": null}" },
    "a pause is announced; not before 2026-11-28T15:04:05Z", "restart the guest", NAN },
  { "cloud-event", "kvm",
    { .path = "host/cloud", .value = "{\"id\": \"aws\", \"event\": \"risk\", \"event_time\": null}" },
    { .path = "host/cloud", .value = "{\"id\": \"aws\", \"event\": \"\", \"event_time\": null}" },
    "an interruption is likelier than usual", "restart the guest", NAN },
  { "network-allowance", "kvm",
    { .path = "window/rented", .value = "{\"packets_exceeded\": 312, \"services_exceeded\": 0, \"moved\": false}" },
    { .path = "window/rented", .value = "{\"packets_exceeded\": 0, \"services_exceeded\": null, \"moved\": false}" },
    "312 packets over the number a second", "jumbo frames", 0 },
  { "function-idle", "hyperv",
    { .path = "window/rented", .value = "{\"function_packets\": 0, \"moved\": false}" },
    { .path = "window/rented", .value = "{\"function_packets\": 1, \"moved\": false}" },
    "0 packets sent by the virtual function; Round trip time", "ethtool -S", NAN },
  { "function-idle", "hyperv", /* nothing was sent */
    { .path = "window/rented", .value = "{\"function_packets\": 0, \"moved\": false}" },
    { { { CH (NETWORK_RTT), ABSENT } }, "window/rented", "{\"function_packets\": 0, \"moved\": false}" },
    "0 packets sent", "", NAN },
  { "clock-moved", "kvm",
    { { { CH (CLOCK_STEP), -1.9e12f } } }, { { { CH (CLOCK_STEP), -400 } } },
    "the wall clock was moved by -60 years", "timedatectl", NAN },
  { "clock-moved", "vmware",
    { { { CH (CLOCK_STEP), 36e5f } } }, { { { CH (CLOCK_LOST), 2000 } } },
    "moved by +60 minutes", "vmware-toolbox-cmd", NAN },
  { "emulation", "qemu",
    { { { CH (PROBE_COMPUTE), 2000 }, { CH (PROBE_WORK), 4000 } } },
    { { { CH (PROBE_COMPUTE), 400 }, { CH (PROBE_WORK), 900 } } },
    "Fixed computation 2000 µs (reference 250)", "-accel kvm",
    18.7747604 }, /* 100 * (1 - 8 ^ -(.50 * .20)) */
  { "exit", "virtualbox",
    { { { CH (PROBE_EXIT), 18.5f }, { CH (PROBE_FAULT), 7 } } }, { { { CH (PROBE_EXIT), 4.9f } } },
    "VM exit (CPUID) 18.5 µs", "bcdedit /set hypervisorlaunchtype off", NAN },
  { "exit", "kvm",
    { { { CH (PROBE_EXIT), 11 } } }, { { { CH (PROBE_EXIT), 1.2f } } },
    "VM exit (CPUID) 11 µs", "no VM", 0 },
  { "exit", "vmware",
    { { { CH (PROBE_EXIT), 11 } } }, { { { CH (PROBE_EXIT), ABSENT } } },
    "VM exit (CPUID) 11 µs", "Disable side channel mitigations", 0 },
  { "syscall", "xen",
    { { { CH (PROBE_SYSCALL), 900 } } }, { { { CH (PROBE_SYSCALL), 450 } } },
    "System call 900 ns (reference 120)", "pvh", NAN },
  { "syscall", "uml",
    { { { CH (PROBE_SYSCALL), 18000 } } }, { { { CH (PROBE_SYSCALL), ABSENT } } },
    "System call 18000 ns", "virtualisation", NAN },
  { "clocksource", "virtualbox",
    { { { CH (PROBE_WAKE), 90 } }, "host/clocksource", "\"acpi_pm\"" },
    { { { CH (PROBE_WAKE), 90 } }, "host/clocksource", "\"tsc\"" },
    "clock source acpi_pm; Wake-up delay 90 µs", "--paravirtprovider kvm", NAN },
  { "clocksource", "hyperv",
    { { { CH (PROBE_WAKE), 90 } }, "host/clocksource", "\"hpet\"" },
    { { { CH (PROBE_WAKE), 90 } }, "host/clocksource", "null" },
    "clock source hpet", "clocksource=", NAN },
  { "cpu-kinds", "vmware",
    { { { CH (PROBE_UNEQUAL), 45 } } }, { { { CH (PROBE_UNEQUAL), 20 } } },
    "the slowest does 45 % less than the fastest", "vmware-vmx.exe", 0 },
  { "cpu-kinds", "virtualbox",
    { { { CH (PROBE_UNEQUAL), 30 } } }, { { { CH (PROBE_UNEQUAL), 30 } }, "window/quality", "\"busy\"" },
    "30 % less", "VirtualBoxVM.exe", 0 },
  { "cpu-kinds", "kvm",
    { { { CH (PROBE_UNEQUAL), 45 }, { CH (PROBE_PARALLEL), 600 } } },
    { { { CH (PROBE_UNEQUAL), 45 }, { CH (PROBE_PARALLEL), 900 } } }, /* they share, which says more */
    "45 % less", "vcpupin", NAN },
  { "bandwidth", "qemu",
    { { { CH (PROBE_STREAMREAD), 6 }, { CH (PROBE_READ), 300 } } },
    { { { CH (PROBE_STREAMREAD), 6 }, { CH (PROBE_READ), 8000 } } }, /* a slow disk in all */
    "Disk read, 1 MiB 6 MB/s", "throttling.bps-total", NAN },
  { "bandwidth", "virtualbox",
    { { { CH (PROBE_STREAMREAD), 150 }, { CH (PROBE_READ), 70 } } },
    { { { CH (PROBE_STREAMREAD), 250 }, { CH (PROBE_READ), 70 } } },
    "Disk read, 1 MiB 150 MB/s", "bandwidthctl", NAN },
  { "operations", "kvm",
    { { { CH (PROBE_DEEP), 25000 }, { CH (PROBE_READ), 9000 } } },
    { { { CH (PROBE_DEEP), 1200 }, { CH (PROBE_READ), 9000 } } }, /* a disk that turns */
    "Disk read, 16 at once 25000 µs", "throttling.iops-total", NAN },
  { "cpus", "kvm",
    { { { CH (PROBE_PARALLEL), 900 }, { CH (PROBE_WORK), 450 } } },
    { { { CH (PROBE_PARALLEL), 610 }, { CH (PROBE_WORK), 450 } } },
    "with all CPUs at work, each takes 2 times as long", "vcpupin", NAN },
  { "wake", "kvm",
    { { { CH (PROBE_HALT), 240 } } }, { { { CH (PROBE_HALT), 170 } } },
    "Idle CPU wake-up 240 µs", "cpuidle_haltpoll", 0 },
  { "wake", "xen",
    { { { CH (PROBE_HALT), 240 } } }, { { { CH (PROBE_HALT), 240 }, { CH (PROBE_EXIT), 9 } } },
    "Idle CPU wake-up 240 µs", "power plan", 0 },
  { "cpu-model", "kvm",
    { .path = "host/cpu_model", .value = "\"QEMU Virtual CPU version 2.5+\"" },
    { .path = "host/cpu_model", .value = "\"Intel Xeon Processor (Skylake)\"" },
    "with AES", "host-passthrough", 0 },
  { "steal", "kvm",
    { { { CH (CPU_STEAL), 20 } } }, { { { CH (CPU_STEAL), 4 } } },
    "steal 20 % of all CPUs", "another host", NAN },
  { "steal", "xen",
    { { { CH (CPU_STEAL), 20 } } }, { { { CH (CPU_STEAL), ABSENT } } },
    "steal 20 % of all CPUs", "dom0_max_vcpus", NAN },
  { "stolen", "virtualbox",
    { { { CH (CPU_STOLEN), 25 } } }, { { { CH (CPU_STOLEN), 9 } } },
    "stolen, our estimate, 25 %; steal not reported", "free cores", NAN },
  { "stolen", "vmware",
    { { { CH (CPU_STOLEN), 25 } } }, { { { CH (CPU_STOLEN), 25 }, { CH (CPU_STEAL), 30 } } },
    "stolen", "stealclock.enable", NAN },
  { "burstable", "kvm",
    { { { CH (CPU_STOLEN), 25 }, { CH (CPU_STEAL), 20 } }, IN ("aws", "t3.medium") },
    { { { CH (CPU_STOLEN), 25 } }, IN ("aws", "m5.large") },
    "stolen, our estimate, 25 %; instance type t3.medium", "CPUCreditBalance", NAN },
  { "burstable", "hyperv",
    { { { CH (CPU_STOLEN), 25 } }, IN ("azure", "Standard_B2s") },
    { { { CH (CPU_STOLEN), 9 } }, IN ("azure", "Standard_B2s") },
    "instance type Standard_B2s", "CPU Credits Remaining", NAN },
  { "steal", "kvm", /* a burstable type is the better explanation */
    { { { CH (CPU_STOLEN), 25 }, { CH (CPU_STEAL), 20 } }, IN ("gcp", "e2-standard-2") },
    { { { CH (CPU_STOLEN), 25 }, { CH (CPU_STEAL), 20 } }, IN ("gcp", "e2-small") },
    "steal 20 %", "another host", NAN },
  { "stolen", "kvm",
    { { { CH (CPU_STOLEN), 25 } }, IN ("azure", "t3.medium") },
    { { { CH (CPU_STOLEN), 25 } }, IN ("aws", "t3.medium") },
    "stolen, our estimate, 25 %", "", NAN },
  { "seccomp", "kvm",
    { { { CH (PROBE_SYSCALL), 190 } }, "host/seccomp", "\"on\"" },
    { { { CH (PROBE_SYSCALL), 190 } }, "host/seccomp", "\"off\"" },
    "a seccomp filter is on; System call 190 ns (reference 120)", "seccomp=unconfined", NAN },
  { "seccomp", "xen",
    { { { CH (PROBE_SYSCALL), 900 } }, "host/seccomp", "\"on\"" },
    { { { CH (PROBE_SYSCALL), 170 } }, "host/seccomp", "\"on\"" },
    "System call 900 ns", "SystemCallFilter=", NAN },
  { "ebs", "kvm",
    { { { CH (PROBE_READ), 420 } }, NVME ("Amazon Elastic Block Store") },
    { { { CH (PROBE_READ), 420 } }, NVME ("Amazon EC2 NVMe Instance Storage") },
    "nvme0n1 is Amazon Elastic Block Store; Disk read, 4 KiB 420 µs", "sudo nvme amzn stats", NAN },
  { "disk-slow", "kvm",
    { { { CH (PROBE_READ), 420 } }, NVME ("Amazon EC2 NVMe Instance Storage") },
    { { { CH (PROBE_READ), 420 } }, NVME ("Amazon Elastic Block Store") },
    "Disk read, 4 KiB 420 µs", "", NAN },
  { "accelerated-networking", "hyperv",
    { .path = "host/devices", .value = "[" NETVSC "]", IN ("azure", "Standard_D2s_v3") },
    { .path = "host/devices", .value = "[" NETVSC "," FUNCTION "]", IN ("azure", "Standard_D2s_v3") },
    "0 virtual functions beside eth0 (hv_netvsc)", "--accelerated-networking true", 0 },
  { "accelerated-networking", "hyperv", /* at home there is none to switch on */
    { .path = "host/devices", .value = "[" NETVSC "]", IN ("azure", "Standard_D2s_v3") },
    { .path = "host/devices", .value = "[" NETVSC "]" },
    "0 virtual functions", "size must support it", 0 },
  { "fault", "virtualbox",
    { { { CH (PROBE_FAULT), 4.4f } } }, { { { CH (PROBE_FAULT), 3.9f } } },
    "Page fault 4.4 µs (reference 1.6)", "--nestedpaging on --largepages on", NAN },
  { "fault", "kvm",
    { { { CH (PROBE_FAULT), 4.4f } } }, { { { CH (PROBE_FAULT), 4.4f }, { CH (PROBE_EXIT), 8 } } },
    "Page fault 4.4 µs", "hugepages", NAN },
  { "fault", "uml", /* CPUID is its host's affair */
    { { { CH (PROBE_FAULT), 100 }, { CH (PROBE_EXIT), 8 } } }, { { { CH (PROBE_FAULT), 3 } } },
    "Page fault 100 µs", "nested paging", NAN },
  { "fault", "xen",
    { { { CH (PROBE_FAULT), 5 } } }, { { { CH (PROBE_FAULT), 3.5f } } },
    "Page fault 5 µs", "hap = 1", NAN },
  { "balloon", "vmware",
    { { { CH (MEMORY_BALLOON), 23 } } }, { { { CH (MEMORY_BALLOON), 4 } } },
    "balloon 23 % of memory", "reserve", 0 },
  { "balloon", "hyperv",
    { { { CH (MEMORY_BALLOON), 23 } } }, { { { CH (MEMORY_BALLOON), ABSENT } } },
    "balloon 23 %", "-DynamicMemoryEnabled $false", 0 },
  { "swapping", "kvm",
    { { { CH (MEMORY_SWAP), 40 }, { CH (PRESSURE_MEMORY), 12 } } },
    { { { CH (MEMORY_SWAP), 40 }, { CH (PRESSURE_MEMORY), 0.5f } } },
    "swap 40 % used; some task waited for memory 12 %", "more memory", NAN },
  { "disk-driver", "kvm",
    { { { CH (PROBE_READ), 300 } }, DRIVER ("disk", "ata_piix") },
    { { { CH (PROBE_READ), 300 } }, DRIVER ("disk", "virtio_blk") },
    "x0 driven by ata_piix; Disk read, 4 KiB 300 µs", "virtio", NAN },
  { "disk-driver", "vmware",
    { { { CH (PROBE_READ), 300 } }, DRIVER ("disk", "mptspi") },
    { { { CH (PROBE_READ), ABSENT }, { CH (PROBE_SYNC), ABSENT } },
      DRIVER ("disk", "mptspi") },
    "x0 driven by mptspi", "PVSCSI", NAN },
  { "disk-driver", "virtualbox", /* SATA is what its manual recommends */
    { { { CH (PROBE_READ), 300 } }, DRIVER ("disk", "ata_piix") },
    { { { CH (PROBE_READ), 300 } }, DRIVER ("disk", "ahci") },
    "x0 driven by ata_piix", "SATA, NVMe or virtio-scsi", NAN },
  { "disk-slow", "kvm",
    { { { CH (PROBE_READ), 420 } } }, { { { CH (PROBE_READ), 315 } } },
    "Disk read, 4 KiB 420 µs (reference 70)", "cache='none'", NAN },
  { "disk-slow", "parallels",
    { { { CH (PROBE_SYNC), 4000 } } },
    { { { CH (PROBE_SYNC), 4000 } }, DRIVER ("disk", "ahci") },
    "Disk sync, 4 KiB 4000 µs", "faster", NAN },
  { "early-sync", "virtualbox",
    { { { CH (PROBE_SYNC), 40 } } }, { { { CH (PROBE_SYNC), 61 } } },
    "Disk sync, 4 KiB 40 µs (reference 150)", "--hostiocache off", 0 },
  { "early-sync", "kvm",
    { { { CH (PROBE_SYNC), 40 } } }, { { { CH (PROBE_SYNC), ABSENT } } },
    "Disk sync, 4 KiB 40 µs", "cache='none'", 0 },
  { "nic-driver", "virtualbox",
    { { { CH (NETWORK_RTT), 0.5f } }, DRIVER ("network", "e1000") },
    { { { CH (NETWORK_RTT), 0.5f } }, DRIVER ("disk", "e1000") },
    "x0 driven by e1000; Round trip time 0.5 ms (reference 0.3)", "--nictype1 virtio", NAN },
  { "nic-driver", "vmware",
    { { { CH (NETWORK_RTT), 0.5f } }, DRIVER ("network", "e1000e") },
    { { { CH (NETWORK_RTT), ABSENT } }, DRIVER ("network", "e1000e") },
    "x0 driven by e1000e", "VMXNET3", NAN },
  { "way", "kvm",
    { { { CH (NETWORK_RTT), 5.1f }, { CH (NETWORK_JITTER), 2 } }, GATEWAY },
    { { { CH (NETWORK_RTT), 0.95f } }, GATEWAY },
    "Round trip time 5.1 ms (reference 0.3); 17 times the reference; Jitter 2 ms", "from the host",
    26.58129 }, /* 100 * (1 - 17 ^ -(.10 * .70) * 40 ^ -(.10 * .30)) */
  { "way", "virtualbox",
    { { { CH (NETWORK_RTT), 5.1f } }, GATEWAY },
    { { { CH (NETWORK_RTT), 5.1f } }, "window/ping/kind", "\"self\"" },
    "17 times the reference", "bridged", NAN },
  { "target", "kvm",
    { { { CH (NETWORK_RTT), 24 } }, "window/ping/kind", "\"given\"" },
    { { { CH (NETWORK_RTT), 24 } }, GATEWAY },
    "80 times the reference", "--ping-target", NAN },
  { "exit", "virtualbox", /* where bcdedit alone did not help */
    { { { CH (PROBE_EXIT), 18.5f } } }, { { { CH (PROBE_EXIT), 4.9f } } },
    "VM exit (CPUID) 18.5 µs", "LsaCfgFlags (Control\\Lsa), and a restart; with a UEFI lock, Microsoft's way with SecConfig.efi. The price: no WSL 2", NAN },
  { "exit", "vmware",
    { { { CH (PROBE_EXIT), 11 } } }, { { { CH (PROBE_EXIT), 1 } } },
    "VM exit (CPUID) 11 µs", "The price: guest and host may then read each other's memory", 0 },
  { "vmm-version", "virtualbox",
    { .path = "host/vmm/version", .value = "\"7.2.4_Ubuntu r170995\"" },
    { .path = "host/vmm/version", .value = "\"7.2.2\"" },
    "Oracle VirtualBox version 7.2.4_Ubuntu r170995; from 7.2.4 (October 2025)", "The price", 0 },
  { "vmm-version", "virtualbox", /* mended in the next */
    { .path = "host/vmm/version", .value = "\"7.2.6\"" },
    { .path = "host/vmm/version", .value = "\"7.2.8\"" },
    "7.2.6 (January 2026) resets", "newest VirtualBox", 0 },
  { "vmm-version", "virtualbox", /* a fault of Windows hosts, where the guest sees Hyper-V below */
    { { { CH (PROBE_EXIT), 12 } }, "host/vmm/version", "\"7.2.20\"" },
    { { { CH (PROBE_EXIT), 1 } }, "host/vmm/version", "\"7.2.20\"" },
    "since 7.2.8 (April 2026)", "newest 7.1", NAN },
  { "vmm-version", "virtualbox",
    { { { CH (PROBE_EXIT), 12 } }, "host/vmm/version", "\"7.2.4\"" },
    { { { CH (PROBE_EXIT), 12 } }, "host/vmm/version", "\"7.1.14\"" },
    "by up to two fifths", "newest 7.1", NAN },
  { "vmm-version", "virtualbox", /* another VMM's number is another one */
    { { { CH (PROBE_EXIT), 12 } }, "host/vmm/version", "\"7.2.0\"" },
    { { { CH (PROBE_EXIT), 12 } }, "host/vmm/version", "null" },
    "a bridged network on Windows hosts receives 2 Mbit/s", "newest 7.1", NAN },
  { "pcid", "kvm",
    { .path = "host/cpu_flags", .value = "\"fpu aes pti\"" },
    { .path = "host/cpu_flags", .value = "\"fpu aes pti pcid\"" },
    "the kernel mitigates Meltdown (PTI), and the CPU shows no PCID; System call", "+pcid. The price", 0 },
  { "pcid", "virtualbox", /* who is not vulnerable has one page table */
    { .path = "host/cpu_flags", .value = "\"fpu aes pti\"" },
    { .path = "host/cpu_flags", .value = "\"fpu aes\"" },
    "no PCID", "show the host's CPU", 0 },
  { "kvm-clock", "virtualbox",
    { { { CH (NETWORK_JITTER), 2 } }, "host/clocksource", "\"kvm-clock\"" },
    { { { CH (NETWORK_JITTER), 2 } }, "host/clocksource", "\"tsc\"" },
    "clock source kvm-clock; Jitter 2 ms", "no-kvmclock", NAN },
  { "kvm-clock", "virtualbox", /* steady by its echoes, but moved */
    { { { CH (CLOCK_STEP), -4000 } }, "host/clocksource", "\"kvm-clock\"" },
    { { { CH (NETWORK_JITTER), 2 }, { CH (NETWORK_RTT), 30 } }, "host/clocksource", "\"kvm-clock\"" },
    "clock source kvm-clock", "The price", NAN },
  { "clock", "xen",
    { { { CH (PROBE_CLOCK), 900 } } }, { { { CH (PROBE_CLOCK), 290 } } },
    "900 ns", "clocksource=tsc", NAN },
  { "flush", "apple",
    { { { CH (PROBE_SYNC), 20000 }, { CH (PROBE_READ), 120 } } },
    { { { CH (PROBE_SYNC), 20000 }, { CH (PROBE_READ), 900 } } }, /* all of it is slow */
    "Disk sync, 4 KiB 20000 µs (reference 150); Disk read, 4 KiB 120 µs", "\"fsync\" for the disk", NAN },
  { "flush", "parallels",
    { { { CH (PROBE_SYNC), 20000 } } }, { { { CH (PROBE_SYNC), 4900 } } },
    "Disk sync, 4 KiB 20000 µs", "flush less", NAN },
  { "fault", "vmware",
    { { { CH (PROBE_FAULT), 4.4f } } }, { { { CH (PROBE_FAULT), 3.9f } } },
    "Page fault 4.4 µs", "minVmMemPct", NAN },
  { "balloon", "wsl", /* no settings of Hyper-V's */
    { { { CH (MEMORY_BALLOON), 23 } } }, { { { CH (MEMORY_BALLOON), 4 } } },
    "balloon 23 %", ".wslconfig", 0 },
  { "stolen", "wsl",
    { { { CH (CPU_STOLEN), 25 } } }, { { { CH (CPU_STOLEN), 9 } } },
    "stolen, our estimate, 25 %", "processors=", NAN },
  { "disk-slow", "wsl",
    { { { CH (PROBE_READ), 420 } } }, { { { CH (PROBE_READ), 315 } } },
    "Disk read, 4 KiB 420 µs", "wsl --manage", NAN },
  { "disk-slow", "hyperv", /* which a scheduler does not mend */
    { { { CH (PROBE_READ), 420 } } }, { { { CH (PROBE_READ), 315 } } },
    "Disk read, 4 KiB 420 µs", "VHDX of fixed size", NAN },
  { "folder", "virtualbox",
    { .path = "host/folder", .value = "\"vboxsf\"" }, { .path = "host/folder", .value = "null" },
    "working directory or home on vboxsf", "mutagen). The price", 0 },
  { "folder", "vmware",
    { .path = "host/folder", .value = "\"fuse.vmhgfs-fuse\"" }, { .path = "host/folder", .value = "\"\"" },
    "on fuse.vmhgfs-fuse", "The price", 0 },
  { "folder", "wsl",
    { .path = "host/folder", .value = "\"9p\"" }, { .path = "host/folder", .value = "null" },
    "on 9p", "wsl.localhost", 0 },
  { "vmware-tools", "vmware",
    { .path = "host/tools", .value = "\"bundled\"" }, { .path = "host/tools", .value = "\"open-vm-tools\"" },
    "bundles", "open-vm-tools-desktop", 0 },
  { "vmware-tools", "vmware", /* where nobody could look, nobody misses them */
    { .path = "host/tools", .value = "\"none\"" }, { .path = "host/tools", .value = "null" },
    "no VMware Tools", "apt install", 0 },
  { "queues", "kvm",
    { { { CH (PROBE_DEEP), 40 }, { CH (PROBE_READ), 70 } }, QUEUES ("1"), .cpus = "8" },
    { { { CH (PROBE_DEEP), 40 }, { CH (PROBE_READ), 70 } }, QUEUES ("8"), .cpus = "8" },
    "1 queue of vda for 8 CPUs; Disk read, 16 at once 40 µs", "virtio-scsi-single", NAN },
  { "queues", "kvm", /* one queue that is enough */
    { { { CH (PROBE_DEEP), 24 }, { CH (PROBE_READ), 70 } }, QUEUES ("1"), .cpus = "4" },
    { { { CH (PROBE_DEEP), 23 }, { CH (PROBE_READ), 70 } }, QUEUES ("1"), .cpus = "4" },
    "1 queue of vda for 4 CPUs", "measure again", NAN },
  { "queues", "kvm", /* or is one for few CPUs, or not known */
    { { { CH (PROBE_DEEP), 40 }, { CH (PROBE_READ), 70 } }, QUEUES ("1"), .cpus = "4" },
    { { { CH (PROBE_DEEP), 40 }, { CH (PROBE_READ), 70 } }, QUEUES ("1"), .cpus = "3" },
    "1 queue", "The price", NAN },
  { "queues", "virtualbox",
    { { { CH (PROBE_DEEP), 40 }, { CH (PROBE_READ), 70 } }, QUEUES ("1"), .cpus = "4" },
    { { { CH (PROBE_DEEP), 40 }, { CH (PROBE_READ), 70 } }, QUEUES ("null"), .cpus = "4" },
    "1 queue", "NVMe", NAN },
  { "unexplained", "kvm",
    { { { CH (PROBE_COPY), 450 } } }, { { { CH (PROBE_COPY), 2300 } } },
    "Memory copy 450 MB/s (reference 4500); the reference is 10 times that", "host itself",
    12.9036 }, /* 100 * (1 - 10 ^ -(.20 * .30)) */
  { "unexplained", "xen", /* a small finding does not stand for a great loss, a greater one does */
    { { { CH (PROBE_PROCESS), 35000 }, { CH (NETWORK_LOSS), 2 } }, GATEWAY },
    { { { CH (PROBE_PROCESS), 800 }, { CH (PROBE_READ), 70000 }, { CH (PROBE_SYNC), 150000 } }, GATEWAY },
    "New process 35000 µs (reference 350); 100 times the reference", "host itself", NAN },
  { "loss", "virtualbox",
    { { { CH (NETWORK_LOSS), 5 } }, GATEWAY }, { { { CH (NETWORK_LOSS), 0.5f } }, GATEWAY },
    "loss 5 % of the echoes", "bridged", NAN },
  { "loss", "kvm",
    { { { CH (NETWORK_LOSS), 5 } }, GATEWAY },
    { { { CH (NETWORK_LOSS), 5 } }, "window/ping/kind", "\"given\"" },
    "loss 5 %", "virtual switch", NAN },
  { "jitter", "virtualbox",
    { { { CH (NETWORK_JITTER), 2 } }, GATEWAY },
    { { { CH (NETWORK_JITTER), 2 }, { CH (NETWORK_RTT), 30 } }, GATEWAY },
    "Jitter 2 ms (reference 0.05)", "bridged", NAN },
  { "no-3d", "virtualbox",
    { .path = DESKTOP (DISPLAY ("vmwgfx", "false")) },
    { .path = "host/devices", "[" DISPLAY ("vmwgfx", "false") "]", .desktop = "\"none\"" },
    "a graphical session on card0; it has no render node", "--accelerate-3d on. The price", 0 },
  { "no-3d", "kvm", /* one of two is enough */
    { .path = DESKTOP (DISPLAY ("qxl", "false") "," DISPLAY ("virtio_gpu", "false")) },
    { .path = DESKTOP (DISPLAY ("qxl", "false") "," DISPLAY ("virtio_gpu", "true")) },
    "a graphical session on card0", "virtio-vga-gl", 0 },
  { "no-3d", "vmware", /* who cannot tell blames nobody */
    { .path = DESKTOP (DISPLAY ("vmwgfx", "false")) },
    { .path = DESKTOP (DISPLAY ("vmwgfx", "null")) },
    "card0", "mks.enable3d", 0 },
  { "no-3d", "hyperv",
    { .path = DESKTOP (DISPLAY ("hyperv_drm", "false")) },
    { .path = "host/devices", "[" DISPLAY ("hyperv_drm", "false") "]" },
    "card0", "Discrete Device Assignment", 0 },
  { "no-3d", "qemu",
    { .path = DESKTOP (DISPLAY ("bochs-drm", "false")) },
    { .path = "host/desktop", .value = "\"graphical\"" },
    "card0", "-accel kvm", 0 },
  { "no-3d", "xen",
    { .path = DESKTOP (DISPLAY ("cirrus", "false")) },
    { .path = DESKTOP (DISPLAY ("cirrus", "true")) },
    "card0", "passed through", 0 },

  { "tools", "virtualbox",
    { .path = "host/modules", .value = "\"virtio_balloon\"" },
    { .path = "host/modules", .value = "\"vboxguest\"" },
    "0 of 2 guest modules loaded", "virtualbox-guest-utils", 0 },
};
/* clang-format on */

static VmmResult *
make_case (const char *vmm_id, const Case *what)
{
  float      row[VMM_N_CHANNELS];
  VmmResult *result = NULL;

  made_fill (row);
  for (guint i = 0; i < G_N_ELEMENTS (what->readings); i++)
    if (what->readings[i].value != 0)
      row[what->readings[i].channel] = what->readings[i].value == ABSENT
                                           ? vmm_absent (VMM_NOT_EXPOSED)
                                           : what->readings[i].value;
  gboolean is_wsl = strcmp (vmm_id, "wsl") == 0;
  result = made_result (is_wsl ? "hyperv" : vmm_id, NULL, row);
  if (is_wsl)
    made_set (&result, "host/container", "\"wsl\"");
  if (what->path)
    made_set (&result, what->path, what->value);
  if (what->desktop)
    made_set (&result, "host/desktop", what->desktop);
  if (what->cpus)
    made_set (&result, "host/cpus", what->cpus);
  if (what->cloud)
    made_change (&result, "host/cloud/id", what->cloud, "host/cloud/instance_type", what->instance,
                 NULL);
  return result;
}

static const VmmFinding *
find (const GPtrArray *findings, const char *id)
{
  for (guint i = 0; i < findings->len; i++) {
    const VmmFinding *finding = findings->pdata[i];
    if (strcmp (finding->id, id) == 0)
      return finding;
  }
  return NULL;
}

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

/* What is known of the machine alone, without a measured number, need have none. */
static gboolean
has_numbers (const char *id)
{
  guint             n;
  const VmmSymptom *symptoms = vmm_symptoms (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (symptoms[i].id, id) == 0)
      return symptoms[i].limits[0].statistic || symptoms[i].tells;
  return TRUE;
}

static void
test_raised (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (VmmResult) result = make_case (row->vmm_id, &row->raises);
  g_autoptr (GPtrArray) findings = vmm_advise (result);
  const VmmFinding *finding = find (findings, row->id);

  g_assert_nonnull (finding);
  g_autofree char *evidence = vmm_words_evidence (finding, VMM_ENGLISH);
  g_assert_nonnull (strstr (evidence, row->evidence));
  g_assert_nonnull (strstr (finding->remedy, row->remedy));
  g_assert_true (has_digit (evidence) || !has_numbers (row->id));
  if (!isnan (row->points))
    g_assert_cmpfloat_with_epsilon (finding->points, row->points, 1e-3);
}

static void
test_near_miss (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (VmmResult) result = make_case (row->vmm_id, &row->near_miss);
  g_autoptr (GPtrArray) findings = vmm_advise (result);

  g_assert_null (find (findings, row->id));
}

static void
test_clean (void)
{
  static const char *const vmms[] = { "none",   "virtualbox", "vmware",    "kvm", "qemu",
                                      "hyperv", "xen",        "parallels", "uml", "other" };

  for (guint i = 0; i < G_N_ELEMENTS (vmms); i++) {
    g_autoptr (VmmResult) result = made_clean (vmms[i], NULL);
    g_autoptr (GPtrArray) findings = vmm_advise (result);
    g_assert_cmpuint (findings->len, ==, 0);
  }
}

/* A run without probes and network has no numbers, so it has no findings. */
static void
test_no_numbers (void)
{
  static const char *const vmms[] = { "none", "virtualbox", "vmware", "kvm", "qemu", "hyperv" };
  float                    row[VMM_N_CHANNELS];

  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    row[c] = vmm_absent (VMM_OFF);
  for (guint i = 0; i < G_N_ELEMENTS (vmms); i++) {
    g_autoptr (VmmResult) result = made_result (vmms[i], NULL, row);
    made_change (&result, "host/clocksource", "\"acpi_pm\"", "host/cpu_model",
                 "\"QEMU Virtual CPU version 2.5+\"", DRIVER ("disk", "ata_piix"), NULL);
    g_autoptr (GPtrArray) findings = vmm_advise (result);
    g_assert_cmpuint (findings->len, ==, 0);
  }
}

/* What the whole host lacks is no finding about a VMM that is not there. */
static void
test_bare_metal (void)
{
  float row[VMM_N_CHANNELS];

  made_fill (row);
  row[CH (PROBE_EXIT)] = 9;
  row[CH (PROBE_FAULT)] = 9;
  row[CH (PROBE_HALT)] = 900;
  row[CH (PROBE_SYNC)] = 30;
  row[CH (CPU_STOLEN)] = 40;
  g_autoptr (VmmResult) result = made_result ("none", NULL, row);
  g_autoptr (GPtrArray) findings = vmm_advise (result);
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_order (void)
{
  float row[VMM_N_CHANNELS];

  made_fill (row);
  row[CH (PROBE_FAULT)] = 16; /* which is not scored, and slows: */
  row[CH (PROBE_MAP)] = 5000; /* .20 * .70 of ln 10 */
  row[CH (PROBE_READ)] = 1400;
  row[CH (PROBE_SYNC)] = 3000; /* .20 * .20 of ln 20 */
  row[CH (CPU_STEAL)] = 50;    /* .50 of ln 2 */
  row[CH (MEMORY_BALLOON)] = 20;
  row[CH (CLOCK_LOST)] = 0;
  g_autoptr (VmmResult) result = made_result ("kvm", NULL, row);
  g_autoptr (GPtrArray) findings = vmm_advise (result);
  const char *const order[] = { "steal", "fault", "disk-slow", "balloon" };
  const VmmSureness sure[] = { VMM_SURE_CERTAIN, VMM_SURE_LIKELY, VMM_SURE_POSSIBLE,
                               VMM_SURE_CERTAIN };
  double            total = vmm_result_get_score (result)->total.value;
  const double      gains[] = { .50 * log (2), .14 * log (10), .04 * log (20), 0 };

  g_assert_cmpuint (findings->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    const VmmFinding *finding = findings->pdata[i];
    g_assert_cmpstr (finding->id, ==, order[i]);
    g_assert_cmpint (finding->sureness, ==, sure[i]);
    g_assert_cmpfloat_with_epsilon (finding->points, total * expm1 (gains[i]), 1e-3);
  }
}

/* Weights count among what is there: without network and disk the CPU's is greater. */
static void
test_shares (void)
{
  float row[VMM_N_CHANNELS];

  made_fill (row);
  row[CH (PROBE_FILES)] = row[CH (PROBE_STREAMREAD)] = row[CH (PROBE_SYNC)] =
      vmm_absent (VMM_NOT_EXPOSED);
  row[CH (NETWORK_RTT)] = row[CH (NETWORK_JITTER)] = vmm_absent (VMM_NOT_EXPOSED);
  row[CH (CPU_STEAL)] = 50;
  g_autoptr (VmmResult) result = made_result ("kvm", NULL, row);
  g_autoptr (GPtrArray) findings = vmm_advise (result);
  const VmmFinding *steal = find (findings, "steal");

  g_assert_cmpfloat_with_epsilon (steal->points, 100 * expm1 (.50 / .70 * log (2)), 1e-3);
}

/* An invalid window has findings, and no points that they could be worth. */
static void
test_invalid (void)
{
  const Case stopped = { { { CH (CLOCK_LOST), 5000 }, { CH (CPU_STEAL), 50 } } };
  g_autoptr (VmmResult) result = make_case ("kvm", &stopped);
  g_autoptr (GPtrArray) findings = vmm_advise (result);

  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_true (isnan (find (findings, "pause")->points));
  g_assert_true (isnan (find (findings, "steal")->points));
}

/* ---- The tables */

static const VmmSymptom *
find_symptom (const char *id)
{
  guint             n;
  const VmmSymptom *symptoms = vmm_symptoms (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (symptoms[i].id, id) == 0)
      return &symptoms[i];
  g_error ("no symptom %s", id);
}

static const VmmRemedy *
find_remedy (const char *symptom)
{
  const VmmRemedy *remedy;

  for (guint i = 0; (remedy = vmm_remedy (i)); i++)
    if (strcmp (remedy->symptom, symptom) == 0)
      return remedy;
  g_error ("no remedy for %s", symptom);
}

static const VmmScoreRow *
find_probe (const char *name)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n);

  for (guint i = 0; i < n; i++)
    if (strcmp (table[i].name, name) == 0)
      return &table[i];
  g_error ("no probe %s", name);
}

static const char *
get_vmm (const VmmRemedy *remedy)
{
  return remedy->vmm_id ? remedy->vmm_id : "parallels";
}

/* A reading that is beyond the limit by a hundredth, or misses it by as much. */
static void
set_reading (Case *what, guint i, const VmmLimit *limit, gboolean beyond)
{
  double number = limit->threshold * (beyond == (limit->relation == VMM_BELOW) ? 1 / 1.01 : 1.01);
  g_auto (GStrv) probes = g_strsplit (limit->probes ? limit->probes : "", " ", -1);
  const VmmScoreRow *probe = probes[0] ? find_probe (probes[0]) : NULL;

  if (limit->statistic == VMM_RATIO)
    number = probe->more_is_better ? number * probe->reference : probe->reference / number;
  if (limit->statistic == VMM_QUOTIENT) {
    what->readings[VMM_MAX_LIMITS + i].channel = find_probe (probes[1])->channel;
    what->readings[VMM_MAX_LIMITS + i].value = 1;
  }
  what->readings[i].channel = probe ? probe->channel : limit->channel;
  what->readings[i].value = (float) number;
}

/* All of the symptom's limits are met but one; `missed` = VMM_MAX_LIMITS: all of them. */
static Case
make_limits (const VmmSymptom *symptom, guint missed)
{
  static const char *const kinds[] = {
    [VMM_TARGET_GATEWAY] = "\"gateway\"", [VMM_TARGET_GIVEN] = "\"given\""
  };
  Case what = { .path = symptom->target ? "window/ping/kind" : NULL,
                .value = kinds[symptom->target] };

  for (guint i = 0; i < VMM_MAX_LIMITS && symptom->limits[i].statistic; i++)
    set_reading (&what, i, &symptom->limits[i], i != missed);
  return what;
}

/* The symptom's first row above; where limits are all there is to it, none is needed. */
static Row
get_row (const VmmSymptom *symptom)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].id, symptom->id) == 0)
      return rows[i];
  if (symptom->find || symptom->driven)
    g_error ("no case for %s, which is more than limits", symptom->id);
  return (Row){ .id = symptom->id,
                .raises = make_limits (symptom, VMM_MAX_LIMITS),
                .near_miss = make_limits (symptom, 0) };
}

static void
assert_found (const char *id, const char *vmm_id, const Case *what, const char *remedy)
{
  g_autoptr (VmmResult) result = make_case (vmm_id, what);
  g_autoptr (GPtrArray) findings = vmm_advise (result);
  const VmmFinding *finding = find (findings, id);

  g_assert_cmpstr (finding ? finding->remedy : NULL, ==, remedy);
  g_assert_true (!finding || (*finding->cause && *finding->source));
}

/* Every limit counts, and is where the table says. */
static void
test_limits (void)
{
  guint             n;
  const VmmSymptom *symptoms = vmm_symptoms (&n);

  for (guint i = 0; i < n; i++) {
    const VmmRemedy *remedy = find_remedy (symptoms[i].id);
    Case             all = make_limits (&symptoms[i], VMM_MAX_LIMITS);
    if (symptoms[i].find || symptoms[i].driven) /* the cases above are about those */
      continue;
    g_assert_cmpint (symptoms[i].limits[0].statistic, !=, VMM_NO_NUMBER);
    assert_found (symptoms[i].id, get_vmm (remedy), &all, remedy->remedy);
    for (guint k = 0; k < VMM_MAX_LIMITS && symptoms[i].limits[k].statistic; k++) {
      Case but_one = make_limits (&symptoms[i], k);
      assert_found (symptoms[i].id, get_vmm (remedy), &but_one, NULL);
    }
  }
}

/* What a symptom names is there, and where it is said to be none it is none. */
static void
test_symptoms (void)
{
  guint             n;
  const VmmSymptom *symptoms = vmm_symptoms (&n);

  for (guint i = 0; i < n; i++) {
    const VmmSymptom *symptom = &symptoms[i];
    Row               row = get_row (symptom);
    g_autofree char  *probes =
        g_strjoin (" ", symptom->tells ? symptom->tells : "stolen", symptom->slows, NULL);
    g_auto (GStrv) names = g_strsplit (probes, " ", -1);
    g_auto (GStrv) others = g_strsplit (symptom->better ? symptom->better : "", " ", -1);
    g_auto (GStrv) vmms = g_strsplit (symptom->not_under ? symptom->not_under : "", " ", -1);
    g_assert_true (find_symptom (symptom->id) == symptom);
    for (guint k = 0; names[k]; k++)
      find_probe (names[k]);
    for (guint k = 0; others[k]; k++)
      find_symptom (others[k]);
    for (guint k = 0; vmms[k]; k++) {
      g_assert_nonnull (vmm_host_vmm_name (vmms[k]));
      assert_found (symptom->id, vmms[k], &row.raises, NULL);
    }
  }
}

static char *
set_driver (const char *devices, const char *driver)
{
  g_autoptr (GRegex) old = g_regex_new ("(\"driver\": \")[^\"]*", 0, 0, NULL);
  g_autofree char *new = g_strconcat ("\\g<1>", driver, NULL);

  return g_regex_replace (old, devices, -1, 0, new, 0, NULL);
}

/* Every remedy is of a symptom; what raises that, by each of the drivers, is told with it under its
 * VMM, and the near miss is not. */
static void
test_remedies (void)
{
  const VmmRemedy *remedy;

  for (guint i = 0; (remedy = vmm_remedy (i)); i++) {
    Row      row = get_row (find_symptom (remedy->symptom));
    gboolean driven = find_symptom (remedy->symptom)->driven != NULL;
    g_auto (GStrv) drivers = g_strsplit (driven ? remedy->drivers : "", " ", -1);
    g_assert_true (vmm_host_vmm_name (get_vmm (remedy)) || strcmp (get_vmm (remedy), "wsl") == 0);
    assert_found (row.id, get_vmm (remedy), &row.near_miss, NULL);
    if (!driven)
      assert_found (row.id, get_vmm (remedy), &row.raises, remedy->remedy);
    for (guint d = 0; drivers[d]; d++) {
      Case             raises = row.raises;
      g_autofree char *devices = set_driver (row.raises.value, drivers[d]);
      raises.value = devices;
      assert_found (row.id, get_vmm (remedy), &raises, remedy->remedy);
    }
  }
}

/* Those that change nothing which lasts: to wait, to measure again or otherwise, to look. */
static gboolean
is_without_change (const VmmRemedy *remedy)
{
  static const char *const symptoms[] = { "migrated",    "pause",  "cloud-event",
                                          "clock-moved", "target", NULL };
  static const char *const some[] = { "early-sync", "loss", "jitter", NULL }; /* of no one VMM */

  return g_strv_contains (symptoms, remedy->symptom) ||
         (!remedy->vmm_id && g_strv_contains (some, remedy->symptom)) ||
         (strcmp (remedy->symptom, "way") == 0 && g_strcmp0 (remedy->vmm_id, "none") == 0);
}

/* Whatever is to be changed is told how to be changed back, below the remedy. */
static void
test_undo (void)
{
  const Case       bad = { { { CH (PROBE_FAULT), 16 }, { CH (PROBE_MAP), 5000 } } };
  const VmmRemedy *remedy;
  const char      *heading;

  for (guint i = 0; (remedy = vmm_remedy (i)); i++)
    g_assert_cmpint (remedy->undo == NULL, ==, is_without_change (remedy));
  g_autoptr (VmmResult) result = make_case ("virtualbox", &bad);
  g_autoptr (GPtrArray) findings = vmm_advise (result);
  VmmFinding      *finding = findings->pdata[0];
  g_autofree char *undo = vmm_words_finding_part (finding, VMM_FINDING_UNDO, &heading);
  g_assert_cmpstr (heading, ==, "undo");
  g_assert_nonnull (strstr (undo, "--largepages off"));
  finding->undo = NULL;
  g_assert_null (vmm_words_finding_part (finding, VMM_FINDING_UNDO, &heading));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *raised =
        g_strdup_printf ("/advice/%s/%s/raised/%u", rows[i].id, rows[i].vmm_id, i);
    g_autofree char *missed =
        g_strdup_printf ("/advice/%s/%s/near-miss/%u", rows[i].id, rows[i].vmm_id, i);
    g_test_add_data_func (raised, &rows[i], test_raised);
    g_test_add_data_func (missed, &rows[i], test_near_miss);
  }
  g_test_add_func ("/advice/clean", test_clean);
  g_test_add_func ("/advice/no-numbers", test_no_numbers);
  g_test_add_func ("/advice/bare-metal", test_bare_metal);
  g_test_add_func ("/advice/order", test_order);
  g_test_add_func ("/advice/shares", test_shares);
  g_test_add_func ("/advice/invalid", test_invalid);
  g_test_add_func ("/advice/limits", test_limits);
  g_test_add_func ("/advice/symptoms", test_symptoms);
  g_test_add_func ("/advice/remedies", test_remedies);
  g_test_add_func ("/advice/undo", test_undo);
  return g_test_run ();
}
