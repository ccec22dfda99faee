/* SPDX-License-Identifier: MIT */
/* cpuid_leaves: the hypervisor leaves of the CPUID instruction, or of a file that stands for it. */
#include "cpuid_leaves.h"

#include "vmm/procfs.h"

#include <string.h>
#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

/* Leaves kept of each interface: its signature, features and version. */
#define LEAVES_PER_BASE 3

static CpuidLeaf *
add_leaf (Cpuid *cpuid, guint32 leaf)
{
  for (guint i = 0; i < cpuid->n_leaves; i++)
    if (cpuid->leaves[i].leaf == leaf)
      return &cpuid->leaves[i];
  if (cpuid->n_leaves == CPUID_MAX_LEAVES)
    return NULL;
  cpuid->leaves[cpuid->n_leaves] = (CpuidLeaf){ .leaf = leaf };
  return &cpuid->leaves[cpuid->n_leaves++];
}

/* A signature is 12 printable characters, some of them zero at the end. */
static gboolean
read_signature (const CpuidLeaf *leaf, char *ret_signature)
{
  char text[13] = "";

  memcpy (text, &leaf->ebx, 4);
  memcpy (text + 4, &leaf->ecx, 4);
  memcpy (text + 8, &leaf->edx, 4);
  for (const char *c = text; *c; c++)
    if (!g_ascii_isprint (*c))
      return FALSE;
  g_strchomp (text);
  if (*text == '\0')
    return FALSE;
  memcpy (ret_signature, text, sizeof text);
  return TRUE;
}

static void
find_interfaces (Cpuid *cpuid)
{
  guint32 base = CPUID_FIRST;

  for (guint i = 0; i < CPUID_MAX_SIGNATURES; i++, base += CPUID_STEP) {
    const CpuidLeaf *leaf = cpuid_find (cpuid, base);
    guint            n = cpuid->n_interfaces;

    /* Some CPUs answer a leaf that they do not have with another one. */
    if (leaf && read_signature (leaf, cpuid->interfaces[n].signature) &&
        cpuid_find_base (cpuid, cpuid->interfaces[n].signature) == 0)
      cpuid->interfaces[cpuid->n_interfaces++].base = base;
  }
}

/* Hexadecimal, at most 32 bits. */
static gboolean
next_hex (const char **at, guint32 *ret_number)
{
  const char *digit = *at + strspn (*at, " \t");
  guint64     number = 0;

  if (digit[0] == '0' && (digit[1] == 'x' || digit[1] == 'X'))
    digit += 2;

  const char *first = digit;
  for (; g_ascii_isxdigit (*digit) && number <= G_MAXUINT32 >> 4; digit++)
    number = number << 4 | (guint64) g_ascii_xdigit_value (*digit);
  if (digit == first || g_ascii_isxdigit (*digit))
    return FALSE;
  *ret_number = (guint32) number;
  *at = digit;
  return TRUE;
}

static void
parse_leaf (Cpuid *cpuid, const char *line)
{
  CpuidLeaf read, *leaf;

  if (next_hex (&line, &read.leaf) && next_hex (&line, &read.eax) && next_hex (&line, &read.ebx) &&
      next_hex (&line, &read.ecx) && next_hex (&line, &read.edx) &&
      (leaf = add_leaf (cpuid, read.leaf)))
    *leaf = read;
}

void
cpuid_parse (Cpuid *ret_cpuid, const char *text)
{
  *ret_cpuid = (Cpuid){ .has_hypervisor = TRUE };

  const char *line = text;
  for (guint i = 0; *line; i++) {
    gsize length = strcspn (line, "\r\n");

    if (i == 0) {
      CpuidLeaf *leaf = add_leaf (ret_cpuid, CPUID_FIRST);
      char       signature[12] = "";
      memcpy (signature, line, MIN (length, sizeof signature));
      memcpy (&leaf->ebx, signature, 4);
      memcpy (&leaf->ecx, signature + 4, 4);
      memcpy (&leaf->edx, signature + 8, 4);
    } else if (i == 1) {
      const char *at = line;
      guint32     eax;
      if (next_hex (&at, &eax))
        add_leaf (ret_cpuid, CPUID_FIRST + 1)->eax = eax;
    } else {
      parse_leaf (ret_cpuid, line);
    }
    line += length;
    line += *line == '\r';
    line += *line == '\n';
  }
  find_interfaces (ret_cpuid);
}

#if defined(__x86_64__) || defined(__i386__)
static void
read_instruction (Cpuid *cpuid)
{
  guint32 eax, ebx, ecx, edx, base = CPUID_FIRST;

  /* Without the bit, these leaves answer with whatever the highest basic leaf holds. */
  if (!__get_cpuid (1, &eax, &ebx, &ecx, &edx) || !(ecx & 1u << 31))
    return;
  cpuid->has_hypervisor = TRUE;
  for (guint i = 0; i < CPUID_MAX_SIGNATURES; i++, base += CPUID_STEP)
    for (guint32 leaf = base; leaf < base + LEAVES_PER_BASE; leaf++) {
      CpuidLeaf *read = add_leaf (cpuid, leaf);
      __cpuid (leaf, read->eax, read->ebx, read->ecx, read->edx);
    }
  find_interfaces (cpuid);
}
#else
static void
read_instruction (Cpuid *cpuid)
{
  (void) cpuid;
}
#endif

void
cpuid_read (Cpuid *ret_cpuid, const char *root)
{
  *ret_cpuid = (Cpuid){ 0 };
  if (strcmp (root, "/") == 0) {
    read_instruction (ret_cpuid);
    return;
  }

  g_autofree char *text = vmm_procfs_read_text (root, "cpuid", NULL);
  if (text)
    cpuid_parse (ret_cpuid, text);
}

const CpuidLeaf *
cpuid_find (const Cpuid *cpuid, guint32 leaf)
{
  for (guint i = 0; i < cpuid->n_leaves; i++)
    if (cpuid->leaves[i].leaf == leaf)
      return &cpuid->leaves[i];
  return NULL;
}

guint32
cpuid_find_base (const Cpuid *cpuid, const char *signature)
{
  for (guint i = 0; i < cpuid->n_interfaces; i++)
    if (strcmp (cpuid->interfaces[i].signature, signature) == 0)
      return cpuid->interfaces[i].base;
  return 0;
}
