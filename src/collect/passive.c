/* SPDX-License-Identifier: MIT */
/* passive: what all sources share that only read: one reason per channel, one error for all. */
#include "passive.h"

void
passive_put (Passive *self, float *row, VmmChannelId channel, double value)
{
  row[channel] = (float) value;
  self->reasons[channel] = vmm_reason (VMM_CAUSE_NONE);
}

void
passive_put_absent (Passive *self, float *row, VmmChannelId channel, VmmAbsence why, VmmCause cause)
{
  row[channel] = vmm_absent (why);
  self->reasons[channel] = vmm_reason (cause);
}

void
passive_put_all_absent (Passive *self, float *row, VmmAbsence why, VmmCause cause)
{
  const VmmSourceClass *class = self->source.class;

  for (guint i = 0; i < class->n_channels; i++)
    passive_put_absent (self, row, class->channels[i], why, cause);
}

void
passive_fail (Passive *self, float *row)
{
  const VmmSourceClass *class = self->source.class;

  passive_put_all_absent (self, row, VMM_FAILED, VMM_CAUSE_FILE);
  for (guint i = 0; i < class->n_channels; i++)
    self->reasons[class->channels[i]].sentence = self->error->message;
}

void
passive_start (VmmSource *source, gint64 now_us)
{
  float row[VMM_N_CHANNELS];
  vmm_source_sample (source, now_us, row);
}

VmmReason
passive_reason (VmmSource *source, VmmChannelId channel)
{
  return ((Passive *) source)->reasons[channel];
}
