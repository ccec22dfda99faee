/* SPDX-License-Identifier: MIT */
/* machine: what was read of the machine, for the parts of the host that draw conclusions. */
#include "machine.h"

#include "clean.h"
#include "vmm/procfs.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void
machine_open (Machine *machine, const char *root)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = vmm_procfs_read_text (root, "proc/cpuinfo", &error);
  g_autofree char *cmdline = vmm_procfs_read_text (root, "proc/cmdline", NULL);

  machine->root = root;
  machine->evidence = g_ptr_array_new_with_free_func (g_free);
  if (text)
    cpuinfo_parse (&machine->cpuinfo, text, strlen (text));
  machine->cmdline = g_strdelimit (g_strdup (cmdline ? cmdline : ""), "\r\n", ' ');
  machine->kernel = machine_read_line (machine, "proc/sys/kernel/osrelease");
  cpuid_read (&machine->cpuid, root);
  dmi_read (&machine->dmi, root);
  if (!text)
    machine_note (machine, "%s", error->message);
}

void
machine_close (Machine *machine)
{
  cpuinfo_clear (&machine->cpuinfo);
  dmi_clear (&machine->dmi);
  g_clear_pointer (&machine->cmdline, g_free);
  g_clear_pointer (&machine->kernel, g_free);
  g_clear_pointer (&machine->evidence, g_ptr_array_unref);
}

void
machine_note (Machine *machine, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (machine->evidence, clean_text (line, strlen (line), CLEAN_MAX));
}

void
machine_note_dmi (Machine *machine, DmiField field)
{
  g_autofree char *line = NULL;

  if (!machine->dmi.values[field] || *machine->dmi.values[field] == '\0')
    return;
  line = g_strdup_printf ("DMI %s: %s", dmi_field_name (field), machine->dmi.values[field]);
  for (guint i = 0; i < machine->evidence->len; i++)
    if (g_str_has_prefix (line, machine->evidence->pdata[i]))
      return;
  machine_note (machine, "%s", line);
}

char *
machine_read_line (const Machine *machine, const char *path)
{
  char *text = clean_read (machine->root, path, NULL);

  return text ? text : g_strdup ("");
}

char *
machine_resolve (const Machine *machine, const char *directory, const char *name, const char *link)
{
  g_autofree char *sys = g_build_filename (machine->root, "sys", NULL);
  g_autofree char *path = g_build_filename (machine->root, directory, name, link, NULL);
  char            *real_sys = realpath (sys, NULL), *real = realpath (path, NULL), *found = NULL;
  gsize            length = real_sys ? strlen (real_sys) : 0;

  if (real_sys && real && strncmp (real, real_sys, length) == 0 && real[length] == '/')
    found = g_strdup (real + length + 1);
  free (real_sys);
  free (real);
  return found;
}

gboolean
machine_has_parameter (const Machine *machine, const char *parameter)
{
  g_auto (GStrv) words = g_strsplit_set (machine->cmdline, " \t", -1);

  return g_strv_contains ((const char *const *) words, parameter);
}
