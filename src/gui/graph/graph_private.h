/* SPDX-License-Identifier: MIT */
/* graph_private: what the files of the graph widget share. */
#pragma once

#include "cores.h"
#include "graph.h"
#include "vmm/plot.h"
#include "vmm/readout.h"

/* What stands before a word with a line or an area of its own: a letter that is none, and a space. */
#define VMM_GRAPH_KEY_LETTER "\uFFFC"
#define VMM_GRAPH_KEY VMM_GRAPH_KEY_LETTER "\u00A0"

#define VMM_GRAPH_GAP 6.0 /* between things beside each other */

typedef enum {
  VMM_GRAPH_TITLE,
  VMM_GRAPH_VALUE,
  VMM_GRAPH_UNIT,
  VMM_GRAPH_DETAIL,
  VMM_GRAPH_READOUT, /* in its place while there is a crosshair */
  VMM_GRAPH_AXIS,
  VMM_GRAPH_MEASURED,
  VMM_GRAPH_N_TEXTS
} VmmGraphText;

/* What the paper was painted for. */
typedef struct {
  int    width, height, scale;
  guint  lanes;
  double top;
  gint64 span_us, behind_us;
} VmmPaperKey;

struct _VmmGraph {
  GtkDrawingArea parent;
  VmmMetric      metric;
  VmmTimeView   *view;
  VmmSession    *session; /* borrowed, or NULL */
  char          *help;    /* what its words mean */
  char          *reason;  /* why the main channel is absent, as the session says, or NULL */
  char          *said;    /* that, in the user's language */
  char          *line;    /* the quiet line, whole */
  VmmReadoutKeys keys;    /* of it */
  double         top;     /* of the axis so far, in the channel's unit; 0 = new */
  VmmUnits       units;
  int            fitted; /* width that the line was made to fit, 0 = none yet */

  /* What does not change from sample to sample, painted once: the card, its title, the axes. */
  cairo_surface_t *paper;
  VmmPaperKey      paper_key;
  cairo_surface_t *series; /* on it, as last painted */

  gboolean       styled; /* what follows is as the style says */
  PangoLayout   *texts[VMM_GRAPH_N_TEXTS];
  VmmColor       text_colors[VMM_GRAPH_N_TEXTS];
  VmmPlotColors  colors;
  VmmPlotMetrics metrics;

  gboolean pointer_inside;
  double   pointer_x, wheel;

  GtkGesture *gestures[2];
  double      pinched, dragged; /* scale and way of the last step */

  VmmCores cores; /* of the CPUs' graph */
  gboolean shows_cores;
};

/* graph_sight.c: the newest row, FALSE without one; a row to be put into words, and with its
 * time as a line; which time is shown, and which is now; the place
 * inside the padding; fonts and colours as the style says, asked for once after each change. */
gboolean     vmm_graph_get_newest (const VmmGraph *graph, guint *ret_row);
VmmChannelId vmm_graph_get_main (const VmmGraph *graph, int *ret_secondary);
VmmReadout   vmm_graph_read (const VmmGraph *graph, guint row);
char        *vmm_graph_say_row (const VmmGraph *graph, guint row);
void         vmm_graph_get_span (const VmmGraph *graph, gint64 *ret_begin_us, gint64 *ret_end_us,
                                 gint64 *ret_now_us);
GdkRectangle vmm_graph_get_content (VmmGraph *graph);
int          vmm_graph_get_header_height (VmmGraph *graph);
int          vmm_graph_get_text_width (VmmGraph *graph, VmmGraphText text);
int          vmm_graph_get_text_height (VmmGraph *graph, VmmGraphText text);
void         vmm_graph_ensure_style (VmmGraph *graph);

/* graph_keys.c: the quiet line, in which a key stands before each word that has a line or an area of
 * its own: whole, then as many of its items as fit a width; and without keys, for who hears it. */
char *vmm_graph_make_detail (VmmGraph *graph, const VmmReadout *readout);
void  vmm_graph_set_line (VmmGraph *graph, const char *line);
void  vmm_graph_fit_line (VmmGraph *graph, int width);
char *vmm_graph_say_line (VmmGraph *graph);
void  vmm_graph_style_keys (VmmGraph *graph);

/* graph_paint.c */
gboolean vmm_graph_paint (VmmGraph *graph, cairo_t *cr);

/* graph_input.c: the pointer is at `x`, or left; it stays where it is while rows move on; a wheel, a
 * key: whether it meant something. */
void     vmm_graph_point (VmmGraph *graph, double x);
void     vmm_graph_leave (VmmGraph *graph);
void     vmm_graph_follow_pointer (VmmGraph *graph);
gboolean vmm_graph_scroll (VmmGraph *graph, const GdkEventScroll *event);
gboolean vmm_graph_press (VmmGraph *graph, const GdkEventKey *event);

/* Steps closer (> 0) or wider; through the history by a share of the span. */
void vmm_graph_zoom (VmmGraph *graph, double amount);
void vmm_graph_pan (VmmGraph *graph, double amount);

/* graph_touch.c: gestures are understood from now on; fingers are so many times as far apart as they
 * were; one was drawn so far to the right. */
void vmm_graph_feel (VmmGraph *graph);
void vmm_graph_pinch (VmmGraph *graph, double scale);
void vmm_graph_drag (VmmGraph *graph, double offset);
