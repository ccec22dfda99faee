/* SPDX-License-Identifier: MIT */
/* host: which machine this is and which VMM serves it, with the evidence.
 *
 * Read once from ROOT/proc, ROOT/sys, for a container also ROOT/run, ROOT/.flatpak-info and ROOT/.dockerenv, in a cloud
 * ROOT/run/cloud-init and ROOT/var/lib/hyperv, of sessions ROOT/run/systemd, and, on x86 with the real root, the CPUID instruction;
 * under another root from ROOT/cpuid (first line: the 12-character hypervisor signature; an optional
 * second line: EAX of leaf 0x40000001 in hexadecimal; then "LEAF EAX EBX ECX EDX" for any other leaf;
 * no file: no hypervisor bit). Immutable and reference counted once made; any thread. Strings are
 * valid UTF-8 of at most 256 bytes, never NULL unless said so. */
#pragma once

#include <glib.h>

#include "vmm/cause.h"
#include "vmm/language.h"
#include "vmm/member.h"

typedef enum {
  VMM_STEAL_UNKNOWN,      /* cannot be told: the number is shown, 0 proves nothing */
  VMM_STEAL_REPORTED,     /* the VMM says that it reports steal: 0 means 0 */
  VMM_STEAL_NOT_REPORTED, /* this VMM never does: the column is not a measurement */
} VmmSteal;

/* Whether a display draws in 3D by hardware, in the guest or behind it. */
typedef enum { VMM_3D_UNKNOWN, VMM_3D_YES, VMM_3D_NO } VmmAcceleration;

/* A block device, network interface or display, and who drives it. */
typedef struct {
  const char *name;   /* "vda", "eth0", "card0", of a display without a card "0000:01:00.0" */
  const char *kind;   /* "disk", "network", "display" */
  const char *driver; /* "virtio_blk", "e1000"; "" = unknown */
  /* "paravirtual", "emulated", "physical", "unknown"; of a display that is part of a physical GPU:
   * "virtual function" (by SR-IOV), "vGPU" (by NVIDIA's driver on the host), "MIG" (it is cut itself) */
  const char     *nature;
  const char     *model; /* "Amazon Elastic Block Store", "NVIDIA L4"; "" = unknown */
  VmmAcceleration acceleration;
  guint           queues;              /* of a disk, to the VMM; 0 = unknown */
  const char     *acceleration_reason; /* one sentence: how we know; "" = is no display */
} VmmDevice;

typedef struct {
  /* VMM: none virtualbox vmware kvm qemu hyperv xen parallels bhyve apple uml openbsd-vmm acrn qnx
   * lkvm other (there is one) unknown (nothing tells whether there is one) */
  const char        *vmm_id;
  const char        *vmm_name;    /* "Oracle VirtualBox" */
  const char        *vmm_version; /* "" where it cannot be read */
  const char        *interface;   /* "" or another VMM's interface that it exposes: "KVM" */
  const char *const *evidence;    /* NULL-terminated: "DMI sys_vendor: innotek GmbH", ... */

  const char *
      cloud_id; /* none aws azure gcp alibaba oracle digitalocean openstack nutanix hetzner other */

  /* Of a cloud, as far as it shows without asking; "" = unknown. No account, instance or name. */
  const char *instance_type; /* "t3.medium", "Standard_D2s_v3" */
  const char *region;        /* "eu-central-1" */
  const char *zone;          /* "eu-central-1a"; Azure: "1" */
  const char *lifecycle;     /* "on-demand", "spot" */
  const char *host_hint;     /* a hash of the physical host's name: another one = another host */

  /* Of its metadata service, where that was asked. "" = nothing is announced, or known to be; no time. */
  const char *
      event; /* "end", "stop", "hibernation", "restart", "maintenance", "pause", "move"; "risk" of one */
  const char *event_time;   /* not before then, as the cloud writes it: "2026-11-28T15:04:05Z" */
  const char *asked_reason; /* why it did not say all: a sentence; "" = it did, or was not asked */
  VmmCause    asked_cause;

  const char
      *machine_id; /* 32 digits: a hash of its machine-id, the same in all its results; "" = none */
  const char *seccomp;   /* "off", "on": a filter looks at each system call of ours; "" = unknown */
  const char *container; /* "none", "docker", "podman", "lxc", "systemd-nspawn", "wsl", "flatpak",
                             "other" */

  const char *desktop; /* "graphical", "none": whether somebody works at one here; "" = unknown */

  /* The file system of the host's folder that the working directory or the home is in: "vboxsf"; "" =
   * in none, or unknown. The folder is not told. */
  const char *folder;
  const char
      *tools; /* VMware's: "open-vm-tools", "bundled", "none"; "" = unknown, or another VMM */

  const char *cpu_model;
  guint       cpus;         /* online; 0 = unknown */
  guint64     memory_bytes; /* MemTotal; 0 = unknown */
  const char *kernel;       /* "6.1.0-56-amd64" */
  const char *clocksource;  /* "kvm-clock", "tsc", "acpi_pm"; "" = unknown */
  const char *mitigations;  /* "on", "off" or "" = unknown */
  const char *cpu_flags;    /* the flags line of cpuinfo, for advice; may be long (4096 bytes) */
  const char *modules;      /* space separated guest modules found: "vboxguest virtio_balloon" */

  VmmSteal         steal;
  VmmCause         steal_cause;  /* why it is not reported, or not known to be */
  const char      *steal_reason; /* one sentence: how we know */
  const VmmDevice *devices;
  guint            n_devices;
} VmmHost;

/* What is known of one member of VmmHost, in the order of documents. What holds for every fact
 * (copies, documents, comparisons, figures for other programs) is done by this table, and a new fact
 * is a row of it: see src/README.md. */
typedef struct {
  const char *group; /* the object of a document's `host` that it is in; NULL = `host` itself */
  VmmMember   member;
  guint       rank;  /* among what is compared, from 1, without gaps; 0 = is not compared */
  const char *title; /* N_(): there; NULL = is not compared */
  const char
      *heading;      /* N_(): on the page of a machine; NULL = not there, or in words of its own */
  const char *label; /* of figures for other programs; NULL = none */
} VmmHostFact;

/* Static storage. */
const VmmHostFact *vmm_host_facts (guint *ret_n);

/* The text of a text or word, the figure of a count or size ("4096 MiB"), the devices by their drivers
 * ("2 virtio_blk, 1 virtio_net"); "" where it is not known and for all other kinds. Free with
 * g_free(). */
char *vmm_host_say (const VmmHost *host, const VmmHostFact *fact, VmmLanguage language);

/* Reads the machine under `root` ("/" = this one). Never fails: what cannot be read stays empty,
 * and its loss is a line of the evidence. */
VmmHost *vmm_host_new (const char *root);

/* A deep copy of the `fields` given, for a host that was read from a result file. */
VmmHost *vmm_host_copy (const VmmHost *fields);

VmmHost *vmm_host_ref (VmmHost *host);
void     vmm_host_unref (VmmHost *host);

/* The display name of a VMM id or cloud id ("virtualbox" -> "Oracle VirtualBox"), or NULL when no
 * row of the table has it. Static storage. */
const char *vmm_host_vmm_name (const char *vmm_id);
const char *vmm_host_cloud_name (const char *cloud_id);

/* "reported", "not reported", "unknown". Static storage. */
const char *vmm_steal_id (VmmSteal steal);

/* The host hint as it is now, "" = unknown: another one than before means that the machine was moved.
 * Free with g_free(). */
char *vmm_host_read_hint (const char *root);

/* What the metadata service of the cloud says that the firmware under `root` names: a copy of `host` with
 * it. It sends up to ten questions to that one address, waits 2 s at most, and so is for a thread that may
 * wait. With `events`, also what is announced: vmm_host_events_warning() says what this switches on there,
 * N_(); NULL = nothing. With `ret_sign`, also what vmm_host_ask_sign() asks. Under another root than "/"
 * nothing is sent. */
VmmHost *vmm_host_ask_cloud (const VmmHost *host, const char *root, gboolean events,
                             char **ret_sign);

/* What the service has changed after a move of the machine to another host; NULL where there is no such
 * thing, or no answer. Nothing else is to be read from it. Two questions at most. Free with g_free(). */
char       *vmm_host_ask_sign (const VmmHost *host, const char *root);
const char *vmm_host_cloud_address (const char *root); /* in figures, IPv4; NULL = none; static */
const char *vmm_host_events_warning (const char *cloud_id);

/* One line for a title, in the user's language: "Oracle VirtualBox · 2 CPUs · 4 GiB · Linux 6.1". Free
 * with g_free(). */
char *vmm_host_summary (const VmmHost *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmHost, vmm_host_unref)
