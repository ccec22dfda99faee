/* SPDX-License-Identifier: MIT */
/* graph_keys: what the words of the quiet line are painted with, in front of each of them. */
#include "graph_private.h"

#include <string.h>

#include "style.h"
#include "vmm/phrases.h"

/* A block for an area, a dash for a line, in units of the letters' ascent. */
#define KEY_HEIGHT 0.6
#define DASH_HEIGHT 0.14

static const VmmColor *
get_color (const VmmGraph *graph, VmmChannelId channel)
{
  const VmmMetricInfo *info = vmm_metric (graph->metric);

  for (guint i = 0; i < info->n_layers; i++)
    if (info->layers[i].word == (int) channel)
      return &graph->colors.layers[i];
  return &graph->colors.secondary;
}

/* Pango calls it in place of a letter, at the letter's baseline. */
static void
show_key (cairo_t *cr, PangoAttrShape *shape, gboolean do_path, gpointer data)
{
  const VmmGraph      *graph = data;
  const VmmMetricInfo *info = vmm_metric (graph->metric);
  gboolean             is_area = info->layers || info->is_opposed;
  double width = (double) shape->ink_rect.width / PANGO_SCALE, all = KEY_HEIGHT / DASH_HEIGHT, x, y;
  double height = is_area ? width : MAX (2, width / all);

  cairo_get_current_point (cr, &x, &y);
  vmm_style_set_source (cr, get_color (graph, (VmmChannelId) GPOINTER_TO_UINT (shape->data)));
  cairo_rectangle (cr, round (x), round (y - (width + height) / 2), round (width), round (height));
  cairo_fill (cr);
}

void
vmm_graph_style_keys (VmmGraph *graph)
{
  PangoContext *context = pango_layout_get_context (graph->texts[VMM_GRAPH_DETAIL]);

  pango_cairo_context_set_shape_renderer (context, show_key, graph, NULL);
}

/* Of letters of the same size, in Pango's units; the resolution counts. */
static int
get_size (VmmGraph *graph)
{
  return (int) (KEY_HEIGHT * pango_layout_get_baseline (graph->texts[VMM_GRAPH_READOUT]));
}

/* Its first letter is a large one, behind the key as well. */
char *
vmm_graph_make_detail (VmmGraph *graph, const VmmReadout *readout)
{
  char *cores = graph->shows_cores ? vmm_cores_say (&graph->cores) : NULL;

  if (cores)
    return cores;
  g_autofree char *line = vmm_readout_detail (readout, graph->metric, VMM_GRAPH_KEY, &graph->keys);
  const char      *key = g_str_has_prefix (line, VMM_GRAPH_KEY) ? VMM_GRAPH_KEY : "";
  g_autofree char *words = vmm_phrase_capitalise (line + strlen (key));

  return g_strconcat (key, words, NULL);
}

static void
set_keyed (VmmGraph *graph, const char *line)
{
  PangoLayout         *layout = graph->texts[VMM_GRAPH_DETAIL];
  const int            size = get_size (graph);
  const PangoRectangle place = { 0, -size, size, size };
  PangoAttrList       *attributes = pango_attr_list_new ();
  const char          *at = line;

  for (guint i = 0; i < graph->keys.n && (at = strstr (at, VMM_GRAPH_KEY)); i++) {
    PangoAttribute *key = pango_attr_shape_new_with_data (
        &place, &place, GUINT_TO_POINTER (graph->keys.channels[i]), NULL, NULL);
    key->start_index = (guint) (at - line);
    at += strlen (VMM_GRAPH_KEY_LETTER);
    key->end_index = (guint) (at - line);
    pango_attr_list_insert (attributes, key);
  }
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, line, -1);
}

void
vmm_graph_set_line (VmmGraph *graph, const char *line)
{
  if (g_strcmp0 (graph->line, line) == 0)
    return;
  g_free (graph->line);
  graph->line = g_strdup (line);
  graph->fitted = 0;
  set_keyed (graph, line);
}

/* Without its last item; FALSE: it has but one. */
static gboolean
shorten (char *line)
{
  char *dot = g_strrstr (line, " · "), *key = g_strrstr (line, "  " VMM_GRAPH_KEY);
  char *end = MAX (dot, key);

  if (end)
    *end = '\0';
  return end != NULL;
}

void
vmm_graph_fit_line (VmmGraph *graph, int width)
{
  PangoLayout     *layout = graph->texts[VMM_GRAPH_DETAIL];
  g_autofree char *line = g_strdup (graph->line);

  if (!line || graph->fitted == width)
    return;
  graph->fitted = width;
  pango_layout_set_width (layout, -1);
  do
    set_keyed (graph, line);
  while (vmm_graph_get_text_width (graph, VMM_GRAPH_DETAIL) > width && shorten (line));
  pango_layout_set_width (layout, width * PANGO_SCALE);
}

char *
vmm_graph_say_line (VmmGraph *graph)
{
  GString *words = g_string_new (graph->line);

  g_string_replace (words, "  " VMM_GRAPH_KEY, " · ", 0);
  g_string_replace (words, VMM_GRAPH_KEY, "", 0);
  return g_string_free (words, FALSE);
}
