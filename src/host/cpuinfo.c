/* SPDX-License-Identifier: MIT */
/* cpuinfo: the fields of proc/cpuinfo that say which processor this is. */
#include "cpuinfo.h"

#include "clean.h"
#include "vmm/procfs.h"

#include <string.h>

#define CPU_MAX 65536 /* above any kernel's NR_CPUS */

/* clang-format off */
static const struct {
  const char  *key;
  CpuinfoField field;
  gsize        max;
} keys[] = {
  { "vendor_id",       CPUINFO_VENDOR,      CLEAN_MAX },
  { "model name",      CPUINFO_MODEL,       CLEAN_MAX },
  { "flags",           CPUINFO_FLAGS,       CPUINFO_FLAGS_MAX },
  { "Features",        CPUINFO_FLAGS,       CPUINFO_FLAGS_MAX },
  { "CPU implementer", CPUINFO_IMPLEMENTER, CLEAN_MAX },
  { "CPU part",        CPUINFO_PART,        CLEAN_MAX },
  { "Model",           CPUINFO_BOARD,       CLEAN_MAX },
  { "Hardware",        CPUINFO_BOARD,       CLEAN_MAX },
};

/* MIDR_EL1: implementer and part, as in the kernel's arch/arm64/include/asm/cputype.h. No part:
 * any other of this implementer. */
static const struct {
  const char *implementer, *part, *name;
} arm_models[] = {
  { "0x41", "0xd03", "Arm Cortex-A53" },
  { "0x41", "0xd05", "Arm Cortex-A55" },
  { "0x41", "0xd07", "Arm Cortex-A57" },
  { "0x41", "0xd08", "Arm Cortex-A72" },
  { "0x41", "0xd09", "Arm Cortex-A73" },
  { "0x41", "0xd0a", "Arm Cortex-A75" },
  { "0x41", "0xd0b", "Arm Cortex-A76" },
  { "0x41", "0xd0c", "Arm Neoverse-N1" },
  { "0x41", "0xd40", "Arm Neoverse-V1" },
  { "0x41", "0xd41", "Arm Cortex-A78" },
  { "0x41", "0xd49", "Arm Neoverse-N2" },
  { "0x41", "0xd4f", "Arm Neoverse-V2" },
  { "0x41", NULL,    "Arm" },
  { "0x43", NULL,    "Cavium ThunderX" },
  { "0x46", NULL,    "Fujitsu A64FX" },
  { "0x48", NULL,    "HiSilicon Kunpeng" },
  { "0x4e", NULL,    "NVIDIA" },
  { "0x50", NULL,    "APM X-Gene" },
  { "0x51", NULL,    "Qualcomm" },
  { "0x61", NULL,    "Apple silicon" },
  { "0xc0", NULL,    "Ampere" },
};
/* clang-format on */

/* The part of `line` before the colon, without the blanks at its end. */
static gboolean
split_line (VmmProcText line, VmmProcText *ret_key, VmmProcText *ret_value)
{
  const char *colon = memchr (line.at, ':', (gsize) (line.end - line.at)), *end = colon;

  if (!colon)
    return FALSE;
  while (end > line.at && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  *ret_key = (VmmProcText){ line.at, end };
  *ret_value = (VmmProcText){ colon + 1, line.end };
  return TRUE;
}

static gboolean
is_key (VmmProcText key, const char *name)
{
  gsize length = strlen (name);

  return (gsize) (key.end - key.at) == length && memcmp (key.at, name, length) == 0;
}

void
cpuinfo_parse (Cpuinfo *ret_cpuinfo, const char *text, gsize length)
{
  VmmProcText rest = { text, text + length }, line, key, value;

  *ret_cpuinfo = (Cpuinfo){ 0 };
  while (vmm_procfs_next_line (&rest, &line)) {
    if (!split_line (line, &key, &value))
      continue;
    ret_cpuinfo->processors += is_key (key, "processor");
    for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
      char **kept = &ret_cpuinfo->values[keys[i].field];
      if (!*kept && is_key (key, keys[i].key))
        *kept = clean_text (value.at, (gsize) (value.end - value.at), keys[i].max);
    }
  }
}

void
cpuinfo_clear (Cpuinfo *cpuinfo)
{
  for (guint i = 0; i < CPUINFO_N_FIELDS; i++)
    g_clear_pointer (&cpuinfo->values[i], g_free);
}

gboolean
cpuinfo_is_x86 (const Cpuinfo *cpuinfo)
{
  return cpuinfo->values[CPUINFO_VENDOR] && !cpuinfo->values[CPUINFO_IMPLEMENTER];
}

gboolean
cpuinfo_has_flag (const Cpuinfo *cpuinfo, const char *flag)
{
  const char *flags = cpuinfo->values[CPUINFO_FLAGS];
  gsize       length = strlen (flag);

  for (const char *at = flags; at && (at = strstr (at, flag)); at += length)
    if ((at == flags || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

char *
cpuinfo_make_model (const Cpuinfo *cpuinfo)
{
  char *const *values = cpuinfo->values;

  if (values[CPUINFO_MODEL] && *values[CPUINFO_MODEL])
    return g_strdup (values[CPUINFO_MODEL]);
  for (guint i = 0; i < G_N_ELEMENTS (arm_models); i++)
    if (g_strcmp0 (values[CPUINFO_IMPLEMENTER], arm_models[i].implementer) == 0 &&
        (!arm_models[i].part || g_strcmp0 (values[CPUINFO_PART], arm_models[i].part) == 0))
      return g_strdup (arm_models[i].name);
  return g_strdup (values[CPUINFO_BOARD] ? values[CPUINFO_BOARD] : "");
}

/* "3" or "0-3". */
static gboolean
parse_range (const char *text, guint64 *ret_first, guint64 *ret_last)
{
  const char *end = text + strlen (text), *dash = strchr (text, '-');
  VmmProcText low = { text, dash ? dash : end }, high = { dash ? dash + 1 : text, end };

  return vmm_procfs_next_number (&low, ret_first) && low.at == low.end &&
         vmm_procfs_next_number (&high, ret_last) && high.at == high.end;
}

guint
cpuinfo_count_list (const char *list)
{
  g_auto (GStrv) ranges = g_strsplit (list, ",", -1);
  guint64 first, last, count = 0;

  for (guint i = 0; ranges[i]; i++) {
    if (!parse_range (ranges[i], &first, &last) || last < first || last >= CPU_MAX ||
        count > CPU_MAX)
      return 0;
    count += last - first + 1;
  }
  return count <= CPU_MAX ? (guint) count : 0;
}
