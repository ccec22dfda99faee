/* SPDX-License-Identifier: MIT */
/* fuzz_machine: a machine of any files is some machine, and what is said of it can be shown.
 *
 * The input is files after form feeds: in the first line the path, then the bytes. */
#include "memory_files.h"
#include "vmm/host.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define MAX_TEXT 256
#define MAX_FLAGS 4096

static void
check_text (const char *text, gsize max)
{
  g_assert_nonnull (text);
  g_assert_cmpuint (strlen (text), <=, max);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *c = text; *c; c++)
    g_assert_false (g_ascii_iscntrl (*c));
}

static void
check_host (const VmmHost *host)
{
  const char *const texts[] = { host->vmm_id,      host->vmm_name,     host->vmm_version,
                                host->interface,   host->cloud_id,     host->container,
                                host->cpu_model,   host->kernel,       host->clocksource,
                                host->mitigations, host->steal_reason, host->instance_type,
                                host->region,      host->zone,         host->lifecycle,
                                host->host_hint };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check_text (texts[i], MAX_TEXT);
  check_text (host->cpu_flags, MAX_FLAGS);
  check_text (host->modules, MAX_FLAGS);
  for (guint i = 0; host->evidence[i]; i++)
    check_text (host->evidence[i], MAX_TEXT);
  g_assert_true (g_str_equal (host->vmm_id, "none") || vmm_host_vmm_name (host->vmm_id));
  g_assert_nonnull (vmm_steal_id (host->steal));
  g_autofree char *summary = vmm_host_summary (host);
  check_text (summary, 4 * MAX_TEXT);
}

/* Takes the file at `at` off the input; where the next one begins, or the end. */
static char *
put_file (char *at, char *end)
{
  char *next = memchr (at, '\f', (gsize) (end - at)), *stop = next ? next : end;
  char *line = memchr (at, '\n', (gsize) (stop - at));

  if (line) {
    *line = '\0';
    memory_files_put (at, line + 1, (gsize) (stop - line - 1));
  }
  return next ? next + 1 : end;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *copy = g_memdup2 (data, MAX (size, 1));

  for (char *at = copy; at < copy + size;)
    at = put_file (at, copy + size);
  g_autoptr (VmmHost) host = vmm_host_new (MEMORY_FILES_ROOT);
  check_host (host);
  memory_files_clear ();
  return 0;
}
