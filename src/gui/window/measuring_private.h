/* SPDX-License-Identifier: MIT */
/* measuring_private: what the files of measuring share. */
#pragma once

#include "labelling.h"
#include "measuring.h"

struct _VmmMeasuring {
  VmmMeasuringPlace place;
  VmmRun           *run; /* NULL before the first */
  VmmSettings       settings;
  VmmLabelling      labelling;
  guint             begin; /* idle, between the first frame and the first window */
};

const VmmPlan *vmm_measuring_get_plan (const VmmMeasuring *measuring);

/* What went wrong, and below what can be done. */
void vmm_measuring_tell (VmmMeasuring *measuring, const GError *error, const char *advice);

/* So many windows from now on; 0 = without end. */
void vmm_measuring_measure (VmmMeasuring *measuring, guint windows);

/* measuring_turns.c: of the run's observer, and of the action "turns". */
void vmm_measuring_turns_paused (VmmRun *run, gpointer data);
void vmm_measuring_turns_ended (VmmRun *run, gpointer data);
void vmm_measuring_ask_turns (GSimpleAction *action, GVariant *parameter, gpointer data);
