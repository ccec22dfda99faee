/* SPDX-License-Identifier: MIT */
/* page: lays out notes with a heading in the margin, and says which machine this is. */
#include "page.h"

#include "text.h"

#include <string.h>

#define MARGIN 11

void
vmm_page_note (GString *out, const VmmStyle *style, const char *heading, const char *text)
{
  g_autofree char *clean = vmm_text_clean (text);

  g_string_append (out, style->bold);
  vmm_text_append_left (out, heading, MARGIN - 1);
  g_string_append_printf (out, "%s ", style->reset);
  vmm_text_append_wrapped (out, clean, MARGIN, MARGIN, VMM_PAGE_WIDTH);
}

void
vmm_page_format (GString *out, const VmmStyle *style, const char *heading, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  vmm_page_note (out, style, heading, text);
}

static void
append_devices (GString *out, const VmmHost *host, const VmmStyle *style)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < host->n_devices; i++) {
    const VmmDevice *device = &host->devices[i];
    g_string_append_printf (text, "%s%s %s (%s, %s)", i > 0 ? " · " : "", device->kind,
                            device->name, device->driver[0] ? device->driver : "driver unknown",
                            device->nature);
  }
  if (text->len > 0)
    vmm_page_note (out, style, "Devices", text->str);
}

void
vmm_page_machine (GString *out, const VmmHost *host, const VmmStyle *style)
{
  g_autofree char *summary = vmm_host_summary (host);

  vmm_page_note (out, style, "Machine", summary);
  if (host->vmm_version[0])
    vmm_page_format (out, style, "", "%s version %s", host->vmm_name, host->vmm_version);
  if (host->interface[0])
    vmm_page_format (out, style, "", "which exposes the interface of %s", host->interface);
  if (strcmp (host->cloud_id, "none") != 0 && vmm_host_cloud_name (host->cloud_id))
    vmm_page_format (out, style, "", "in the cloud of %s", vmm_host_cloud_name (host->cloud_id));
  if (strcmp (host->container, "none") != 0)
    vmm_page_format (out, style, "", "seen from inside a container (%s)", host->container);
}

void
vmm_page_machine_details (GString *out, const VmmHost *host, const VmmStyle *style)
{
  for (guint i = 0; host->evidence[i]; i++)
    vmm_page_note (out, style, i == 0 ? "Evidence" : "", host->evidence[i]);
  if (host->cpu_model[0])
    vmm_page_note (out, style, "CPU", host->cpu_model);
  if (host->clocksource[0])
    vmm_page_note (out, style, "Clock", host->clocksource);
  append_devices (out, host, style);
  vmm_page_format (out, style, "Steal", "%s%s%s", vmm_steal_id (host->steal),
                   host->steal_reason[0] ? ": " : "", host->steal_reason);
}
