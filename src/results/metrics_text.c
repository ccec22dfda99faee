/* SPDX-License-Identifier: MIT */
/* metrics_text: families and labels of figures for other programs. */
#include "metrics_text.h"

#include <math.h>
#include <string.h>

void
vmm_metrics_append_family (GString *text, const char *name, const char *type, const char *help)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/* Backslash, quote and line feed are escaped, all else is UTF-8. */
void
vmm_metrics_append_label (GString *text, const char *name, const char *value)
{
  gboolean first = g_str_has_suffix (text->str, "{");

  g_string_append_printf (text, "%s%s=\"", first ? "" : ",", name);
  for (const char *at = value; *at; at++)
    if (*at == '\n')
      g_string_append (text, "\\n");
    else
      g_string_append_printf (text, *at == '\\' || *at == '"' ? "\\%c" : "%c", *at);
  g_string_append_c (text, '"');
}

void
vmm_metrics_append_host (GString *text, const VmmHost *host)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *value = vmm_host_say (host, &facts[i], VMM_ENGLISH);
    if (facts[i].label)
      vmm_metrics_append_label (text, facts[i].label, value);
  }
}

void
vmm_metrics_append_figure (GString *text, const char *name, const char *type, const char *help,
                           const char *format, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return;
  vmm_metrics_append_family (text, name, type, help);
  g_string_append_printf (text, "%s %s\n", name,
                          g_ascii_formatd (digits, sizeof digits, format, value));
}

static void
append_build (GString *text, const char *program, guint definition)
{
  const char      *space = strrchr (program, ' ');
  g_autofree char *number = g_strdup_printf ("%u", definition);

  vmm_metrics_append_family (text, "vmm_build_info", "gauge", "The program that measured.");
  g_string_append (text, "vmm_build_info{");
  vmm_metrics_append_label (text, "version", space ? space + 1 : program);
  vmm_metrics_append_label (text, "score_definition", number);
  g_string_append (text, "} 1\n");
}

void
vmm_metrics_append_machine (GString *text, const char *program, guint definition,
                            const VmmHost *host)
{
  append_build (text, program, definition);
  vmm_metrics_append_family (text, "vmm_guest_info", "gauge", "The guest and what serves it.");
  g_string_append (text, "vmm_guest_info{");
  vmm_metrics_append_host (text, host);
  g_string_append (text, "} 1\n");
  vmm_metrics_append_figure (text, "vmm_guest_cpus", "gauge", "CPUs that are online in the guest.",
                             "%.0f", host->cpus ? host->cpus : NAN);
  vmm_metrics_append_figure (text, "vmm_guest_memory_bytes", "gauge", "Memory of the guest.",
                             "%.0f", host->memory_bytes ? (double) host->memory_bytes : NAN);
}
