/* SPDX-License-Identifier: MIT */
/* metrics_text: families and labels of figures for other programs. */
#include "metrics_text.h"

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
