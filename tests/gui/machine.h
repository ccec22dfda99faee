/* SPDX-License-Identifier: MIT */
/* machine: a session on sources that give what a test says, and a host that never was. */
#pragma once

#include "vmm/session.h"

/* What every source of the session samples: one row, changed by the test between the ticks. */
static float machine_row[VMM_N_CHANNELS];

static void
machine_sample (VmmSource *self, gint64 now_us, float *row)
{
  for (guint i = 0; i < self->class->n_channels; i++)
    row[self->class->channels[i]] = machine_row[self->class->channels[i]];
}

static const char *
machine_reason (VmmSource *self, VmmChannelId channel)
{
  return channel == VMM_CHANNEL_NETWORK_RTT && isnan (machine_row[channel]) ? "not allowed to ping"
                                                                            : NULL;
}

static void
machine_free (VmmSource *self)
{
  g_free (self);
}

static VmmSession *
machine_new_session (guint duration_s, const char *vmm_id)
{
  static VmmChannelId channels[VMM_N_CHANNELS];
  static const VmmSourceClass class = { .name = "machine",
                                        .channels = channels,
                                        .n_channels = VMM_N_CHANNELS,
                                        .sample = machine_sample,
                                        .reason = machine_reason,
                                        .free = machine_free };
  static const char *const evidence[] = { "DMI sys_vendor: innotek GmbH", NULL };
  const VmmHost            fields = { .vmm_id = vmm_id,
                                      .vmm_name = vmm_host_vmm_name (vmm_id) ? vmm_host_vmm_name (vmm_id) : "",
                                      .vmm_version = "",
                                      .interface = "",
                                      .evidence = evidence,
                                      .cloud_id = "none",
                                      .container = "none",
                                      .cpu_model = "A CPU",
                                      .cpus = 2,
                                      .memory_bytes = 4ull << 30,
                                      .kernel = "6.1.0",
                                      .clocksource = "tsc",
                                      .mitigations = "on",
                                      .cpu_flags = "",
                                      .modules = "",
                                      .steal = VMM_STEAL_NOT_REPORTED,
                                      .steal_reason = "VirtualBox never reports steal" };
  g_auto (VmmPlan) plan = { 0 };
  VmmHost *host = vmm_host_copy (&fields);
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  VmmSource *source = (VmmSource *) g_new0 (VmmSource, 1);

  for (int c = 0; c < VMM_N_CHANNELS; c++) {
    channels[c] = (VmmChannelId) c;
    machine_row[c] = vmm_absent (VMM_OFF);
  }
  source->class = &class;
  g_ptr_array_add (sources, source);
  vmm_plan_init (&plan);
  plan.duration_s = duration_s;
  plan.history = 86400;
  VmmSession *session = vmm_session_new_with_sources (&plan, host, sources, NULL);
  vmm_host_unref (host);
  g_assert_nonnull (session);
  return session;
}
