/* SPDX-License-Identifier: MIT */
/* fuzz_host: any bytes as proc/cpuinfo, as a CPUID file, as a list of CPUs, as firmware structures
 * and as a string to be shown. */
#include "clean.h"
#include "cpuid_leaves.h"
#include "cpuinfo.h"
#include "dmi.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_string (const char *string, gsize max)
{
  g_assert_cmpuint (strlen (string), <=, max);
  g_assert_true (g_utf8_validate (string, -1, NULL));
  for (const char *c = string; *c; c++)
    g_assert_false (g_ascii_iscntrl (*c));
}

static void
try_cpuinfo (const char *text, gsize size)
{
  Cpuinfo cpuinfo;

  cpuinfo_parse (&cpuinfo, text, size);
  g_autofree char *model = cpuinfo_make_model (&cpuinfo);
  check_string (model, CLEAN_MAX);
  for (guint i = 0; i < CPUINFO_N_FIELDS; i++)
    if (cpuinfo.values[i])
      check_string (cpuinfo.values[i], i == CPUINFO_FLAGS ? CPUINFO_FLAGS_MAX : CLEAN_MAX);
  cpuinfo_has_flag (&cpuinfo, "hypervisor");
  cpuinfo_clear (&cpuinfo);
}

static void
try_cpuid (const char *string)
{
  Cpuid cpuid;

  cpuid_parse (&cpuid, string);
  g_assert_cmpuint (cpuid.n_leaves, <=, CPUID_MAX_LEAVES);
  g_assert_cmpuint (cpuid.n_interfaces, <=, CPUID_MAX_SIGNATURES);
  for (guint i = 0; i < cpuid.n_interfaces; i++)
    check_string (cpuid.interfaces[i].signature, 12);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char      *text = (const char *) data;
  g_autofree char *string = g_strndup (text, size);
  g_autofree char *clean = clean_text (text, size, CLEAN_MAX);
  g_autofree char *oem = dmi_find_oem_string (text, size, "vboxVer_");

  check_string (clean, CLEAN_MAX);
  if (oem)
    check_string (oem, CLEAN_MAX);
  dmi_bios_is_virtual (text, size);
  cpuinfo_count_list (string);
  try_cpuid (string);
  try_cpuinfo (text, size);
  return 0;
}
