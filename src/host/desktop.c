/* SPDX-License-Identifier: MIT */
/* desktop: whether somebody works at a desktop of this machine, as logind says of its sessions. */
#include "machine.h"

#include "vmm/procfs.h"

#include <string.h>

#define SESSIONS "run/systemd/sessions"
#define MAX_SESSIONS 256u

static const char *const kinds[] = { "TYPE=x11", "TYPE=wayland", "TYPE=mir" };

/* A session from afar is drawn elsewhere, and a login screen is nobody's. */
static gboolean
is_desktop (const Machine *machine, const char *name)
{
  g_autofree char *path = g_build_filename (SESSIONS, name, NULL);
  g_autofree char *text = vmm_procfs_read_text (machine->root, path, NULL);
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);
  gboolean is_drawn = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    is_drawn = is_drawn || g_strv_contains ((const char *const *) lines, kinds[i]);
  return is_drawn && g_strv_contains ((const char *const *) lines, "CLASS=user") &&
         !g_strv_contains ((const char *const *) lines, "REMOTE=1");
}

const char *
desktop_detect (const Machine *machine)
{
  g_autofree char *path = g_build_filename (machine->root, SESSIONS, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  for (guint i = 0; dir && i < MAX_SESSIONS && (name = g_dir_read_name (dir)); i++)
    if (is_desktop (machine, name))
      return "graphical";
  return dir ? "none" : "";
}
