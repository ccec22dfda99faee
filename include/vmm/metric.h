/* SPDX-License-Identifier: MIT */
/* metric: the const table of what is watched: which metrics are graphs, which are categories of the
 * score, and what both faces say of them.
 *
 * Of a new one there are two rows: in VMM_METRICS, from which every count and number is made, and in
 * metric.c. Nothing else knows which metrics there are. Texts are English, to be translated. */
#pragma once

#include <glib.h>

/* clang-format off */
/*     metric    a graph?  a category of the score? */
#define VMM_METRICS(ROW)  \
  ROW (CPU,      YES,      YES) \
  ROW (MEMORY,   YES,      YES) \
  ROW (DISK,     YES,      YES) \
  ROW (NETWORK,  YES,      YES) \
  ROW (PEER,     NO,       NO)  \
  ROW (PRESSURE, NO,       NO)  \
  ROW (GPU,      YES,      NO)  \
  ROW (ENERGY,   YES,      NO)  \
  ROW (CLOCK,    NO,       NO)  \
  ROW (SELF,     NO,       NO)  \
  ROW (PROBE,    NO,       NO)

#define VMM_IF_YES(text) text,
#define VMM_IF_NO(text)

typedef enum {
#define VMM_ROW(ID, graph, category) VMM_METRIC_##ID,
  VMM_METRICS (VMM_ROW)
#undef VMM_ROW
  VMM_N_METRICS
} VmmMetric;

/* The graphs, counted: VMM_GRAPH_CPU .. They are shown in this order. */
typedef enum {
#define VMM_ROW(ID, graph, category) VMM_IF_##graph (VMM_GRAPH_##ID)
  VMM_METRICS (VMM_ROW)
#undef VMM_ROW
  VMM_N_GRAPHS
} VmmGraphId;

/* The categories, counted: VMM_CATEGORY_CPU .. Arrays of categories are by this number. */
typedef enum {
#define VMM_ROW(ID, graph, category) VMM_IF_##category (VMM_CATEGORY_##ID)
  VMM_METRICS (VMM_ROW)
#undef VMM_ROW
  VMM_N_CATEGORIES
} VmmCategory;
/* clang-format on */

/* A colour, as the style sheet and a terminal's palette have it. */
typedef enum {
  VMM_HUE_BLUE,
  VMM_HUE_GREEN,
  VMM_HUE_YELLOW,
  VMM_HUE_RED,
  VMM_HUE_PURPLE,
  VMM_HUE_TEAL,
  VMM_N_HUES
} VmmHue;

/* What a graph's area is made of, from below. */
typedef enum {
  VMM_LAYER_WITHIN, /* it reaches as high as its channel: what is below it is a part of that */
  VMM_LAYER_ON,     /* its channel lies on the one below */
  VMM_LAYER_BEYOND, /* what its channel is more than that of the layer below lies on it */
} VmmLayerKind;

typedef struct {
  int          channel; /* VmmChannelId */
  int          word;    /* the channel that is named for it */
  VmmLayerKind kind;
  const char  *part; /* of the style sheet */
} VmmLayer;

#define VMM_LAYERS_MAX 5

typedef struct {
  const char *id;    /* "cpu": begins its channels' ids; in results and exports, stable for ever */
  const char *title; /* "CPU" */
  gboolean    readings; /* a report tells what its channels did */
  gboolean is_rare; /* of few machines: no graph, and no word but in `host`, where there is none */

  /* Of a category: within a line, "memory"; context "score line". */
  const char *word;

  /* Of graphs and categories. */
  VmmHue hue;

  /* Of a graph. The smallest axis is for channels without `top`, in the unit that is shown. */
  const char *graph;           /* its title where there is room: "Disk I/O"; NULL = `title` */
  int         main, secondary; /* VmmChannelId: the filled line and the other one; -1 = none */
  gboolean    is_opposed;   /* the two are equals: the second is drawn below zero, filled as well */
  const VmmLayer *layers;   /* in place of the fill and of the second, NULL = none */
  guint           n_layers; /* no more than VMM_LAYERS_MAX */
  double          top, least; /* of the axis; `top` 0 = what the values need, at least `least` */
  const char     *unit;       /* behind the large digits: "% busy"; NULL = the channel's */
  gboolean        stands_in;  /* the second one is the filled one where that has never a value */
  const char     *help;       /* what the large digits are, a sentence; NULL = nothing to say */
} VmmMetricInfo;

/* The row of the table; `metric` < VMM_N_METRICS. Static storage. */
const VmmMetricInfo *vmm_metric (VmmMetric metric);

/* Which metric a graph or a category is, and its row. */
VmmMetric            vmm_graph_metric (VmmGraphId graph);
VmmMetric            vmm_category_metric (VmmCategory category);
const VmmMetricInfo *vmm_category (VmmCategory category);

/* "blue" .. "red": the class of the style sheet. Static storage. */
const char *vmm_hue_name (VmmHue hue);
