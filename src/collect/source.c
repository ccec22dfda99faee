/* SPDX-License-Identifier: MIT */
/* source: calls a source's methods, those that are optional included. */
#include "vmm/source.h"

void
vmm_source_start (VmmSource *self, gint64 now_us)
{
  if (self->class->start)
    self->class->start (self, now_us);
}

void
vmm_source_stop (VmmSource *self)
{
  if (self->class->stop)
    self->class->stop (self);
}

void
vmm_source_window_begins (VmmSource *self, gint64 now_us)
{
  if (self->class->window_begins)
    self->class->window_begins (self, now_us);
}

void
vmm_source_window_ends (VmmSource *self)
{
  if (self->class->window_ends)
    self->class->window_ends (self);
}

void
vmm_source_settle (VmmSource *self)
{
  if (self->class->settle)
    self->class->settle (self);
}

void
vmm_source_describe (VmmSource *self, VmmDescription *description)
{
  if (self->class->describe)
    self->class->describe (self, description);
}

gint64
vmm_source_pulse (VmmSource *self, gint64 now_us)
{
  return self->class->pulse ? self->class->pulse (self, now_us) : G_MAXINT64;
}

void
vmm_source_sample (VmmSource *self, gint64 now_us, float *row)
{
  self->class->sample (self, now_us, row);
}

VmmReason
vmm_source_reason (VmmSource *self, VmmChannelId channel)
{
  return self->class->reason ? self->class->reason (self, channel) : vmm_reason (VMM_CAUSE_NONE);
}

gboolean
vmm_source_has (VmmSource *self, VmmChannelId channel)
{
  for (guint i = 0; i < self->class->n_channels; i++)
    if (self->class->channels[i] == channel)
      return TRUE;
  return FALSE;
}

void
vmm_source_free (VmmSource *self)
{
  if (!self)
    return;
  vmm_source_stop (self);
  self->class->free (self);
}
