/* SPDX-License-Identifier: MIT */
/* result: a finished run, immutable: plan, host, series, summaries, score.
 *
 * Reference counted, any thread. Made from a session at the end of its window, or read back from
 * a JSON document (data/result.schema.json). Foreign documents are checked whole before anything
 * of them is used: at most 1 MiB, at most 32 levels deep, every number finite and in range, every
 * string bounded; members this version does not know are kept and written back. */
#pragma once

#include "vmm/score.h"
#include "vmm/session.h"
#include "vmm/summary.h"

#define VMM_RESULT_FORMAT "vmm-monitor-result"
#define VMM_RESULT_VERSION 1
#define VMM_RESULT_MAX_BYTES (1 << 20)

typedef struct _VmmResult VmmResult;

/* The result of the session's newest window (complete or not: an incomplete one is invalid). */
VmmResult *vmm_result_new (VmmSession *session);

VmmResult *vmm_result_ref (VmmResult *result);
void       vmm_result_unref (VmmResult *result);

/* The JSON document, UTF-8, ending in a newline. Free with g_free(). */
char *vmm_result_to_json (const VmmResult *result);

/* The SHA-256 of that document without its label, in hexadecimal digits: a kept run's id ends in the first
 * of them. Free with g_free(). */
char *vmm_result_get_digest (const VmmResult *result);

/* Reads a document of `length` bytes called `name` in messages. NULL and an error that names
 * `name` and the member when anything is wrong. */
VmmResult *vmm_result_from_json (const char *json, gsize length, const char *name, GError **error);
VmmResult *vmm_result_load (const char *path, GError **error);

/* The same run under another label (made plain, cut to 256 bytes). */
VmmResult *vmm_result_with_label (const VmmResult *result, const char *label);

/* What can be measured on a host, and what would make it so: a line of "vmm_monitor host". */
typedef struct {
  const char *id; /* of the channel or metric */
  gboolean    measurable;
  const char *reason; /* why not, or what to know about it; NULL = nothing to say */
  const char *remedy; /* NULL = none known */
} VmmMeasurable;

/* The `host` object of a result as a document of its own, with a member "measurable" that holds
 * the `n` rows by id. Free with g_free(). */
char *vmm_host_to_json (const VmmHost *host, const VmmMeasurable *rows, guint n);

/* ---- Its parts, borrowed. */
gint64               vmm_result_get_created (const VmmResult *result); /* us since the epoch, UTC */
const char          *vmm_result_get_label (const VmmResult *result);   /* "" when none */
const char          *vmm_result_get_program (const VmmResult *result); /* "vmm_monitor 1.0.0" */
const VmmPlan       *vmm_result_get_plan (const VmmResult *result);
const VmmPlace      *vmm_result_get_place (const VmmResult *result);
const VmmHost       *vmm_result_get_host (const VmmResult *result);
const VmmScore      *vmm_result_get_score (const VmmResult *result);
const VmmSummary    *vmm_result_get_summary (const VmmResult *result, VmmChannelId channel);
const VmmPingInfo   *vmm_result_get_ping (const VmmResult *result);
const VmmRentedInfo *vmm_result_get_rented (const VmmResult *result);
const VmmProbesInfo *vmm_result_get_probes_info (const VmmResult *result);
const VmmOutlookState         *
vmm_result_get_outlook (const VmmResult *result); /* at its end; NULL of before */
guint   vmm_result_get_ticks (const VmmResult *result);
guint   vmm_result_get_missed (const VmmResult *result);
double  vmm_result_get_self_cpu_percent (const VmmResult *result); /* of one CPU */
guint64 vmm_result_get_peak_rss_bytes (const VmmResult *result);

/* Why `channel` had no value in the window, or what to know about it; borrowed. */
VmmReason vmm_result_get_reason (const VmmResult *result, VmmChannelId channel);

/* The series: *ret_n rows; time in seconds since the window began, one float per row. */
const float *vmm_result_get_times (const VmmResult *result, guint *ret_n);
const float *vmm_result_get_series (const VmmResult *result, VmmChannelId channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmResult, vmm_result_unref)
