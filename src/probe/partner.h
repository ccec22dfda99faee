/* SPDX-License-Identifier: MIT */
/* partner: a second thread that answers each byte, or keeps its CPU from going idle. */
#pragma once

#include <glib.h>
#include <sched.h>

/* Room for 8192 CPUs: sched_getaffinity() refuses a set smaller than the kernel's. */
typedef struct {
  cpu_set_t sets[8];
} VmmCpuSet;

typedef struct {
  GThread  *thread;   /* NULL = not started */
  gint      spinning; /* atomic */
  int       request[2], reply[2];
  int       tid;       /* of the thread */
  int       schedstat; /* of the thread, -1 = none */
  clockid_t cpu_clock; /* CPU time of the thread */
  VmmCpuSet allowed;   /* to be restored by vmm_partner_unpin() */
} VmmPartner;

/* CPUs that this thread may use, 0 when the kernel does not say. */
guint vmm_cpus_get (VmmCpuSet *ret_set);

/* Starting a started partner, and stopping a stopped one, does nothing. */
gboolean vmm_partner_start (VmmPartner *partner, GError **error);
void     vmm_partner_stop (VmmPartner *partner);
double   vmm_partner_cpu_seconds (const VmmPartner *partner); /* since its start */

/* Pins the calling thread to one CPU of those allowed, taken by `random`, and the partner to the
 * same one or to the next. FALSE and nothing pinned when the kernel refuses. */
gboolean vmm_partner_pin (VmmPartner *partner, guint64 random, gboolean same, GError **error);
void     vmm_partner_unpin (VmmPartner *partner);

/* From begin to end the partner runs, and gives way to whoever else wants its CPU. */
gboolean vmm_partner_begin_spinning (VmmPartner *partner, GError **error);
void     vmm_partner_end_spinning (VmmPartner *partner);

/* `n` bytes there and back, one after the other. */
gboolean vmm_partner_round_trips (VmmPartner *partner, guint n, GError **error);
