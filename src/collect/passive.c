/* SPDX-License-Identifier: MIT */
/* passive: what all sources share that only read: one reason per channel, one error for all. */
#include "passive.h"

void
passive_put (Passive *self, float *row, VmmChannelId channel, double value)
{
  row[channel] = (float) value;
  self->reasons[channel] = NULL;
}

void
passive_put_absent (Passive *self, float *row, VmmChannelId channel, VmmAbsence why,
                    const char *reason)
{
  row[channel] = vmm_absent (why);
  self->reasons[channel] = reason;
}

void
passive_put_all_absent (Passive *self, float *row, VmmAbsence why, const char *reason)
{
  const VmmSourceClass *class = self->source.class;

  for (guint i = 0; i < class->n_channels; i++)
    passive_put_absent (self, row, class->channels[i], why, reason);
}

void
passive_fail (Passive *self, float *row)
{
  passive_put_all_absent (self, row, VMM_FAILED, self->error->message);
}

void
passive_start (VmmSource *source, gint64 now_us)
{
  float row[VMM_N_CHANNELS];
  vmm_source_sample (source, now_us, row);
}

const char *
passive_reason (VmmSource *source, VmmChannelId channel)
{
  return ((Passive *) source)->reasons[channel];
}
