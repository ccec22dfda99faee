/* SPDX-License-Identifier: MIT */
/* card: one picture that is read at a glance, also where it is shown small: what is good or bad, how much,
 * of which machine. */
#include "vmm/card.h"

#include "pen.h"
#include "vmm/error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Lengths in pixels. */
#define MARGIN 72.0
#define STRIPE 10.0
#define COLUMN 600.0 /* where the bars of a result begin */
#define FOOT (VMM_CARD_HEIGHT - 52.0)

/* clang-format off */
static const struct {
  VmmColor paper, glow, text, quiet, track, shade, total, hues[VMM_N_HUES];
} colors = {
  .paper = { 0.078, 0.086, 0.118, 1 },
  .glow =  { 0.125, 0.141, 0.200, 1 },
  .text =  { 0.965, 0.965, 0.980, 1 },
  .quiet = { 0.655, 0.675, 0.745, 1 },
  .track = { 1, 1, 1, 0.09 },
  .shade = { 0.078, 0.086, 0.118, 0.55 }, /* around an interval, where it lies on its bar */
  .total = { 0.640, 0.665, 0.760, 1 },
  .hues = { { 0.470, 0.682, 0.929, 1 }, { 0.341, 0.831, 0.569, 1 }, { 0.910, 0.730, 0.260, 1 },
            { 1.000, 0.482, 0.470, 1 }, { 0.780, 0.560, 0.878, 1 }, { 0.361, 0.812, 0.812, 1 } },
};
/* clang-format on */

typedef struct {
  const VmmShare *share;
  cairo_t        *cr;
  VmmPen          pen;
  double          scale;
} Card;

static void
set_font (const Card *card, const char *name)
{
  PangoFontDescription *font = pango_font_description_from_string (name);

  pango_layout_set_font_description (card->pen.layout, font);
  pango_font_description_free (font);
}

/* One line from `x` on, or up to it; cut where it is longer than `room`. */
static void
write_line (const Card *card, const char *font, const VmmColor *color, const char *text, double x,
            double y, double align, double room)
{
  set_font (card, font);
  vmm_pen_fit (&card->pen, text, color, x, y, align, room);
}

/* At most `lines` of them; returns where they end. */
static double
write_lines (const Card *card, const char *font, const VmmColor *color, const char *text, double x,
             double y, double room, int lines)
{
  PangoLayout *layout = card->pen.layout;
  int          height;

  set_font (card, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, (int) room * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, NULL, &height);
  vmm_pen_set_color (&card->pen, color);
  cairo_move_to (card->cr, x, y);
  pango_cairo_show_layout (card->cr, layout);
  pango_layout_set_width (layout, -1);
  pango_layout_set_height (layout, 0);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_NONE);
  return y + height;
}

/* ---- Bars */

static void
fill_round (const Card *card, const VmmColor *color, double x, double y, double width,
            double height)
{
  double radius = MIN (height / 2, width / 2);

  cairo_new_sub_path (card->cr);
  cairo_arc (card->cr, x + width - radius, y + radius, radius, -G_PI_2, G_PI_2);
  cairo_arc (card->cr, x + radius, y + radius, radius, G_PI_2, 3 * G_PI_2);
  cairo_close_path (card->cr);
  vmm_pen_set_color (&card->pen, color);
  cairo_fill (card->cr);
}

static void
draw_span (const Card *card, const VmmShareValue *value, double x, double y, double width,
           double height)
{
  double low = x + width * value->low / card->scale, high = x + width * value->high / card->scale;

  if (!isfinite (low) || !isfinite (high))
    return;
  vmm_pen_fill (&card->pen, &colors.shade, low - 2, y + height / 2 - 2, high - low + 4, 4);
  vmm_pen_fill (&card->pen, &colors.text, low, y + height / 2 - 1, MAX (2, high - low), 2);
  vmm_pen_fill (&card->pen, &colors.text, low - 1, y + height / 2 - 6, 2, 12);
  vmm_pen_fill (&card->pen, &colors.text, high - 1, y + height / 2 - 6, 2, 12);
}

static void
draw_bar (const Card *card, const VmmShareRow *row, guint side, double x, double y, double width,
          double height)
{
  const VmmShareValue *value = &row->sides[side];
  VmmColor             color = row->hue < 0 ? colors.total : colors.hues[row->hue];

  color.alpha = side ? 0.55 : 1;
  fill_round (card, &colors.track, x, y, width, height);
  if (isfinite (value->value))
    fill_round (card, &color, x, y, MAX (height, width * value->value / card->scale), height);
  draw_span (card, value, x, y, width, height);
}

/* Where 100 is. */
static void
draw_reference (const Card *card, double x, double width, double top, double bottom)
{
  const double dashes[] = { 4, 5 };
  double       at = round (x + width * 100 / card->scale) + 0.5;

  write_line (card, "Sans 16px", &colors.quiet, "100", at, top - 26, 0.5, 80);
  vmm_pen_set_color (&card->pen, &colors.quiet);
  cairo_set_dash (card->cr, dashes, 2, 0);
  cairo_set_line_width (card->cr, 1);
  cairo_move_to (card->cr, at, top);
  cairo_line_to (card->cr, at, bottom);
  cairo_stroke (card->cr);
  cairo_set_dash (card->cr, NULL, 0, 0);
}

/* ---- A result: the score at the left, the categories at the right */

/* As large as it has room for. */
static void
draw_figure (const Card *card, const char *figure, double room)
{
  static const char *const fonts[] = { "Sans Bold 150px", "Sans Bold 118px", "Sans Bold 90px" };
  guint                    i = 0;

  set_font (card, fonts[i]);
  while (i + 1 < G_N_ELEMENTS (fonts) && vmm_pen_measure (&card->pen, figure) > room)
    set_font (card, fonts[++i]);
  write_line (card, fonts[i], &colors.text, figure, MARGIN - 6, 206 + 22 * i, 0, room);
}

static void
draw_score (const Card *card)
{
  const VmmShare      *share = card->share;
  const VmmShareValue *total = &share->rows[0].sides[0];
  const double         room = COLUMN - 2 * MARGIN;

  if (!isfinite (total->value)) {
    write_lines (card, "Sans Bold 40px", &colors.text, share->verdict, MARGIN, 240, room, 4);
    return;
  }
  write_line (card, "Sans 24px", &colors.quiet, share->rows[0].title, MARGIN, 196, 0, room);
  draw_figure (card, total->figure, room + 40);
  /* xgettext:no-c-format */
  write_line (card, "Sans 20px", &colors.quiet, total->interval[0] ? _ ("95 % interval") : "",
              MARGIN, 398, 0, room);
  write_line (card, "Sans 30px", &colors.text, total->interval, MARGIN, 424, 0, room);
  write_line (card, "Sans 20px", &colors.quiet, share->quality, MARGIN, 468, 0, room);
}

static void
draw_categories (const Card *card)
{
  const double width = VMM_CARD_WIDTH - MARGIN - COLUMN;

  for (guint i = 1; i < VMM_SHARE_ROWS; i++) {
    const VmmShareRow *row = &card->share->rows[i];
    double             y = 206 + (i - 1) * 72;
    write_line (card, "Sans 22px", &colors.text, row->title, COLUMN, y, 0, width - 160);
    write_line (card, "Sans Bold 26px", &colors.text, row->sides[0].figure, COLUMN + width, y - 3,
                1, 150);
    draw_bar (card, row, 0, COLUMN, y + 35, width, 14);
  }
  draw_reference (card, COLUMN, width, 196, 206 + 3 * 72 + 58);
}

static void
draw_run (const Card *card)
{
  const VmmShare *share = card->share;
  const double    room = VMM_CARD_WIDTH - 2 * MARGIN;
  const char     *title = share->label ? share->label : share->sides[0].name;

  write_line (card, "Sans Bold 44px", &colors.text, title, MARGIN, 84, 0, room);
  write_line (card, "Sans 22px", &colors.quiet, share->sides[0].machine, MARGIN, 142, 0, room);
  draw_score (card);
  draw_categories (card);
  write_line (card, "Sans 22px", &colors.text, share->findings[0], MARGIN, 524, 0, room);
}

/* ---- A comparison: the verdict, and below it the sides in each row */

static void
draw_compared (const Card *card, const VmmShareRow *row, double y)
{
  const double left = MARGIN + 150, figures = 330;
  const double width = VMM_CARD_WIDTH - MARGIN - left - figures;

  write_line (card, "Sans 20px", &colors.text, row->title, MARGIN, y + 4, 0, 140);
  for (guint i = 0; i < VMM_SHARE_SIDES; i++) {
    double           top = y + i * 24;
    g_autofree char *words =
        g_strdup_printf ("%s  %s", card->share->sides[i].name, row->sides[i].figure);
    draw_bar (card, row, i, left, top + 4, width, 14);
    write_line (card, "Sans 17px", i ? &colors.quiet : &colors.text, words, VMM_CARD_WIDTH - MARGIN,
                top - 1, 1, figures - 20);
  }
}

static void
draw_comparison (const Card *card)
{
  const VmmShare *share = card->share;
  const double    room = VMM_CARD_WIDTH - 2 * MARGIN, left = MARGIN + 150;
  double          y =
      write_lines (card, "Sans Bold 27px", &colors.text, share->verdict, MARGIN, 80, room, 3);

  for (guint i = 0; i < VMM_SHARE_SIDES; i++) {
    g_autofree char *side =
        g_strdup_printf ("%s · %s", share->sides[i].told, share->sides[i].machine);
    write_line (card, "Sans 18px", &colors.quiet, side, MARGIN, y + 6 + i * 25, 0, room);
  }
  for (guint i = 0; i < VMM_SHARE_ROWS; i++)
    draw_compared (card, &share->rows[i], 278 + i * 57);
  draw_reference (card, left, room - 150 - 330, 272, 278 + 4 * 57 + 46);
}

/* ---- Both */

static void
draw_paper (const Card *card)
{
  cairo_pattern_t *glow = cairo_pattern_create_linear (0, 0, VMM_CARD_WIDTH, VMM_CARD_HEIGHT);
  const double     stripe = (double) VMM_CARD_WIDTH / VMM_N_CATEGORIES;

  cairo_pattern_add_color_stop_rgb (glow, 0, colors.glow.red, colors.glow.green, colors.glow.blue);
  cairo_pattern_add_color_stop_rgb (glow, 1, colors.paper.red, colors.paper.green,
                                    colors.paper.blue);
  cairo_set_source (card->cr, glow);
  cairo_paint (card->cr);
  cairo_pattern_destroy (glow);
  for (guint i = 1; i < VMM_SHARE_ROWS; i++)
    vmm_pen_fill (&card->pen, &colors.hues[card->share->rows[i].hue], (i - 1) * stripe, 0, stripe,
                  STRIPE);
}

static void
draw_foot (const Card *card)
{
  const VmmShare  *share = card->share;
  g_autofree char *making = g_strdup_printf ("%s · %s", share->program, share->moment);
  g_autofree char *digest = g_strdup_printf ("SHA-256 %.16s…", share->digest);
  const double     room = VMM_CARD_WIDTH - 2 * MARGIN;

  write_line (card, "Sans 18px", &colors.quiet, making, MARGIN, 44, 0, room);
  write_line (card, "Sans 17px", &colors.quiet, share->meaning, MARGIN, FOOT, 0, room - 320);
  write_line (card, "Monospace 16px", &colors.quiet, digest, VMM_CARD_WIDTH - MARGIN, FOOT, 1, 310);
}

static void
draw (const Card *card)
{
  draw_paper (card);
  draw_foot (card);
  if (card->share->account)
    draw_comparison (card);
  else
    draw_run (card);
}

static cairo_status_t
append (gpointer closure, const guchar *data, guint length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
render (const VmmShare *share, GByteArray *bytes)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, VMM_CARD_WIDTH, VMM_CARD_HEIGHT);
  cairo_t      *cr = cairo_create (surface);
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout  *layout = pango_layout_new (context);
  const Card    card = {
       share, cr, { .cr = cr, .layout = layout, .width = VMM_CARD_WIDTH }, vmm_share_scale (share)
  };

  draw (&card);
  cairo_status_t status = cairo_status (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append, bytes);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_object_unref (layout);
  g_object_unref (context);
  return status;
}

GBytes *
vmm_card_render (const VmmShare *share, GError **error)
{
  GByteArray    *bytes = g_byte_array_new ();
  cairo_status_t status = render (share, bytes);

  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, VMM_ERROR, VMM_ERROR_IO, _ ("the picture cannot be drawn: %s"),
               cairo_status_to_string (status));
  return NULL;
}

gboolean
vmm_card_save (const VmmShare *share, const char *path, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  if (!g_str_has_suffix (lower, ".png")) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED,
                 _ ("%s: a name that ends in .png was expected"), path);
    return FALSE;
  }
  g_autoptr (GBytes) bytes = vmm_card_render (share, error);
  return bytes && g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                       (gssize) g_bytes_get_size (bytes), error);
}
