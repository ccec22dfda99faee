/* SPDX-License-Identifier: MIT */
/* meter: the watts that one small file tells, in microwatts or as a counter of microjoules. */
#include "meter.h"

#include "vmm/error.h"
#include "vmm/language.h"

void
meter_init (Meter *meter, const char *root, const char *directory, const char *name,
            gboolean counts, guint64 range)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  *meter = (Meter){ .counts = counts, .range = range };
  vmm_procfs_init (&meter->file, root, path);
}

void
meter_clear (Meter *meter)
{
  vmm_procfs_clear (&meter->file);
}

gboolean
meter_parse (const VmmProcFile *file, guint64 *ret_number)
{
  const char *newline = memchr (file->text, '\n', file->length);
  VmmProcText line = { file->text, newline ? newline : file->text + file->length };

  return vmm_procfs_next_number (&line, ret_number);
}

/* Whoever rewrites a file empties it first. */
static float
tell_garbled (const Meter *meter, VmmCause *ret_cause, GError **error)
{
  if (meter->file.length == 0) {
    *ret_cause = VMM_CAUSE_NO_READING;
    return vmm_absent (VMM_PENDING);
  }
  *ret_cause = VMM_CAUSE_FILE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT, VMM_SAID ("%s: no number"), meter->file.path);
  return vmm_absent (VMM_FAILED);
}

static float
tell_power (guint64 microwatts, VmmCause *ret_cause)
{
  gboolean is_power = (double) microwatts <= JOULES_WATTS_MAX * 1e6;

  *ret_cause = is_power ? VMM_CAUSE_NONE : VMM_CAUSE_ENERGY_LEAPT;
  return is_power ? (float) ((double) microwatts / 1e6) : vmm_absent (VMM_FAILED);
}

float
meter_take (Meter *meter, gint64 now_us, VmmCause *ret_cause, GError **error)
{
  guint64 number;

  *ret_cause = VMM_CAUSE_FILE;
  if (!vmm_procfs_read (&meter->file, error))
    return vmm_absent (VMM_FAILED);
  if (!meter_parse (&meter->file, &number))
    return tell_garbled (meter, ret_cause, error);
  return meter->counts ? joules_take (&meter->joules, number, meter->range, now_us, ret_cause)
                       : tell_power (number, ret_cause);
}

char *
meter_read_word (const char *root, const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char            *text = vmm_procfs_read_text (root, path, NULL);

  return text ? g_strstrip (text) : NULL;
}
