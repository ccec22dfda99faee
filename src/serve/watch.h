/* SPDX-License-Identifier: MIT */
/* watch: what is counted all the time, between windows as well: stolen and stopped time, steps of the
 * clock, the guest's own load. Rows and looks are arguments. */
#pragma once

#include "vmm/session.h"
#include "vmm/snapshot.h"

#define VMM_WATCH_LOOKS 30 /* those that the ratio is of */
#define VMM_WATCH_ROWS 30  /* those that the load is the mean of */

typedef struct {
  double observed_seconds, missing_seconds;
} VmmLook;

typedef struct {
  guint   cpus;
  double  steal_seconds, stopped_seconds; /* of steal NAN until the VMM tells some */
  guint64 clock_steps;
  VmmLook sum;

  VmmLook looks[VMM_WATCH_LOOKS];
  guint   n_looks; /* ever */
  float   busy[VMM_WATCH_ROWS];
  guint   n_busy; /* ever */
} VmmWatch;

void vmm_watch_init (VmmWatch *watch, guint cpus);

/* A row of the channels of clock and CPU, `elapsed_us` after the one before. */
void vmm_watch_add_row (VmmWatch *watch, const float *row, gint64 elapsed_us);
void vmm_watch_add_look (VmmWatch *watch, const VmmLook *look);

/* The guest's load lately, in percent of all CPUs; NAN = not known yet. */
double vmm_watch_get_busy (const VmmWatch *watch);

/* Fills the members that this knows. */
void vmm_watch_describe (const VmmWatch *watch, VmmSnapshot *snapshot);

/* Of a session between windows that measure as `plan` says: of the sources, those that cost next to nothing. NULL and
 * the error when there can be none. */
VmmSession *vmm_watch_make_session (const VmmPlan *plan, VmmHost *host, GError **error);
