/* SPDX-License-Identifier: MIT */
/* partner: a second thread that answers each byte. */
#pragma once

#include "cpus.h"

typedef struct {
  GThread  *thread; /* NULL = not started */
  int       request[2], reply[2];
  int       tid;       /* of the thread */
  int       schedstat; /* of the thread, -1 = none */
  clockid_t cpu_clock; /* CPU time of the thread */
  gint      is_there;  /* atomic: these three are filled in */
  gboolean  patient;
} VmmPartner;

/* Over pipes, or over TCP within this machine. Starting a started partner, and stopping a stopped one, does nothing. */
gboolean vmm_partner_start (VmmPartner *partner, GError **error);
gboolean vmm_partner_start_tcp (VmmPartner *partner, GError **error);
void     vmm_partner_stop (VmmPartner *partner);
double   vmm_partner_cpu_seconds (const VmmPartner *partner); /* since its start */

/* Both threads, this one and the partner, run on when they wake the other, until they sleep. Only
 * where the user has chosen no other policy of scheduling than the usual. */
void vmm_partner_be_patient (VmmPartner *partner, gboolean patient);

/* `n` bytes there and back, one after the other. */
gboolean vmm_partner_round_trips (VmmPartner *partner, guint n, GError **error);
