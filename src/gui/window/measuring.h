/* SPDX-License-Identifier: MIT */
/* measuring: a run in the window: what it tells is shown on the dashboard, what the user wants is done.
 *
 * The wishes are the actions "measure", "measure-thrice", "stop", "save", "passive", "turns", "go-on" and
 * "preferences" of the window, which are added here; to measure, its action "results" is turned off. */
#pragma once

#include "dashboard.h"
#include "vmm/run.h"
#include "vmm/settings.h"

typedef struct _VmmMeasuring VmmMeasuring;

/* All of it outlives the measuring. */
typedef struct {
  GtkWidget    *window; /* a GActionMap, too */
  VmmDashboard *dashboard;
  GtkWidget    *button; /* is called what "measure" does */

  /* A run was kept. What went wrong and what to do about it is to be told. What is to be done now is, beside a
   * `button` that does an action of the window's, or NULL; without words that is taken back. And whose guests are to
   * be shown may have changed. */
  void (*kept) (GtkWidget *window);
  void (*tell) (GtkWidget *window, const char *words);
  void (*offer) (GtkWidget *window, const char *words, const char *button, const char *action);
  void (*offer_fleet) (GtkWidget *window, const VmmSettings *settings);

  /* This is to be the label of a run that was kept. */
  void (*label) (GtkWidget *window, const char *id, const char *label);
} VmmMeasuringPlace;

VmmMeasuring *vmm_measuring_new (const VmmMeasuringPlace *place);
void          vmm_measuring_free (VmmMeasuring *measuring);

/* Shows `run` (taken over), and keeps and counts as `settings` say. Once. */
void vmm_measuring_set_run (VmmMeasuring *measuring, VmmRun *run, const VmmSettings *settings);

/* Borrowed; NULL before. */
VmmRun *vmm_measuring_get_run (const VmmMeasuring *measuring);

/* Begins the first window after the window's first frame, which is the dearest of all and would fall
 * among the first probes. */
void vmm_measuring_begin_when_shown (VmmMeasuring *measuring);
