/* SPDX-License-Identifier: MIT */
/* cpuid_leaves: the hypervisor leaves of the CPUID instruction, or of a file that stands for it.
 *
 * The file: line 1 is the signature of leaf 0x40000000 (12 characters, trailing blanks may be
 * lost), line 2, optional, EAX of leaf 0x40000001; any further line is "LEAF EAX EBX ECX EDX".
 * Numbers are hexadecimal, with or without 0x. */
#pragma once

#include <glib.h>

#define CPUID_FIRST 0x40000000u
#define CPUID_STEP 0x100u /* a VMM that offers several interfaces puts the next one here */
#define CPUID_MAX_SIGNATURES 4
#define CPUID_MAX_LEAVES 64

/* Signatures that mean more than a name. QEMU, VirtualBox and Xen show Hyper-V's to please Windows
 * guests; VirtualBox and Parallels show KVM's to please Linux. */
#define CPUID_HYPERV "Microsoft Hv"
#define CPUID_KVM "KVMKVMKVM"
#define CPUID_TCG "TCGTCGTCGTCG"
#define CPUID_XEN "XenVMMXenVMM"

typedef struct {
  guint32 leaf, eax, ebx, ecx, edx;
} CpuidLeaf;

typedef struct {
  gboolean  has_hypervisor; /* CPUID.1:ECX[31], or the file is there */
  CpuidLeaf leaves[CPUID_MAX_LEAVES];
  guint     n_leaves;

  /* The interfaces, in the order of their leaves: base leaf and signature, without the zero bytes
   * and blanks at its end. */
  struct {
    guint32 base;
    char    signature[13];
  } interfaces[CPUID_MAX_SIGNATURES];
  guint n_interfaces;
} Cpuid;

/* This CPU's leaves when `root` is "/" on x86, else ROOT/cpuid. No file: no hypervisor bit. */
void cpuid_read (Cpuid *ret_cpuid, const char *root);

/* The same from the text of such a file. */
void cpuid_parse (Cpuid *ret_cpuid, const char *text);

/* A leaf that was read, or NULL. */
const CpuidLeaf *cpuid_find (const Cpuid *cpuid, guint32 leaf);

/* The base leaf of the interface with this signature, or 0. */
guint32 cpuid_find_base (const Cpuid *cpuid, const char *signature);
