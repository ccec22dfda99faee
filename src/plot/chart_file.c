/* SPDX-License-Identifier: MIT */
/* chart_file: the picture on paper, and as a file. */
#include "chart_private.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "vmm/phrases.h"
#include "vmm/error.h"

#define WIDTH 720.0
#define MARGIN 24.0
#define PNG_SCALE 2
#define FONT "Sans 10"
#define TITLE_SCALE 1.4

/* clang-format off */
static const VmmChartColors paper = {
  .text = { 0.10, 0.10, 0.10, 1 },
  .quiet = { 0.35, 0.35, 0.35, 1 },
  .grid = { 0.82, 0.82, 0.82, 1 },
  .reference = { 0.50, 0.50, 0.50, 1 },
  .background = { 1, 1, 1, 1 },
  .total = { 0.37, 0.36, 0.39, 1 },
  .hues = { { 0.11, 0.44, 0.85, 1 }, { 0.12, 0.54, 0.30, 1 },
            { 0.61, 0.43, 0.00, 1 }, { 0.75, 0.11, 0.16, 1 },
            { 0.51, 0.24, 0.61, 1 }, { 0.05, 0.45, 0.47, 1 } },
  .second = { { 0.06, 0.24, 0.48, 1 }, { 0.05, 0.30, 0.16, 1 },
              { 0.39, 0.27, 0.00, 1 }, { 0.46, 0.07, 0.10, 1 },
              { 0.29, 0.12, 0.36, 1 }, { 0.02, 0.25, 0.26, 1 } },
};
/* clang-format on */

typedef struct {
  cairo_t     *cr; /* NULL = measure */
  PangoLayout *layout;
  double       y;
  gboolean     mirrored;
} Head;

/* Wrapped, from `y` on, which goes to its end. Lines that are not of the layout's direction, which is to
 * the right, Pango turns around by itself. */
static void
draw_words (Head *head, const char *words, const VmmColor *color)
{
  g_autofree char *bound = vmm_phrase_bind (words);
  int              height;

  pango_layout_set_text (head->layout, bound, -1);
  gboolean right =
      head->mirrored && pango_layout_get_direction (head->layout, 0) != PANGO_DIRECTION_RTL;
  pango_layout_set_alignment (head->layout, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_get_pixel_size (head->layout, NULL, &height);
  if (head->cr) {
    cairo_set_source_rgb (head->cr, color->red, color->green, color->blue);
    cairo_move_to (head->cr, 0, head->y);
    pango_cairo_show_layout (head->cr, head->layout);
  }
  head->y += height;
}

static void
draw_title (Head *head, const char *title)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (TITLE_SCALE));
  pango_layout_set_attributes (head->layout, attributes);
  draw_words (head, title, &paper.text);
  pango_layout_set_attributes (head->layout, NULL);
  pango_attr_list_unref (attributes);
  head->y += VMM_CHART_GAP;
}

/* Title, words and notes; returns where they end. */
static double
draw_head (const VmmChart *chart, cairo_t *cr, PangoLayout *layout, double width)
{
  Head head = { cr, layout, 0, chart->mirrored };

  pango_layout_set_width (layout, (int) width * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (chart->title)
    draw_title (&head, chart->title);
  if (chart->words)
    draw_words (&head, chart->words, &paper.text);
  head.y += chart->notes ? VMM_CHART_GAP : 0;
  for (guint i = 0; chart->notes && chart->notes[i]; i++)
    draw_words (&head, chart->notes[i], &paper.quiet);
  pango_layout_set_width (layout, -1);
  pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
  return head.y > 0 ? head.y + 2 * VMM_CHART_GAP : 0;
}

static double
draw (const VmmChart *chart, cairo_t *cr, PangoLayout *layout, double width)
{
  double top = draw_head (chart, cr, layout, width);

  if (cr)
    cairo_translate (cr, 0, top);
  return top + vmm_chart_draw (chart, &paper, cr, layout, width);
}

double
vmm_chart_draw_on_paper (const VmmChart *chart, cairo_t *cr, double width)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout  *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string (FONT);

  pango_cairo_context_set_resolution (context, 96);
  pango_layout_set_font_description (layout, font);
  double height = draw (chart, cr, layout, width);
  pango_font_description_free (font);
  g_object_unref (layout);
  g_object_unref (context);
  return height;
}

/* ---- Files */

static cairo_status_t
append (gpointer closure, const guchar *data, guint length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
make_png (GByteArray *bytes, double width, double height)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, PNG_SCALE * (int) width, PNG_SCALE * (int) height);

  cairo_surface_set_device_scale (surface, PNG_SCALE, PNG_SCALE);
  return surface;
}

static cairo_surface_t *
make_svg (GByteArray *bytes, double width, double height)
{
  return cairo_svg_surface_create_for_stream (append, bytes, width, height);
}

static cairo_surface_t *
make_pdf (GByteArray *bytes, double width, double height)
{
  return cairo_pdf_surface_create_for_stream (append, bytes, width, height);
}

/* clang-format off */
static const struct {
  const char *ending, *title;
  cairo_surface_t *(*make) (GByteArray *bytes, double width, double height);
} formats[] = {
  { ".png", N_ ("PNG picture (*.png)"),  make_png },
  { ".svg", N_ ("SVG drawing (*.svg)"),  make_svg },
  { ".pdf", N_ ("PDF document (*.pdf)"), make_pdf },
};
/* clang-format on */

const char *
vmm_chart_get_ending (guint i)
{
  return i < G_N_ELEMENTS (formats) ? formats[i].ending : NULL;
}

const char *
vmm_chart_get_format (guint i)
{
  return i < G_N_ELEMENTS (formats) ? _ (formats[i].title) : NULL;
}

static cairo_status_t
render (const VmmChart *chart, guint format, GByteArray *bytes)
{
  double           height = vmm_chart_draw_on_paper (chart, NULL, WIDTH - 2 * MARGIN);
  cairo_surface_t *surface = formats[format].make (bytes, WIDTH, ceil (height) + 2 * MARGIN);
  cairo_t         *cr = cairo_create (surface);
  cairo_status_t   status;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, MARGIN, MARGIN);
  vmm_chart_draw_on_paper (chart, cr, WIDTH - 2 * MARGIN);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && formats[format].make == make_png)
    status = cairo_surface_write_to_png_stream (surface, append, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

gboolean
vmm_chart_save (const VmmChart *chart, const char *path, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (!g_str_has_suffix (lower, formats[i].ending))
      continue;
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    cairo_status_t status = render (chart, i, bytes);
    if (status == CAIRO_STATUS_SUCCESS)
      return g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, error);
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, _ ("%1$s: the picture cannot be drawn: %2$s"),
                 path, cairo_status_to_string (status));
    return FALSE;
  }
  g_set_error (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED,
               _ ("%s: a name that ends in .png, .svg or .pdf was expected"), path);
  return FALSE;
}
