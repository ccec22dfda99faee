/* SPDX-License-Identifier: MIT */
/* host: which machine this is and which VMM serves it, put together from its parts. */
#include "machine.h"

#include "clean.h"
#include "vmm/language.h"
#include "vmm/procfs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MEMINFO "proc/meminfo"
#define VULNERABILITIES "sys/devices/system/cpu/vulnerabilities"
#define MAX_VULNERABILITIES 256

/* The fields are writable here; what the header promises is that nobody else writes. */
typedef struct {
  VmmHost fields;
  gint    references;
} Host;

/* Where the text of a fact is; NULL for other kinds. */
static char **
text_at (VmmHost *host, const VmmMember *member)
{
  gboolean is_text = member->kind == VMM_MEMBER_TEXT || member->kind == VMM_MEMBER_TEXT_OR_NULL;

  return is_text ? (char **) G_STRUCT_MEMBER_P (host, member->offset) : NULL;
}

/* As machine_read_line(), and what is lost becomes a line of the evidence. */
static char *
read_or_note (Machine *machine, const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = clean_read (machine->root, path, &error);

  if (!text)
    machine_note (machine, "%s", error->message);
  return text ? text : g_strdup ("");
}

/* Where the processor has no name, the machine's must do. */
static char *
read_cpu_model (const Machine *machine)
{
  const char      *product = machine->dmi.values[DMI_PRODUCT_NAME];
  g_autofree char *model = cpuinfo_make_model (&machine->cpuinfo);
  g_autofree char *tree = machine_read_line (machine, "proc/device-tree/model");

  return g_strdup (*model ? model : *tree ? tree : product ? product : "");
}

static guint
count_cpus (const Machine *machine)
{
  g_autofree char *text =
      vmm_procfs_read_text (machine->root, "sys/devices/system/cpu/online", NULL);
  guint cpus = 0;

  if (text && g_str_has_suffix (text, "\n")) /* else it was cut off */
    cpus = cpuinfo_count_list (g_strchomp (text));
  return cpus > 0 ? cpus : machine->cpuinfo.processors;
}

static guint64
read_memory (Machine *machine)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = vmm_procfs_read_text (machine->root, MEMINFO, &error);
  VmmProcText      rest = { text, text ? text + strlen (text) : NULL }, line;
  guint64          kib, bytes;

  while (text && vmm_procfs_next_line (&rest, &line))
    if (vmm_procfs_skip (&line, "MemTotal:") && vmm_procfs_next_number (&line, &kib) &&
        !__builtin_mul_overflow (kib, 1024, &bytes))
      return bytes;
  machine_note (machine, "%s",
                error ? error->message : VMM_SAID ("proc/meminfo: no \"MemTotal\" line"));
  return 0;
}

/* "off" when the kernel was told so, or when it is vulnerable and does nothing about anything. */
static const char *
summarise_mitigations (const Machine *machine)
{
  g_autofree char *path = g_build_filename (machine->root, VULNERABILITIES, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint files = 0, mitigated = 0, vulnerable = 0;

  if (machine_has_parameter (machine, "mitigations=off"))
    return "off";
  for (const char *name; dir && files < MAX_VULNERABILITIES && (name = g_dir_read_name (dir));
       files++) {
    g_autofree char *file = g_build_filename (VULNERABILITIES, name, NULL);
    g_autofree char *state = machine_read_line (machine, file);
    mitigated += g_str_has_prefix (state, "Mitigation");
    vulnerable += g_str_has_prefix (state, "Vulnerable");
  }
  return files == 0                         ? ""
         : mitigated == 0 && vulnerable > 0 ? NC_ ("value", "off")
                                            : NC_ ("value", "on");
}

/* Whether what wraps this process has each of its system calls looked at: "Seccomp: 2". */
static const char *
read_seccomp (const Machine *machine)
{
  g_autofree char *text = vmm_procfs_read_text (machine->root, "proc/self/status", NULL);
  VmmProcText      rest = { text, text ? text + strlen (text) : NULL }, line;
  guint64          mode;

  while (text && vmm_procfs_next_line (&rest, &line))
    if (vmm_procfs_skip (&line, "Seccomp:") && vmm_procfs_next_number (&line, &mode))
      return mode == 0 ? "off" : "on";
  return "";
}

static Host *
host_alloc (void)
{
  Host *host = g_new0 (Host, 1);
  host->references = 1;
  return host;
}

static void
take_devices (VmmHost *fields, GArray *devices)
{
  fields->n_devices = devices->len;
  fields->devices = (VmmDevice *) g_array_free (devices, FALSE);
}

static void
take_evidence (VmmHost *fields, GPtrArray *evidence)
{
  g_ptr_array_add (evidence, NULL);
  fields->evidence = (const char *const *) g_ptr_array_free (evidence, FALSE);
}

VmmHost *
vmm_host_new (const char *root)
{
  g_return_val_if_fail (root != NULL, NULL);

  Host       *host = host_alloc ();
  VmmHost    *fields = &host->fields;
  Machine     machine = { 0 };
  Hypervisor  hypervisor;
  VmmReason   reason;
  const char *flags, *cloud_id;

  machine_open (&machine, root);
  hypervisor_detect (&machine, &hypervisor);
  fields->vmm_id = g_strdup (hypervisor.id);
  fields->vmm_name = g_strdup (vmm_host_vmm_name (hypervisor.id));
  fields->vmm_version = clean_text (hypervisor.version, strlen (hypervisor.version), CLEAN_MAX);
  fields->interface = g_strdup (hypervisor.interface);
  cloud_id = cloud_detect (&machine);
  instance_give (instance_new (&machine, &cloud_id), fields);
  fields->cloud_id = g_strdup (cloud_id);
  fields->event = g_strdup ("");
  fields->event_time = g_strdup ("");
  fields->asked_reason = g_strdup ("");
  fields->container = g_strdup (container_detect (&machine));
  fields->machine_id = machine_hash_id (&machine);
  fields->seccomp = g_strdup (read_seccomp (&machine));
  fields->desktop = g_strdup (desktop_detect (&machine));
  fields->folder = folder_detect (&machine);
  fields->tools = g_strdup (strcmp (fields->container, "none") == 0
                                ? tools_detect (&machine, hypervisor.id)
                                : ""); /* a container has the machine's own elsewhere */
  fields->cpu_model = read_cpu_model (&machine);
  fields->cpus = count_cpus (&machine);
  fields->memory_bytes = read_memory (&machine);
  fields->kernel = read_or_note (&machine, "proc/sys/kernel/osrelease");
  fields->clocksource =
      read_or_note (&machine, "sys/devices/system/clocksource/clocksource0/current_clocksource");
  fields->mitigations = g_strdup (summarise_mitigations (&machine));
  flags = machine.cpuinfo.values[CPUINFO_FLAGS];
  fields->cpu_flags = g_strdup (flags ? flags : "");
  fields->modules = devices_list_modules (&machine);
  fields->steal = steal_detect (&machine, hypervisor.id, &reason);
  fields->steal_reason = g_strdup (reason.sentence);
  fields->steal_cause = reason.cause;
  take_devices (fields, devices_read (&machine, strcmp (hypervisor.id, "none") != 0 &&
                                                    strcmp (hypervisor.id, "unknown") != 0 &&
                                                    !hypervisor.is_privileged));
  take_evidence (fields, g_steal_pointer (&machine.evidence));
  g_free (hypervisor.version);
  machine_close (&machine);
  return fields;
}

static char *
copy_string (const char *string)
{
  return g_strdup (string ? string : "");
}

static void
copy_texts (VmmHost *host)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);

  for (guint i = 0; i < n; i++) {
    char **text = text_at (host, &facts[i].member);
    if (text)
      *text = copy_string (*text);
  }
}

static void
free_texts (VmmHost *host)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);

  for (guint i = 0; i < n; i++) {
    char **text = text_at (host, &facts[i].member);
    if (text)
      g_free (*text);
  }
}

VmmHost *
vmm_host_copy (const VmmHost *fields)
{
  Host      *host = host_alloc ();
  VmmHost   *copy = &host->fields;
  GArray    *devices = g_array_new (FALSE, FALSE, sizeof (VmmDevice));
  GPtrArray *evidence = g_ptr_array_new ();

  *copy = *fields;
  copy_texts (copy);
  for (guint i = 0; i < fields->n_devices; i++) {
    const VmmDevice *from = &fields->devices[i];
    VmmDevice        device = { copy_string (from->name),
                                copy_string (from->kind),
                                copy_string (from->driver),
                                copy_string (from->nature),
                                copy_string (from->model),
                                from->acceleration,
                                from->queues,
                                copy_string (from->acceleration_reason) };
    g_array_append_val (devices, device);
  }
  for (const char *const *line = fields->evidence; line && *line; line++)
    g_ptr_array_add (evidence, g_strdup (*line));
  take_devices (copy, devices);
  take_evidence (copy, evidence);
  return copy;
}

VmmHost *
vmm_host_ref (VmmHost *host)
{
  g_atomic_int_inc (&((Host *) host)->references);
  return host;
}

void
vmm_host_unref (VmmHost *host)
{
  if (!host || !g_atomic_int_dec_and_test (&((Host *) host)->references))
    return;
  free_texts (host);
  for (guint i = 0; i < host->n_devices; i++) {
    g_free ((char *) host->devices[i].name);
    g_free ((char *) host->devices[i].kind);
    g_free ((char *) host->devices[i].driver);
    g_free ((char *) host->devices[i].nature);
    g_free ((char *) host->devices[i].model);
    g_free ((char *) host->devices[i].acceleration_reason);
  }
  g_free ((VmmDevice *) host->devices);
  g_strfreev ((char **) host->evidence);
  g_free ((Host *) host);
}

/* "4 GiB", "976 MiB"; the kernel keeps some for itself, so whole GiB are rounded. */
static char *
format_memory (guint64 bytes)
{
  guint64 mib = bytes >> 20;

  if (mib >= 1792)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " GiB", (mib + 512) >> 10);
  return g_strdup_printf ("%" G_GUINT64_FORMAT " MiB", mib);
}

/* "6.1" of "6.1.0-56-amd64". */
static char *
shorten_release (const char *release)
{
  gsize length = strcspn (release, ".");

  length += release[length] == '.';
  length += strspn (release + length, "0123456789");
  return g_strndup (release, length);
}

/* The zone where it also says the region ("eu-central-1a"), else the region. */
static const char *
get_place (const VmmHost *host)
{
  return !*host->region || g_str_has_prefix (host->zone, host->region) ? host->zone : host->region;
}

static void
append_cloud (GString *line, const VmmHost *host)
{
  const char *cloud = vmm_host_cloud_name (host->cloud_id);

  if (!cloud || strcmp (host->cloud_id, "none") == 0)
    return;
  if (strcmp (host->cloud_id, "other") != 0)
    /* TRANSLATORS: a VMM and a cloud: "KVM on Amazon EC2" */
    g_string_printf (line, _ ("%1$s on %2$s"), vmm_text (VMM_LOCAL, host->vmm_name), cloud);
  if (*host->instance_type)
    g_string_append_printf (line, " · %s", host->instance_type);
  if (*get_place (host))
    g_string_append_printf (line, " · %s", get_place (host));
}

char *
vmm_host_summary (const VmmHost *host)
{
  GString         *line = g_string_new (vmm_text (VMM_LOCAL, host->vmm_name));
  g_autofree char *memory = format_memory (host->memory_bytes);
  g_autofree char *release = shorten_release (host->kernel);

  append_cloud (line, host);
  if (host->cpus > 0) {
    g_string_append (line, " · ");
    g_string_append_printf (line, g_dngettext (GETTEXT_PACKAGE, "%u CPU", "%u CPUs", host->cpus),
                            host->cpus);
  }
  if (host->memory_bytes > 0)
    g_string_append_printf (line, " · %s", memory);
  if (*release)
    g_string_append_printf (line, " · Linux %s", release);
  return g_string_free (line, FALSE);
}
