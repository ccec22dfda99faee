/* SPDX-License-Identifier: MIT */
/* remedies: what to do about each symptom under each VMM. */
#include "advice_private.h"

#include <glib/gi18n-lib.h>

#define VIRTUALBOX_MANUAL "Oracle VirtualBox User Manual"
#define REDHAT_TUNING "Red Hat Enterprise Linux, Virtualization Tuning and Optimization Guide"
#define XEN_SPECTRUM "wiki.xenproject.org, Understanding the Virtualization Spectrum"
#define XEN_TUNING "wiki.xenproject.org, Tuning Xen for Performance"
#define POWERCFG "Microsoft, Powercfg command-line options (/powerthrottling)"
#define QEMU_MODELS "qemu-cpu-models(7)"
#define WSL_CONFIG "Microsoft, Advanced settings configuration in WSL"
#define CREDENTIAL_GUARD "Microsoft, Configure Credential Guard"

/* clang-format off */
static const VmmRemedy remedies[] = {
  { "migrated", NULL, NULL,
    N_ ("the cloud or the host's administrator moved the VM while it ran; the measurement is of two hosts"),
    N_ ("measure again; where it happens often, ask for a dedicated host or a maintenance window"),
    "Microsoft, Maintenance for virtual machines in Azure" },

  { "pause", NULL, NULL,
    N_ ("the VM was paused, saved, migrated or snapshotted, or its host slept"),
    N_ ("measure again while nobody moves the VM; keep snapshots and backups out of the measurement"),
    "Linux, Documentation/virt/kvm/x86/timekeeping" },

  { "cloud-event", NULL, NULL,
    N_ ("the cloud maintains its host, or takes it away"),
    N_ ("finish what must not be interrupted, or restart the guest yourself at a time that suits: it mostly begins "
        "on another host"),
    "Microsoft, Scheduled Events for Linux VMs" },

  { "clock-moved", "none", NULL,
    N_ ("somebody, or a time service that was far off, set the clock"),
    N_ ("let the time service settle (timedatectl, chronyc tracking), then measure again"),
    "chrony documentation, chronyc(1)" },
  { "clock-moved", "virtualbox", NULL,
    N_ ("the Guest Additions, a time service or somebody set the clock, as after a pause of the VM"),
    N_ ("let the clock settle (timedatectl), then measure again; one time service in the guest, not two"),
    VIRTUALBOX_MANUAL ", Tuning the Guest Additions Time Synchronization Parameters" },
  { "clock-moved", "vmware", NULL,
    N_ ("VMware Tools, a time service or somebody set the clock, as after a pause of the VM"),
    N_ ("let the clock settle (timedatectl), then measure again; one time service in the guest, not two (vmware-toolbox-cmd timesync status)"),
    "VMware, Timekeeping in VMware Virtual Machines" },
  { "clock-moved", NULL, NULL,
    N_ ("a time service, the VMM or somebody set the clock, as after a pause of the VM"),
    N_ ("let the clock settle (timedatectl), then measure again; one time service in the guest, not two"),
    "Linux, Documentation/virt/kvm/x86/timekeeping" },

  { "emulation", "qemu", NULL,
    N_ ("QEMU translates every instruction (TCG): hardware virtualisation is not in use"),
    N_ ("start QEMU with -accel kvm (libvirt: domain type='kvm'); the host needs /dev/kvm, and VT-x or AMD-V switched on in its firmware"),
    "QEMU documentation, Introduction: Virtualisation Accelerators" },

  { "vmm-version", "virtualbox", NULL,
    N_ ("others measured this version against the one before, and it was worse"),
    N_ ("the newest VirtualBox, or the newest 7.1 where that is no better, with Guest Additions of the same version. The price: an older version may not open a VM that a newer one has saved; keep a copy of it"),
    "VirtualBox issues 315, 345, 356, 370, 523, 621, 690, 789 and 799" },

  { "exit", "virtualbox", NULL,
    N_ ("the Windows host runs a hypervisor below VirtualBox (a green turtle in the status bar): Hyper-V, WSL 2, or virtualisation-based security, which Memory Integrity, Credential Guard and KeyGuard keep running when Hyper-V is off; or VirtualBox runs in a VM itself"),
    N_ ("on the host: bcdedit /set hypervisorlaunchtype off as administrator, and a restart. Where msinfo32 still says that virtualisation-based security is running: Memory Integrity off, in the registry 0 for EnableVirtualizationBasedSecurity (Control\\DeviceGuard), Enabled (there, Scenarios\\HypervisorEnforcedCodeIntegrity) and LsaCfgFlags (Control\\Lsa), and a restart; with a UEFI lock, Microsoft's way with SecConfig.efi. The price: no WSL 2, no Docker Desktop, no VMs of Hyper-V, and Windows protects its passwords and its kernel less: on a computer that is not yours, ask"),
    "VirtualBox source, NEMR3Native-win.cpp (native 0.8 us, on Hyper-V 9 to 30 us); VirtualBox issues 341 and 350; " CREDENTIAL_GUARD },
  { "exit", "vmware", NULL,
    N_ ("the Windows host runs a hypervisor below VMware: Hyper-V, WSL 2, or virtualisation-based security, which Memory Integrity, Credential Guard and KeyGuard keep running when Hyper-V is off; or VMware runs in a VM itself"),
    N_ ("first, in the VM's settings, Options, Advanced: Disable side channel mitigations. The price: guest and host may then read each other's memory by side channels. Else take the hypervisor off the host: bcdedit /set hypervisorlaunchtype off as administrator and a restart; where msinfo32 still says that virtualisation-based security is running, Memory Integrity off and in the registry 0 for EnableVirtualizationBasedSecurity (Control\\DeviceGuard) and LsaCfgFlags (Control\\Lsa). The price: no WSL 2, no Docker Desktop, and Windows protects its passwords and its kernel less"),
    "VMware knowledge base 79832; VMware Workstation, Host VBS Mode; " CREDENTIAL_GUARD },
  { "exit", "kvm", NULL,
    N_ ("KVM runs in a VM itself (nested): every exit passes two hypervisors"),
    N_ ("run the guest on a host that is no VM (a bare metal instance in a cloud)"),
    "Linux, Documentation/virt/kvm/x86/running-nested-guests" },
  { "exit", NULL, NULL,
    N_ ("the VMM runs in a VM itself (nested), or handles exits outside the kernel"),
    N_ ("run the guest on a host that is no VM"),
    "Linux, Documentation/virt/kvm/x86/running-nested-guests" },

  { "clock", "xen", NULL,
    N_ ("each look at the clock source \"xen\" is a system call"),
    N_ ("clocksource=tsc on the guest's kernel command line, where the host's TSC is steady: others measured a tenth of the time. The price: time may run wrong after a migration to a host with another TSC"),
    "QubesOS issue 7404; wiki.xenproject.org, Xen FAQ: Time" },
  { "clock", NULL, NULL,
    N_ ("each look at the clock is a system call, or leaves the guest"),
    N_ ("let the VMM offer its own clock or a steady TSC; /sys/devices/system/clocksource/clocksource0/ says which is used, and which there are"),
    "Linux, Documentation/virt/kvm/x86/timekeeping" },

  { "kvm-clock", "virtualbox", NULL,
    N_ ("VirtualBox's kvm-clock is unsteady on some hosts, mostly with Windows: time lags, and echoes come unevenly"),
    N_ ("no-kvmclock on the guest's kernel command line, with the KVM interface kept; the guest then uses the TSC. The price: time may run wrong after the VM was saved or moved"),
    "VirtualBox issue 580" },

  { "cpus", "wsl", NULL,
    N_ ("Windows has fewer cores free than WSL has CPUs: they take turns, or are the threads of one core"),
    N_ ("as many processors= in %USERPROFILE%\\.wslconfig as Windows has free cores, and wsl --shutdown; or less work in Windows"),
    WSL_CONFIG },
  { "cpus", "virtualbox", NULL,
    N_ ("the host has fewer cores free than the VM has CPUs: they take turns, or are the threads of one core"),
    N_ ("give the VM as many CPUs as the host has free cores (VM settings, System), or run fewer VMs at a time"),
    VIRTUALBOX_MANUAL ", Processor Tab" },
  { "cpus", NULL, NULL,
    N_ ("the host has fewer cores free than the VM has CPUs: they take turns, or are the threads of one core"),
    N_ ("give the VM as many CPUs as the host has free cores, or run fewer VMs at a time; pin its CPUs (libvirt: vcpupin)"),
    REDHAT_TUNING },

  { "cpu-kinds", "vmware", NULL,
    N_ ("the host has performance and efficiency cores, and runs some of the VM's CPUs on the slow ones"),
    N_ ("run VMware as administrator or exempt it from power throttling (powercfg /powerthrottling disable /path vmware-vmx.exe), or set the affinity of vmware-vmx.exe to the performance cores; other programs then share these"),
    POWERCFG },
  { "cpu-kinds", "virtualbox", NULL,
    N_ ("the host has performance and efficiency cores, and runs some of the VM's CPUs on the slow ones"),
    N_ ("exempt VirtualBox from power throttling (powercfg /powerthrottling disable /path VirtualBoxVM.exe), or set the affinity of VirtualBoxVM.exe to the performance cores; other programs then share these"),
    POWERCFG },
  { "cpu-kinds", NULL, NULL,
    N_ ("the host has fast and slow cores, or others use some of its cores, and the VM's CPUs are not on alike ones"),
    N_ ("pin the VM's CPUs to cores of one kind (libvirt: <vcpupin> in <cputune>; QEMU alone: taskset); the host then cannot move them out of others' way"),
    REDHAT_TUNING },

  { "syscall", "xen", NULL,
    N_ ("the guest is paravirtualised (PV): each of its system calls passes the hypervisor"),
    N_ ("run it as PVH or HVM (type = \"pvh\" in its configuration)"),
    XEN_SPECTRUM },
  { "syscall", "uml", NULL,
    N_ ("user-mode Linux has its host stop the program at each system call"),
    N_ ("where system calls count, run the guest under a VMM that uses the CPU's virtualisation"),
    "Linux, arch/um/kernel/skas" },

  { "pcid", "kvm", NULL,
    N_ ("the VM's CPU model hides PCID (process context identifiers), so each system call and each change of program loses the TLB"),
    N_ ("libvirt: <cpu mode='host-passthrough'/>, or <feature policy='require' name='pcid'/> in <cpu>; QEMU: -cpu MODEL,+pcid. The price: the VM moves only to hosts whose CPUs have it"),
    QEMU_MODELS },
  { "pcid", NULL, NULL,
    N_ ("the VMM hides PCID (process context identifiers) of the CPU, or the CPU has none, so each system call and each change of program loses the TLB"),
    N_ ("let the VMM show the host's CPU as it is; or a host whose CPU has PCID, or needs no such mitigation (AMD, Intel since 2019)"),
    QEMU_MODELS },

  { "seccomp", NULL, NULL,
    N_ ("a container or a unit has each system call of this program looked at; other programs may be served better"),
    N_ ("measure outside the container, or without its filter (docker run --security-opt seccomp=unconfined; no SystemCallFilter= in the unit), before you blame the VM"),
    "Linux, Documentation/userspace-api/seccomp_filter; systemd.exec(5)" },

  { "clocksource", "virtualbox", NULL,
    N_ ("no paravirtual clock is offered: every look at the clock leaves the guest"),
    N_ ("with the VM off: VBoxManage modifyvm NAME --paravirtprovider kvm; where time then lags, as on some Windows hosts, no-kvmclock on the guest's kernel command line as well"),
    VIRTUALBOX_MANUAL ", Paravirtualization Providers; VirtualBox issue 580" },
  { "clocksource", "kvm", NULL,
    N_ ("the guest does not use kvm-clock: every look at the clock leaves it"),
    N_ ("take clocksource= off the kernel command line; in libvirt do not switch the kvmclock timer off"),
    "Red Hat Enterprise Linux 6, Deployment Guide 22.7" },
  { "clocksource", "vmware", NULL,
    N_ ("the kernel does not trust the TSC: every look at the clock leaves the guest"),
    N_ ("take clocksource= and notsc off the kernel command line; newer virtual hardware for the VM"),
    "VMware, Timekeeping in VMware Virtual Machines" },
  { "clocksource", NULL, NULL,
    N_ ("the kernel does not use the TSC or the VMM's own clock: every look at the clock is slow"),
    N_ ("take clocksource= and notsc off the kernel command line; the kernel log (\"clocksource\") says why the TSC was given up"),
    "Linux, Documentation/virt/kvm/x86/timekeeping" },

  { "wake", "kvm", NULL,
    N_ ("an idle virtual CPU is halted, and the host takes its time to run it again"),
    N_ ("in the guest: modprobe cpuidle_haltpoll force=1 (costs the host some CPU); on the host: the performance governor"),
    "Linux, Documentation/virt/guest-halt-polling" },
  { "wake", NULL, NULL,
    N_ ("an idle virtual CPU is given up, and the host takes its time to run it again"),
    N_ ("no more virtual CPUs than the host has free cores; the host's power plan at performance"),
    REDHAT_TUNING },

  { "cpu-model", "kvm", NULL,
    N_ ("the VM has QEMU's least common CPU model, not the host's"),
    N_ ("libvirt: <cpu mode='host-passthrough'/>; QEMU: -cpu host (where the VM need not move to other hosts)"),
    QEMU_MODELS },

  { "steal", "xen", NULL,
    N_ ("more virtual CPUs want to run than the host has, dom0's among them, or the VM has used up its share"),
    N_ ("dom0_max_vcpus and dom0_vcpus_pin on Xen's command line; fewer or pinned virtual CPUs on that host"),
    XEN_TUNING },
  { "steal", NULL, NULL,
    N_ ("more virtual CPUs want to run than the host has, or the VM has used up its share"),
    N_ ("fewer or pinned virtual CPUs on that host, or another host; in a cloud another instance family (burstable ones fall back to a baseline when their credits are spent)"),
    "Amazon EC2 User Guide, Burstable performance instances; Linux, Documentation/virt/kvm/x86/msr" },

  { "burstable", NULL, NULL,
    N_ ("the type has a share of a CPU as its baseline; the credits to go beyond it are used up, or other guests take the rest"),
    N_ ("look at the credits (AWS: CPUCreditBalance, Azure: CPU Credits Remaining); AWS: unlimited mode; else a type with whole CPUs"),
    "Amazon EC2 User Guide, Burstable performance instances" },

  { "stolen", "wsl", NULL,
    N_ ("Windows and its programs need the CPUs, and WSL is not told"),
    N_ ("stop what else is busy in Windows; no more processors= in %USERPROFILE%\\.wslconfig than Windows has free cores"),
    WSL_CONFIG },
  { "stolen", "virtualbox", NULL,
    N_ ("the host is busy; VirtualBox never reports that as steal"),
    N_ ("give the VM fewer virtual CPUs than the host has free cores; stop what else is busy on the host"),
    "VirtualBox source, GIMKvm.cpp (no steal time)" },
  { "stolen", "vmware", NULL,
    N_ ("the host is busy; VMware reports that as steal only where it is told to"),
    N_ ("give the VM fewer virtual CPUs than the host has free cores; stealclock.enable = \"TRUE\" in the .vmx file shows VMware's own figure"),
    "OpenShift documentation, Installing on vSphere" },
  { "stolen", NULL, NULL,
    N_ ("the host is busy, or is a VM whose own host is"),
    N_ ("give the VM fewer virtual CPUs than the host has free cores; stop what else is busy on the host"),
    "Linux, Documentation/trace/osnoise-tracer" },

  { "fault", "virtualbox", NULL,
    N_ ("nested paging or large pages are off for this VM"),
    N_ ("with the VM off: VBoxManage modifyvm NAME --nestedpaging on --largepages on"),
    VIRTUALBOX_MANUAL ", Nested Paging and VPIDs; VirtualBox source, NEMR3Native-win.cpp" },
  { "fault", "vmware", NULL,
    N_ ("VMware keeps the guest's memory in a file of the host, or gives parts of it back; or nested paging is off"),
    N_ ("on the host prefvmx.minVmMemPct = \"100\" (/etc/vmware/config; Windows: config.ini) and in the .vmx file mainMem.useNamedFile = \"FALSE\". The price: the host keeps the VM's whole memory for it"),
    "nixpkgs issue 327472; VMware, Performance Best Practices for VMware Workstation" },
  { "fault", "kvm", NULL,
    N_ ("the host backs the guest with single 4 KiB pages, or EPT or NPT is off"),
    N_ ("libvirt: <memoryBacking><hugepages/></memoryBacking>; on the host /sys/module/kvm_intel/parameters/ept (kvm_amd: npt) must say Y"),
    "Red Hat Enterprise Linux 6, Virtualization Administration Guide 20.6" },
  { "fault", "xen", NULL,
    N_ ("the guest is paravirtualised (PV), or runs without nested paging"),
    N_ ("run it as PVH or HVM (type = \"pvh\" in its configuration) with hap = 1"),
    XEN_TUNING },
  { "fault", "uml", NULL,
    N_ ("user-mode Linux handles each page fault with a signal and system calls of its host"),
    N_ ("where memory speed counts, run the guest under a VMM with nested paging"),
    "Linux, Documentation/virt/uml/user_mode_linux_howto_v2" },
  { "fault", NULL, NULL,
    N_ ("nested paging is off, or the host backs the guest with small pages"),
    N_ ("switch nested paging (EPT, NPT) and large pages on for this VM"),
    REDHAT_TUNING },

  { "balloon", "vmware", NULL,
    N_ ("the host is short of memory and inflates the balloon in the guest"),
    N_ ("reserve the VM's memory, or run fewer VMs on the host; vmware-toolbox-cmd stat balloon shows VMware's own figure"),
    "VMware vSphere, Memory Balloon Driver" },
  { "balloon", "virtualbox", NULL,
    N_ ("a balloon was set for this VM"),
    N_ ("VBoxManage controlvm NAME guestmemoryballoon 0"),
    VIRTUALBOX_MANUAL ", Memory Ballooning" },
  { "balloon", "kvm", NULL,
    N_ ("the VM's current memory is below its maximum, or the host reclaims it"),
    N_ ("virsh setmem NAME MAXIMUM --live, and <currentMemory> as large as <memory>"),
    "virsh(1), setmem" },
  { "balloon", "wsl", NULL,
    N_ ("WSL gives memory that is not used back to Windows"),
    N_ ("memory= in %USERPROFILE%\\.wslconfig, there also autoMemoryReclaim=disabled, and wsl --shutdown. The price: Windows has that much less"),
    WSL_CONFIG },
  { "balloon", "hyperv", NULL,
    N_ ("Dynamic Memory takes back what the guest does not use"),
    N_ ("with the VM off: Set-VMMemory NAME -DynamicMemoryEnabled $false"),
    "Microsoft, Set-VMMemory" },
  { "balloon", NULL, NULL,
    N_ ("the host is short of memory and inflates the balloon in the guest"),
    N_ ("give the VM a fixed size, or run fewer VMs on the host"),
    "Linux, drivers/virtio/virtio_balloon.c" },

  { "swapping", NULL, NULL,
    N_ ("the guest's own work needs more memory than the VM has"),
    N_ ("give the VM more memory, or do less in it"),
    "Linux, Documentation/accounting/psi" },
};
/* clang-format on */

const VmmRemedy *
vmm_remedy (guint i)
{
  const VmmRemedy *of_device = vmm_device_remedies;

  if (i < G_N_ELEMENTS (remedies))
    return &remedies[i];
  for (guint k = G_N_ELEMENTS (remedies); k < i && of_device->symptom; k++)
    of_device++;
  return of_device->symptom ? of_device : NULL;
}
