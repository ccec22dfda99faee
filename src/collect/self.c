/* SPDX-License-Identifier: MIT */
/* self: what this process itself costs. */
#include "passive.h"

#include <time.h>

static const VmmChannelId channels[] = { VMM_CHANNEL_SELF_CPU };

typedef struct {
  Passive passive;
  guint   cpus;
  gint64  spent_us, at_us; /* at the last reading; at_us G_MININT64 = none */
} Self;

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Self           *self = (Self *) source;
  struct timespec time;

  if (clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time) != 0) {
    passive_put_absent (&self->passive, row, VMM_CHANNEL_SELF_CPU, VMM_FAILED,
                        VMM_CAUSE_NO_CPU_TIME);
    return;
  }

  gint64 spent_us = (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
  if (self->at_us == G_MININT64 || now_us <= self->at_us)
    passive_put_absent (&self->passive, row, VMM_CHANNEL_SELF_CPU, VMM_PENDING,
                        VMM_CAUSE_FIRST_READING);
  else
    passive_put (&self->passive, row, VMM_CHANNEL_SELF_CPU,
                 100.0 * (double) (spent_us - self->spent_us) /
                     ((double) (now_us - self->at_us) * self->cpus));
  self->spent_us = spent_us;
  self->at_us = now_us;
}

static void
free_self (VmmSource *source)
{
  g_free (source);
}

static const VmmSourceClass class = {
  .name = "self",
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .start = passive_start,
  .sample = sample,
  .reason = passive_reason,
  .free = free_self,
};

VmmSource *
vmm_self_new (guint cpus)
{
  Self *self = g_new0 (Self, 1);

  self->passive.source.class = &class;
  self->passive.reasons[VMM_CHANNEL_SELF_CPU] = vmm_reason (VMM_CAUSE_FIRST_READING);
  self->cpus = MAX (cpus, 1);
  self->at_us = G_MININT64;
  /* cppcheck-suppress memleak ; returned as its first member */
  return &self->passive.source;
}
