/* SPDX-License-Identifier: MIT */
/* partner: a second thread that answers each byte, or keeps its CPU from going idle. */
#pragma once

#include "cpus.h"

typedef struct {
  GThread  *thread; /* NULL = not started */
  int       request[2], reply[2];
  int       tid;       /* of the thread */
  int       schedstat; /* of the thread, -1 = none */
  clockid_t cpu_clock; /* CPU time of the thread */
  gint      spinning;  /* atomic; ends as well when nobody kicks */
  gint      kicks;     /* atomic */
  gboolean  owes;      /* an answer, to the byte that began the spinning */
  gboolean  patient;
} VmmPartner;

/* Starting a started partner, and stopping a stopped one, does nothing. */
gboolean vmm_partner_start (VmmPartner *partner, GError **error);
void     vmm_partner_stop (VmmPartner *partner);
double   vmm_partner_cpu_seconds (const VmmPartner *partner); /* since its start */

/* Both threads, this one and the partner, run on when they wake the other, until they sleep. Only
 * where the user has chosen no other policy of scheduling than the usual. */
void vmm_partner_be_patient (VmmPartner *partner, gboolean patient);

/* The partner runs for the next millisecond on the CPU it is pinned to, and gives way to whoever
 * else wants that, until the end. */
gboolean vmm_partner_keep_awake (VmmPartner *partner, GError **error);
void     vmm_partner_end_awake (VmmPartner *partner);

/* `n` bytes there and back, one after the other. */
gboolean vmm_partner_round_trips (VmmPartner *partner, guint n, GError **error);
