/* SPDX-License-Identifier: MIT */
/* result_parts: the doors to what a result holds. */
#include "result_private.h"

gint64
vmm_result_get_created (const VmmResult *result)
{
  return result->created;
}

const char *
vmm_result_get_label (const VmmResult *result)
{
  return result->label;
}

const char *
vmm_result_get_program (const VmmResult *result)
{
  return result->program;
}

const VmmPlan *
vmm_result_get_plan (const VmmResult *result)
{
  return &result->plan;
}

const VmmPlace *
vmm_result_get_place (const VmmResult *result)
{
  return &result->place;
}

const VmmHost *
vmm_result_get_host (const VmmResult *result)
{
  return result->host;
}

const VmmScore *
vmm_result_get_score (const VmmResult *result)
{
  return &result->score;
}

const VmmSummary *
vmm_result_get_summary (const VmmResult *result, VmmChannelId channel)
{
  g_return_val_if_fail ((guint) channel < VMM_N_CHANNELS, NULL);
  return &result->summaries[channel];
}

const VmmPingInfo *
vmm_result_get_ping (const VmmResult *result)
{
  return &result->ping;
}

const VmmRentedInfo *
vmm_result_get_rented (const VmmResult *result)
{
  return &result->rented;
}

const VmmProbesInfo *
vmm_result_get_probes_info (const VmmResult *result)
{
  return &result->probes;
}

const VmmOutlookState *
vmm_result_get_outlook (const VmmResult *result)
{
  return result->has_outlook ? &result->outlook : NULL;
}

guint
vmm_result_get_ticks (const VmmResult *result)
{
  return result->ticks;
}

guint
vmm_result_get_missed (const VmmResult *result)
{
  return result->missed;
}

double
vmm_result_get_self_cpu_percent (const VmmResult *result)
{
  return result->self_cpu_percent;
}

guint64
vmm_result_get_peak_rss_bytes (const VmmResult *result)
{
  return result->peak_rss_bytes;
}

VmmReason
vmm_result_get_reason (const VmmResult *result, VmmChannelId channel)
{
  g_return_val_if_fail ((guint) channel < VMM_N_CHANNELS, vmm_reason (VMM_CAUSE_NONE));
  return (VmmReason){ result->causes[channel], result->reasons[channel] };
}

const float *
vmm_result_get_times (const VmmResult *result, guint *ret_n)
{
  *ret_n = result->n;
  return result->times;
}

const float *
vmm_result_get_series (const VmmResult *result, VmmChannelId channel)
{
  g_return_val_if_fail ((guint) channel < VMM_N_CHANNELS, NULL);
  return result->values + (gsize) channel * result->n;
}
