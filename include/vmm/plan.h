/* SPDX-License-Identifier: MIT */
/* plan: what a run shall do. A plain value; strings are owned by the plan. */
#pragma once

#include <glib.h>

#define VMM_PLAN_DURATION_S 30 /* the window that the score is defined for */
#define VMM_PLAN_DURATION_MIN_S 5
#define VMM_PLAN_DURATION_MAX_S 3600
#define VMM_PLAN_INTERVAL_MS 1000 /* one tick */
#define VMM_PLAN_INTERVAL_MIN_MS 100
#define VMM_PLAN_INTERVAL_MAX_MS 10000
#define VMM_PLAN_LABEL_MAX 256 /* bytes of UTF-8 */

typedef struct {
  guint    duration_s;
  guint    interval_ms;
  gboolean probes;       /* FALSE: a passive run, without a score */
  gboolean light;        /* no bursts: for a guest that serves others */
  gboolean cloud;        /* ask the cloud's metadata service who this is */
  gboolean cloud_events; /* and what is announced; only with `cloud` */
  gboolean
      keeps_scratch; /* the disk probes' file stays between windows, for who measures for weeks */
  char *
      ping_target; /* NULL = default gateway, "none" = off, "cloud" = its metadata service, else a numeric
                        * address */
  char   *network_peer; /* NULL = none, else vmm_peer_is_address() */
  char   *label;        /* NULL or the user's own words for this run */
  char   *sysroot;      /* NULL = this machine */
  char   *scratch_dir;  /* NULL = chosen by the probes */
  guint   history;      /* rows that the ring keeps; a longer window's where that is more */
  guint64 seed;         /* of everything random in the run */
} VmmPlan;

/* Where a window stands among those that were measured with it. */
#define VMM_PLACE_ID_SIZE 17

typedef struct {
  char session[VMM_PLACE_ID_SIZE]; /* 16 hexadecimal digits, the same for all of them; "" = alone */
  guint   number;                  /* of the window in its session, from 1 */
  guint   turn, turns; /* whose slots they are: those of the turn-th of `turns`; 0 = nobody's */
  guint64 slot;        /* in turns: which one, counted from the epoch */
} VmmPlace;

/* The defaults above, probes on, one hour of history, a seed of 32 random bits. */
void vmm_plan_init (VmmPlan *plan);
void vmm_plan_copy (VmmPlan *ret_copy, const VmmPlan *plan);
void vmm_plan_clear (VmmPlan *plan);

/* FALSE and VMM_ERROR_RANGE when a figure is outside its limits or the window has no whole tick. */
gboolean vmm_plan_check (const VmmPlan *plan, GError **error);

/* TRUE for "none", "cloud" and the address, in figures, of one host. Names are not looked up: that would be
 * traffic to others than the target. */
gboolean vmm_plan_is_target (const char *target);

/* Whole ticks in the window. */
guint vmm_plan_ticks (const VmmPlan *plan);

/* How long these are, in seconds: the duration, or up to one interval less. The score is defined for
 * windows of which this is VMM_PLAN_DURATION_S. */
double   vmm_plan_seconds (const VmmPlan *plan);
gboolean vmm_plan_is_standard (const VmmPlan *plan);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VmmPlan, vmm_plan_clear)
