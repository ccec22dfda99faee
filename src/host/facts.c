/* SPDX-License-Identifier: MIT */
/* facts: the table of what is known of a host. */
#include "vmm/host.h"

#include <glib/gi18n-lib.h>

#define MAX_CPUS 65536
#define MAX_MEMORY_BYTES (1ull << 52)

/* clang-format off */
#define AT(member) G_STRUCT_OFFSET (VmmHost, member)
static const VmmHostFact facts[] = {
  { "vmm",   { "id",             VMM_MEMBER_TEXT,          AT (vmm_id),       VMM_RESULT_MAX_TEXT },   .label = "vmm" },
  { "vmm",   { "name",           VMM_MEMBER_TEXT,          AT (vmm_name),     VMM_RESULT_MAX_TEXT } },
  { "vmm",   { "version",        VMM_MEMBER_TEXT_OR_NULL,  AT (vmm_version),  VMM_RESULT_MAX_TEXT },   14, N_ ("VMM version"), .label = "vmm_version" },
  { "vmm",   { "interface",      VMM_MEMBER_TEXT_OR_NULL,  AT (interface),    VMM_RESULT_MAX_TEXT } },
  { "vmm",   { "evidence",       VMM_MEMBER_LINES,         AT (evidence),     VMM_RESULT_MAX_TEXT } },
  { "cloud", { "id",             VMM_MEMBER_TEXT,          AT (cloud_id),     VMM_RESULT_MAX_TEXT },   8, N_ ("Cloud"), .label = "cloud" },
  { "cloud", { "instance_type",  VMM_MEMBER_TEXT_OR_NULL,  AT (instance_type), VMM_RESULT_MAX_TEXT, .is_late = TRUE }, 9, N_ ("Instance type"), N_ ("Type"), "instance_type" },
  { "cloud", { "region",         VMM_MEMBER_TEXT_OR_NULL,  AT (region),       VMM_RESULT_MAX_TEXT, .is_late = TRUE }, 10, N_ ("Region"), N_ ("Region"), "region" },
  { "cloud", { "zone",           VMM_MEMBER_TEXT_OR_NULL,  AT (zone),         VMM_RESULT_MAX_TEXT, .is_late = TRUE }, 11, N_ ("Zone"), N_ ("Zone"), "zone" },
  { "cloud", { "lifecycle",      VMM_MEMBER_TEXT_OR_NULL,  AT (lifecycle),    VMM_RESULT_MAX_TEXT, .is_late = TRUE }, 12, N_ ("Lifecycle"), N_ ("Lifecycle") },
  { "cloud", { "host_hint",      VMM_MEMBER_TEXT_OR_NULL,  AT (host_hint),    VMM_RESULT_MAX_TEXT, .is_late = TRUE }, 13, N_ ("Physical host"), N_ ("Host"), "host_hint" },
  { "cloud", { "event",          VMM_MEMBER_TEXT_OR_NULL,  AT (event),        VMM_RESULT_MAX_TEXT, .is_late = TRUE }, .heading = N_ ("Announced") },
  { "cloud", { "event_time",     VMM_MEMBER_TEXT_OR_NULL,  AT (event_time),   VMM_RESULT_MAX_TEXT, .is_late = TRUE }, .heading = N_ ("Not before") },
  { "cloud", { "asked_reason",   VMM_MEMBER_TEXT_OR_NULL,  AT (asked_reason), VMM_RESULT_MAX_REASON, .is_late = TRUE } },
  { "cloud", { "asked_cause",    VMM_MEMBER_CHOICE_OR_NULL, AT (asked_cause), VMM_N_CAUSES,            vmm_cause_id, TRUE } },
  { NULL,    { "container",      VMM_MEMBER_TEXT,          AT (container),    VMM_RESULT_MAX_TEXT },   7, N_ ("Container") },
  { NULL,    { "machine_id",     VMM_MEMBER_TEXT_OR_NULL,  AT (machine_id),   VMM_RESULT_MAX_TEXT, .is_late = TRUE } },
  { NULL,    { "seccomp",        VMM_MEMBER_TEXT_OR_NULL,  AT (seccomp),      VMM_RESULT_MAX_TEXT, .is_late = TRUE }, 16, N_ ("Seccomp filter") },
  { NULL,    { "desktop",        VMM_MEMBER_TEXT_OR_NULL,  AT (desktop),      VMM_RESULT_MAX_TEXT, .is_late = TRUE } },
  { NULL,    { "folder",         VMM_MEMBER_TEXT_OR_NULL,  AT (folder),       VMM_RESULT_MAX_TEXT, .is_late = TRUE }, .heading = N_ ("Host's folder") },
  { NULL,    { "tools",          VMM_MEMBER_TEXT_OR_NULL,  AT (tools),        VMM_RESULT_MAX_TEXT, .is_late = TRUE }, .heading = N_ ("Tools") },
  { NULL,    { "cpu_model",      VMM_MEMBER_TEXT_OR_NULL,  AT (cpu_model),    VMM_RESULT_MAX_TEXT },   3, N_ ("CPU model"), N_ ("CPU"), "cpu_model" },
  { NULL,    { "cpus",           VMM_MEMBER_COUNT_OR_NULL, AT (cpus),         MAX_CPUS },              1, N_ ("CPUs") },
  { NULL,    { "memory_bytes",   VMM_MEMBER_BYTES_OR_NULL, AT (memory_bytes), MAX_MEMORY_BYTES },      2, N_ ("Memory") },
  { NULL,    { "kernel",         VMM_MEMBER_TEXT_OR_NULL,  AT (kernel),       VMM_RESULT_MAX_TEXT },   4, N_ ("Kernel"), .label = "kernel" },
  { NULL,    { "clocksource",    VMM_MEMBER_TEXT_OR_NULL,  AT (clocksource),  VMM_RESULT_MAX_TEXT },   5, N_ ("Clock source"), N_ ("Clock") },
  { NULL,    { "mitigations",    VMM_MEMBER_TEXT_OR_NULL,  AT (mitigations),  VMM_RESULT_MAX_TEXT },   6, N_ ("Mitigations") },
  { NULL,    { "modules",        VMM_MEMBER_TEXT_OR_NULL,  AT (modules),      VMM_RESULT_MAX_REASON } },
  { NULL,    { "cpu_flags",      VMM_MEMBER_TEXT_OR_NULL,  AT (cpu_flags),    VMM_RESULT_MAX_FLAGS } },
  { NULL,    { "devices",        VMM_MEMBER_ROWS,          AT (devices),      0 },                     15, N_ ("Devices") },
  { NULL,    { "steal_reported", VMM_MEMBER_MAYBE,         AT (steal),        0 } },
  { NULL,    { "steal_reason",   VMM_MEMBER_TEXT,          AT (steal_reason), VMM_RESULT_MAX_REASON } },
  { NULL,    { "steal_cause",    VMM_MEMBER_CHOICE_OR_NULL, AT (steal_cause), VMM_N_CAUSES,            vmm_cause_id, TRUE } },
};
/* clang-format on */

static char *
say_text (const char *text, VmmLanguage language)
{
  return g_strdup (!text ? "" : language == VMM_LOCAL ? vmm_say_id ("value", text) : text);
}

static char *
say_count (guint count)
{
  return count ? g_strdup_printf ("%u", count) : g_strdup ("");
}

static char *
say_bytes (guint64 bytes)
{
  return bytes ? g_strdup_printf ("%" G_GUINT64_FORMAT " MiB", bytes >> 20) : g_strdup ("");
}

/* How many there are of each driver, or where none is known of each kind: "2 virtio_blk, 1 virtio_net". */
static char *
say_devices (const VmmHost *host)
{
  g_autoptr (GPtrArray) drivers = g_ptr_array_new ();
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < host->n_devices; i++) {
    const VmmDevice *device = &host->devices[i];
    gpointer         driver = (gpointer) (*device->driver ? device->driver : device->kind);
    guint            count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, driver));
    if (!count)
      g_ptr_array_add (drivers, driver);
    g_hash_table_insert (counts, driver, GUINT_TO_POINTER (count + 1));
  }
  for (guint i = 0; i < drivers->len; i++)
    g_string_append_printf (text, "%s%u %s", i ? ", " : "",
                            GPOINTER_TO_UINT (g_hash_table_lookup (counts, drivers->pdata[i])),
                            (const char *) drivers->pdata[i]);
  return g_string_free (text, FALSE);
}

const VmmHostFact *
vmm_host_facts (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (facts);
  return facts;
}

char *
vmm_host_say (const VmmHost *host, const VmmHostFact *fact, VmmLanguage language)
{
  const gsize at = fact->member.offset;

  switch (fact->member.kind) {
  case VMM_MEMBER_TEXT:
  case VMM_MEMBER_TEXT_OR_NULL:
    return say_text (G_STRUCT_MEMBER (const char *, host, at), language);
  case VMM_MEMBER_COUNT_OR_NULL:
    return say_count (G_STRUCT_MEMBER (guint, host, at));
  case VMM_MEMBER_BYTES_OR_NULL:
    return say_bytes (G_STRUCT_MEMBER (guint64, host, at));
  case VMM_MEMBER_ROWS:
    return say_devices (host);
  default:
    return g_strdup ("");
  }
}
