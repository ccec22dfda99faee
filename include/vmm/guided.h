/* SPDX-License-Identifier: MIT */
/* guided: turns of two guests of which only one can run at a time, started and shut down by hand.
 *
 * The turns are 1 22 11 22 1: what drifts steadily falls on both alike, and each time one guest takes over
 * from the other makes a pair. A guest remembers in a file how far it is; what the other did follows
 * from that, for they change with every turn. */
#pragma once

#include "vmm/plan.h"

#define VMM_GUIDED_TURNS 5
#define VMM_GUIDED_GUESTS 2
#define VMM_GUIDED_WINDOWS 2 /* of a single turn, unless said; the turns in the middle are double */
#define VMM_GUIDED_WINDOWS_MAX 20
#define VMM_GUIDED_PAUSE_US                                                                        \
  (10 * G_TIME_SPAN_MINUTE) /* between two turns: later they make no pair */

typedef struct {
  char  *label;                      /* of this guest's windows */
  gint64 ended_us;                   /* the newest turn here, since the epoch; 0 = none yet */
  guint  guest;                      /* 1 begins, 2 is the other */
  guint  done;                       /* turns that this guest has had */
  guint  windows;                    /* of a single turn */
  char   session[VMM_PLACE_ID_SIZE]; /* of all its windows */
} VmmGuided;

/* Nothing done yet, in a session of its own. */
void vmm_guided_init (VmmGuided *ret_guided, guint guest, guint windows, const char *label);
void vmm_guided_clear (VmmGuided *guided);

/* Which turn this guest has next, from 1; over VMM_GUIDED_TURNS = it has had all. How many windows that
 * has, and where they stand among those of this guest. */
guint vmm_guided_get_turn (const VmmGuided *guided);
guint vmm_guided_count_windows (const VmmGuided *guided);
void  vmm_guided_get_place (const VmmGuided *guided, VmmPlace *ret_place);

/* Whether the other guest, in between, cannot have been in time, where a window lasts `window_us`. */
gboolean vmm_guided_is_late (const VmmGuided *guided, gint64 wall_us, gint64 window_us);

/* What the file at `path` remembers. VMM_ERROR_MISSING: there is none; else it is not what
 * vmm_guided_save() wrote, and the error names it and says what to do. *ret_guided is empty then. */
gboolean vmm_guided_load (VmmGuided *ret_guided, const char *path, GError **error);

/* Whole or not at all, in a folder that is made where there is none. */
gboolean vmm_guided_save (const VmmGuided *guided, const char *path, GError **error);

/* The turn that was next has been measured until `wall_us`: remembered at `path`, where nothing stays after
 * the last one. FALSE and the error: it counts in *guided alone. */
gboolean vmm_guided_end_turn (VmmGuided *guided, gint64 wall_us, const char *path, GError **error);

/* Where the user's turns are remembered, beside the store. Free with g_free(). */
char *vmm_guided_path (void);

/* Whether windows may be called so; NULL may not. */
gboolean vmm_guided_is_label (const char *label);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VmmGuided, vmm_guided_clear)
