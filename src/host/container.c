/* SPDX-License-Identifier: MIT */
/* container: what wraps this process inside the machine. */
#include "machine.h"

#include "vmm/procfs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CONTAINER "container="

/* clang-format off */
/* What container managers call themselves in $container and in the files that repeat it. */
static const struct {
  const char *prefix, *id;
} managers[] = {
  { "docker",         "docker" },
  { "podman",         "podman" },
  { "lxc",            "lxc" },
  { "systemd-nspawn", "systemd-nspawn" },
  { "wsl",            "wsl" },
  { "flatpak",        "flatpak" },
};

/* Files that repeat $container. */
static const char *const manager_files[] = { "run/host/container-manager", "run/systemd/container" };

/* Files that the managers leave behind; Docker's also survives in a machine that boots from what
 * once was a container's image. */
static const struct {
  const char *path, *id;
  gboolean    survives;
} marks[] = {
  { ".flatpak-info",     "flatpak", FALSE },
  { "run/.containerenv", "podman", FALSE },
  { ".dockerenv",        "docker", TRUE },
};

/* Of the first namespaces, whose numbers the kernel fixes: include/linux/proc_ns.h. */
static const struct {
  const char *path, *first;
} namespaces[] = {
  { "proc/self/ns/pid",    "pid:[4026531836]" },
  { "proc/self/ns/cgroup", "cgroup:[4026531835]" },
};
/* clang-format on */

static gboolean
exists (const Machine *machine, const char *path)
{
  g_autofree char *full = g_build_filename (machine->root, path, NULL);

  return g_file_test (full, G_FILE_TEST_EXISTS);
}

static const char *
name_manager (const char *manager)
{
  for (guint i = 0; i < G_N_ELEMENTS (managers); i++)
    if (g_str_has_prefix (manager, managers[i].prefix))
      return managers[i].id;
  return NC_ ("value", "other");
}

static const char *
ask_kernel (Machine *machine)
{
  if (strstr (machine->kernel, "Microsoft") || strstr (machine->kernel, "WSL"))
    return "wsl";
  /* OpenVZ: proc/vz everywhere, proc/bc only outside of its containers. */
  return exists (machine, "proc/vz") && !exists (machine, "proc/bc") ? "other" : NULL;
}

static const char *
ask_manager_file (Machine *machine)
{
  for (guint i = 0; i < G_N_ELEMENTS (manager_files); i++) {
    g_autofree char *manager = machine_read_line (machine, manager_files[i]);
    if (*manager)
      return name_manager (manager);
  }
  return NULL;
}

/* $container of the first process; refused to most. */
static const char *
ask_environment (Machine *machine)
{
  const char *id = NULL;
  VmmProcFile file;

  vmm_procfs_init (&file, machine->root, "proc/1/environ");
  if (vmm_procfs_read (&file, NULL))
    for (const char *at = file.text, *end = at + file.length; at < end && !id;
         at += strlen (at) + 1)
      if (g_str_has_prefix (at, CONTAINER) && at[strlen (CONTAINER)] != '\0')
        id = name_manager (at + strlen (CONTAINER));
  vmm_procfs_clear (&file);
  return id;
}

/* Whether this process lives in a namespace that is not the first; `otherwise` if none can tell. */
static gboolean
has_own_namespace (const Machine *machine, gboolean otherwise)
{
  for (guint i = 0; i < G_N_ELEMENTS (namespaces); i++) {
    g_autofree char *full = g_build_filename (machine->root, namespaces[i].path, NULL);
    g_autofree char *link = g_file_read_link (full, NULL);

    if (link && strcmp (link, namespaces[i].first) != 0)
      return TRUE;
    otherwise = otherwise && !link;
  }
  return otherwise;
}

static const char *
ask_marks (Machine *machine)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (exists (machine, marks[i].path) &&
        (!marks[i].survives || has_own_namespace (machine, TRUE)))
      return marks[i].id;
  return has_own_namespace (machine, FALSE) ? "other" : NULL;
}

static const char *(*const witnesses[]) (Machine *machine) = {
  ask_kernel,
  ask_manager_file,
  ask_environment,
  ask_marks,
};

const char *
container_detect (Machine *machine)
{
  for (guint i = 0; i < G_N_ELEMENTS (witnesses); i++) {
    const char *id = witnesses[i](machine);
    if (id)
      return id;
  }
  return NC_ ("value", "none");
}
