/* SPDX-License-Identifier: MIT */
/* chart: scores as dots with their intervals, and the series of one or two runs: Cairo only, no
 * widget; the same picture on the screen, in a file and on paper. */
#pragma once

#include <pango/pangocairo.h>

#include "vmm/account.h"
#include "vmm/color.h"

#define VMM_CHART_N_GROUPS (1 + VMM_N_CATEGORIES) /* the total, then the categories */

/* Immutable, reference counted. */
typedef struct {
  grefcount references;
  /* Above it in a file and on paper, NULL = nothing: a title, what it shows, and of what; NULL at the
   * end of the notes. */
  char *title, *words, **notes;

  gboolean      mirrored; /* the scale begins at the right, as reading does */
  guint         n_sides;  /* dots in a group */
  char        **names;    /* of the sides, NULL at the end */
  VmmSideValue *values;   /* [VMM_CHART_N_GROUPS * n_sides] */
  VmmResult    *runs[2];  /* whose series are laid over each other; NULL = none */
} VmmChart;

typedef struct {
  VmmColor text, quiet, grid, reference, background;
  VmmColor total, hues[VMM_N_HUES]; /* of dots, and of the first run's series */
  VmmColor second[VMM_N_HUES];      /* of the second run's */
} VmmChartColors;

VmmChart *vmm_chart_new_of_run (VmmResult *result);

/* With the series of `first` and `second`, which may be NULL. */
VmmChart *vmm_chart_new_of_comparison (const VmmAccount *account, VmmResult *first,
                                       VmmResult *second);

/* chart_words.c: with what is to be known of the picture where it stands alone. `words` say how good the
 * run is; `results` (of VmmResult *, one at least) are all that are compared. */
void vmm_chart_describe_run (VmmChart *chart, VmmResult *result, const char *words);
void vmm_chart_describe_comparison (VmmChart *chart, const VmmAccount *account,
                                    const GPtrArray *results);

#define VMM_TYPE_CHART (vmm_chart_get_type ())
GType vmm_chart_get_type (void);

VmmChart *vmm_chart_ref (VmmChart *chart);
void      vmm_chart_unref (VmmChart *chart); /* NULL is fine */

/* chart_draw.c: draws from 0, 0 on, `width` wide; returns the height. With `cr` NULL it only measures. `layout`
 * carries the font; its text is changed. */
double vmm_chart_draw (const VmmChart *chart, const VmmChartColors *colors, cairo_t *cr,
                       PangoLayout *layout, double width);

/* chart_file.c: with its words, in dark ink. The same return. */
double vmm_chart_draw_on_paper (const VmmChart *chart, cairo_t *cr, double width);

/* chart_file.c: writes the picture to `path`, whole or not at all, in the format that its ending
 * names: .png, .svg or .pdf. */
gboolean vmm_chart_save (const VmmChart *chart, const char *path, GError **error);

/* chart_file.c: of format `i` the ending (".png") and what a user calls it; NULL when there are no
 * more. */
const char *vmm_chart_get_ending (guint i);
const char *vmm_chart_get_format (guint i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmChart, vmm_chart_unref)
