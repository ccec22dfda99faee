/* SPDX-License-Identifier: MIT */
/* machine: what was read of the machine, for the parts of the host that draw conclusions. */
#pragma once

#include "cpuid_leaves.h"
#include "cpuinfo.h"
#include "dmi.h"

#include "vmm/host.h"

typedef struct {
  const char *root;
  Cpuid       cpuid;
  Cpuinfo     cpuinfo;
  Dmi         dmi;
  char       *cmdline;  /* the kernel's, "" = unknown */
  char       *kernel;   /* its release, "" = unknown */
  GPtrArray  *evidence; /* of char *: appended to by whoever finds something */
} Machine;

/* Reads the fields above; a processor that cannot be read is the first line of the evidence. `root`
 * is borrowed. */
void machine_open (Machine *machine, const char *root);
void machine_close (Machine *machine);

/* Appends a line to the evidence. */
void machine_note (Machine *machine, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Appends "DMI FIELD: VALUE", once. */
void machine_note_dmi (Machine *machine, DmiField field);

/* The first line of a file, cleaned, "" when it cannot be read; g_free(). */
char *machine_read_line (const Machine *machine, const char *path);

/* The directory below ROOT/sys that `link` of DIRECTORY/NAME leads to ("" = that directory itself); NULL
 * when there is none, or when a link leads out of the root. g_free(). */
char *machine_resolve (const Machine *machine, const char *directory, const char *name,
                       const char *link);

/* Whether the kernel was booted with exactly this parameter. */
gboolean machine_has_parameter (const Machine *machine, const char *parameter);

/* ---- hypervisor: which VMM serves the machine. */
typedef struct {
  const char *id; /* as in vmm/host.h */
  char       *version;
  const char *interface;
  gboolean    is_privileged; /* Xen's dom0: a guest that drives the real devices */
} Hypervisor;

void hypervisor_detect (Machine *machine, Hypervisor *ret_hypervisor);

/* ---- vmm: its name as an interface ("KVM"; "" = none), static; its version where it can be read
 * without asking it, else "", g_free(). */
const char *vmm_interface_name (const char *vmm_id);
char       *vmm_read_version (Machine *machine, const char *vmm_id);

/* ---- cloud: whose machine it runs on. Static storage. */
const char *cloud_detect (Machine *machine);

/* ---- instance: which of the cloud's machines it is. What DMI does not call a cloud, cloud-init may.
 * instance_give() frees it and makes its facts the host's. */
typedef struct Instance Instance;

Instance *instance_new (Machine *machine, const char **cloud_id);
void      instance_give (Instance *instance, VmmHost *host);

/* ---- container: what wraps this process inside the machine. Static storage. */
const char *container_detect (Machine *machine);

/* ---- steal: whether the column of proc/stat is a measurement. */
VmmSteal steal_detect (Machine *machine, const char *vmm_id, VmmReason *ret_reason);

/* ---- machine_id: a hash of etc/machine-id; "" = it has none. g_free(). */
char *machine_hash_id (const Machine *machine);

/* ---- desktop: "graphical", "none"; "" = unknown. Static storage. */
const char *desktop_detect (const Machine *machine);

/* ---- folder: the file system of the host's folder that the working directory or the home is in, "" = in
 * none; g_free(). */
char *folder_detect (const Machine *machine);

/* ---- tools: those of VMware, as in vmm/host.h; "" for every other VMM. Static storage. */
const char *tools_detect (const Machine *machine, const char *vmm_id);

/* ---- devices: disks and network interfaces that have a driver, and displays; an array of VmmDevice that owns
 * its strings. In a guest, `is_guest`, a driver tells whether the device is emulated. */
GArray *devices_read (Machine *machine, gboolean is_guest);

/* The guest modules that are loaded or built in, space separated; g_free(). */
char *devices_list_modules (const Machine *machine);
