/* SPDX-License-Identifier: MIT */
/* page: lays out notes with a heading in the margin, and says which machine this is. */
#include "page.h"

#include "vmm/language.h"
#include "vmm/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MARGIN 11

void
vmm_page_name (GString *out, const char *name, guint width)
{
  if (vmm_text_width (name) < width)
    vmm_text_append_left (out, name, width);
  else
    g_string_append_printf (out, "%s\n%*s", name, (int) width, "");
}

guint
vmm_page_figure (const char *heading, guint least)
{
  return MAX (least, vmm_text_width (heading) + 1);
}

guint
vmm_page_choose (const VmmStyle *style, const guint *widths, guint n, const guint *spare)
{
  guint chosen = (1u << n) - 1, width = VMM_PAGE_NAME;

  for (guint i = 0; i < n; i++)
    width += widths[i];
  for (guint i = 0; i < n && width > style->width; i++) {
    width -= widths[spare[i]];
    chosen &= ~(1u << spare[i]);
  }
  return chosen;
}

void
vmm_page_note (GString *out, const VmmStyle *style, const char *heading, const char *text)
{
  g_autofree char *clean = vmm_text_clean (text);

  g_string_append (out, style->bold);
  if (vmm_text_width (heading) < MARGIN)
    vmm_text_append_left (out, heading, MARGIN - 1);
  else
    g_string_append_printf (out, "%s\n%*s", heading, MARGIN - 1, "");
  g_string_append_printf (out, "%s ", style->reset);
  vmm_text_append_wrapped (out, clean, MARGIN, MARGIN, style->width);
}

void
vmm_page_subnote (GString *out, const VmmStyle *style, const char *heading, const char *text)
{
  g_autofree char *inset = g_strconcat ("  ", heading, NULL);

  vmm_page_note (out, style, inset, text);
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

/* The facts that need no more than a heading. */
static void
append_facts (GString *out, const VmmHost *host, const VmmStyle *style)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *text = vmm_host_say (host, &facts[i], VMM_LOCAL);
    if (facts[i].heading && text[0])
      vmm_page_note (out, style, _ (facts[i].heading), text);
  }
}

static void
append_devices (GString *out, const VmmHost *host, const VmmStyle *style)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < host->n_devices; i++) {
    const VmmDevice *device = &host->devices[i];
    if (strcmp (device->kind, "display") == 0)
      continue;
    /* TRANSLATORS: a device: "disk vda (virtio_blk, paravirtual)" */
    g_autofree char *words =
        vmm_fill (_ ("%1$s %2$s (%3$s, %4$s)"), vmm_say_id ("kind", device->kind), device->name,
                  device->driver[0] ? device->driver : _ ("driver unknown"),
                  vmm_say_id ("nature", device->nature), NULL);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words);
  }
  if (text->len > 0)
    vmm_page_note (out, style, _ ("Devices"), text->str);
}

static const char *
say_acceleration (VmmAcceleration acceleration)
{
  switch (acceleration) {
  case VMM_3D_YES:
    return _ ("3D: yes");
  case VMM_3D_NO:
    return _ ("3D: no");
  default:
    return _ ("3D: unknown");
  }
}

static void
append_displays (GString *out, const VmmHost *host, const VmmStyle *style)
{
  const char *heading = _ ("Display");

  for (guint i = 0; i < host->n_devices; i++) {
    const VmmDevice *device = &host->devices[i];
    if (strcmp (device->kind, "display") != 0)
      continue;
    g_autofree char *reason = vmm_say (device->acceleration_reason);
    const char      *driver = device->driver[0] ? device->driver : _ ("driver unknown");
    const char      *nature = vmm_say_id ("nature", device->nature);
    /* TRANSLATORS: a display, its driver and nature: "card0 (virtio_gpu, paravirtual)" */
    g_autofree char *words = vmm_fill (_ ("%1$s (%2$s, %3$s)"), device->name, driver, nature, NULL);
    g_autofree char *text =
        g_strdup_printf ("%s%s%s · %s", words, device->model[0] ? " · " : "", device->model,
                         say_acceleration (device->acceleration));
    vmm_page_note (out, style, heading, text);
    if (*reason)
      vmm_page_subnote (out, style, _ ("because"), reason);
    heading = "";
  }
}

void
vmm_page_machine (GString *out, const VmmHost *host, const VmmStyle *style)
{
  g_autofree char *summary = vmm_host_summary (host);

  vmm_page_note (out, style, _ ("Machine"), summary);
  if (host->vmm_version[0])
    vmm_page_format (out, style, "", _ ("%1$s version %2$s"), vmm_text (VMM_LOCAL, host->vmm_name),
                     host->vmm_version);
  if (host->interface[0])
    vmm_page_format (out, style, "", _ ("which exposes the interface of %s"), host->interface);
  if (strcmp (host->cloud_id, "none") != 0 && vmm_host_cloud_name (host->cloud_id))
    vmm_page_format (out, style, "", _ ("in the cloud of %s"),
                     _ (vmm_host_cloud_name (host->cloud_id)));
  if (strcmp (host->container, "none") != 0)
    vmm_page_format (out, style, "", _ ("seen from inside a container (%s)"),
                     vmm_say_id ("value", host->container));
  if (strcmp (host->container, "flatpak") == 0)
    vmm_page_format (
        out, style, "", "%s",
        _ ("which hides /sys/firmware, /sys/hypervisor and /sys/module, keeps results of its own, "
           "and filters system calls: compare only with runs in it"));
}

void
vmm_page_machine_details (GString *out, const VmmHost *host, const VmmStyle *style)
{
  for (guint i = 0; host->evidence[i]; i++) {
    g_autofree char *line = vmm_say (host->evidence[i]);
    vmm_page_note (out, style, i == 0 ? _ ("Evidence") : "", line);
  }
  append_facts (out, host, style);
  if (host->asked_reason[0]) {
    g_autofree char *why = vmm_say (host->asked_reason);
    vmm_page_note (out, style, _ ("Metadata"), why);
  }
  append_devices (out, host, style);
  append_displays (out, host, style);

  g_autofree char *reason = vmm_say (host->steal_reason);
  const char      *steal = vmm_say_id ("steal", vmm_steal_id (host->steal));
  /* TRANSLATORS: steal is the time for which the host gives the CPU to others; a term of art */
  const char *heading = _ ("Steal");
  if (reason[0])
    vmm_page_format (out, style, heading, _ ("%s: %s"), steal, reason);
  else
    vmm_page_note (out, style, heading, steal);
}
