/* SPDX-License-Identifier: MIT */
/* tools: which of VMware's tools a guest has. */
#include "machine.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PROGRAMS "usr/bin"
#define DAEMON "usr/bin/vmtoolsd"

/* What the tools that VMware bundles leave, and a distribution's open-vm-tools do not. */
static const char *const bundled[] = { "etc/vmware-tools/locations",
                                       "usr/bin/vmware-uninstall-tools.pl" };

static gboolean
exists (const Machine *machine, const char *path)
{
  g_autofree char *full = g_build_filename (machine->root, path, NULL);

  return g_file_test (full, G_FILE_TEST_EXISTS);
}

const char *
tools_detect (const Machine *machine, const char *vmm_id)
{
  if (strcmp (vmm_id, "vmware") != 0 || !exists (machine, PROGRAMS))
    return "";
  for (guint i = 0; i < G_N_ELEMENTS (bundled); i++)
    if (exists (machine, bundled[i]))
      return NC_ ("value", "bundled");
  return exists (machine, DAEMON) ? "open-vm-tools" : NC_ ("value", "none");
}
