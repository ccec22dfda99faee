/* SPDX-License-Identifier: MIT */
/* answer: what a Prometheus answers to a question, series by series. */
#pragma once

#include "vmm/json.h"

/* One point of an instant, or several over time; a value is NAN or infinite where the server says so. */
typedef struct {
  const VmmJsonPlace *labels;
  const gint64       *times_us;
  const double       *values;
  guint               n; /* > 0 */
} VmmSeries;

typedef void (*VmmSeriesTake) (const VmmSeries *series, gpointer data);

/* Gives each series of the answer to `take`. FALSE with the error of vmm_fleet_add(); some may have been
 * given by then. */
gboolean vmm_answer_read (const char *text, gsize length, VmmSeriesTake take, gpointer data,
                          gboolean *ret_is_partial, GError **error);

/* The label, fit to be shown; "" where it is not there. Free with g_free(). */
char *vmm_answer_label (const VmmSeries *series, const char *name);
