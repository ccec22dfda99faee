/* SPDX-License-Identifier: MIT */
/* measuring_private: what the files of measuring share. */
#pragma once

#include "labelling.h"
#include "measuring.h"
#include "vmm/guided.h"

struct _VmmMeasuring {
  VmmMeasuringPlace place;
  VmmRun           *run; /* NULL before the first */
  VmmSettings       settings;
  VmmLabelling      labelling;
  GPtrArray        *series;         /* of VmmResult *: those that were asked for together */
  VmmGuided         guided;         /* the turn that is measured; guest 0 = none */
  gboolean          is_guided_lost; /* a window of it was not kept, or is one cut short */
  guint             begin;          /* idle, between the first frame and the first window */
};

const VmmPlan *vmm_measuring_get_plan (const VmmMeasuring *measuring);

/* What went wrong, and below what can be done. */
void vmm_measuring_tell (VmmMeasuring *measuring, const GError *error, const char *advice);

/* So many windows from now on; 0 = without end. */
void vmm_measuring_measure (VmmMeasuring *measuring, guint windows);

/* measuring_series.c: one more is over; it is shown, after the last one with what they say together, and with why
 * it was not kept, or NULL. */
void vmm_measuring_series_take (VmmMeasuring *measuring, VmmResult *result);
void vmm_measuring_series_show (VmmMeasuring *measuring, const VmmResult *result,
                                const GError *error);

/* measuring_turns.c: of the run's observer, and of the action "turns". */
void vmm_measuring_turns_paused (VmmRun *run, gpointer data);
void vmm_measuring_turns_ended (VmmRun *run, gpointer data);
void vmm_measuring_ask_turns (GSimpleAction *action, GVariant *parameter, gpointer data);

/* measuring_guided.c. Where turns are remembered, the next one is offered; the action "go-on" takes it up. */
void vmm_measuring_offer_guided (VmmMeasuring *measuring);
void vmm_measuring_go_on (GSimpleAction *action, GVariant *parameter, gpointer data);

/* FALSE where none are remembered, or in the replay of another machine: *ret_guided is empty then. */
gboolean vmm_measuring_load_guided (VmmMeasuring *measuring, VmmGuided *ret_guided);

/* Measures the turn that is next. `data` is the VmmMeasuring. */
void vmm_measuring_begin_guided (const VmmGuided *guided, gpointer data);

/* A result of it was kept or not. */
void vmm_measuring_look_guided (VmmMeasuring *measuring, const VmmResult *result, gboolean is_kept);

/* Whether a turn is measured; the same from its beginning, where one is; it is left, and does not count; its
 * windows are over. */
gboolean vmm_measuring_is_guided (const VmmMeasuring *measuring);
gboolean vmm_measuring_restart_guided (VmmMeasuring *measuring);
void     vmm_measuring_leave_guided (VmmMeasuring *measuring);
void     vmm_measuring_end_guided (VmmMeasuring *measuring);
