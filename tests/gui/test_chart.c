/* SPDX-License-Identifier: MIT */
/* test_chart: scores become dots in their colours with whiskers, runs become lines, the whole a
 * file in each format. */
#include "vmm/card.h"
#include "vmm/chart.h"
#include "vmm/error.h"
#include "vmm/phrases.h"
#include "vmm/scale.h"

#include <glib/gstdio.h>

#include "../core/made.h"

#define WIDTH 600
#define MAX_HEIGHT 1200

typedef struct {
  cairo_surface_t *surface;
  int              height; /* drawn */
} Picture;

static const VmmChartColors colors = {
  .text = { 0, 0, 0, 1 },
  .quiet = { 0.5, 0.5, 0.5, 0 },
  .grid = { 0, 0, 0, 0 },
  .background = { 1, 1, 1, 1 },
  .total = { 1, 0, 1, 1 },
  .hues = { { 0, 0, 1, 1 },
            { 0, 1, 0, 1 },
            { 1, 1, 0, 1 },
            { 1, 0, 0, 1 },
            { 0.5, 0, 1, 1 },
            { 0, 0.5, 0.5, 1 } },
  .second = { { 0, 1, 1, 1 },
              { 0, 1, 1, 1 },
              { 0, 1, 1, 1 },
              { 0, 1, 1, 1 },
              { 0, 1, 1, 1 },
              { 0, 1, 1, 1 } },
};
static const guint32 inks[] = { 0xff00ff, 0x0000ff, 0x00ff00, 0xffff00, 0xff0000 };
static const guint32 second_ink = 0x00ffff;

static void
picture_clear (Picture *picture)
{
  cairo_surface_destroy (picture->surface);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static void
draw (Picture *picture, const VmmChart *chart)
{
  picture->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, MAX_HEIGHT);
  cairo_t     *cr = cairo_create (picture->surface);
  PangoLayout *layout = pango_cairo_create_layout (cr);

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  picture->height = (int) vmm_chart_draw (chart, &colors, cr, layout, WIDTH);
  g_assert_cmpint (picture->height, ==, (int) vmm_chart_draw (chart, &colors, NULL, layout, WIDTH));
  g_assert_cmpint (picture->height, <, MAX_HEIGHT);
  cairo_surface_flush (picture->surface);
  g_object_unref (layout);
  cairo_destroy (cr);
}

static guint32
get_pixel (const Picture *picture, int x, int y)
{
  gsize   stride = (gsize) cairo_image_surface_get_stride (picture->surface);
  guint32 pixel;

  memcpy (&pixel,
          cairo_image_surface_get_data (picture->surface) + (gsize) y * stride + 4 * (gsize) x,
          sizeof pixel);
  return pixel & 0xffffff;
}

/* The longest row of `ink`, without what lies over it: from its first pixel to its last. */
static int
measure (const Picture *picture, guint32 ink, int *ret_end)
{
  int longest = 0;

  for (int y = 0; y < picture->height; y++) {
    int first = -1, last = -1;
    for (int x = 0; x < WIDTH; x++)
      if (get_pixel (picture, x, y) == ink) {
        first = first < 0 ? x : first;
        last = x;
      }
    if (first >= 0 && last - first + 1 > longest) {
      longest = last - first + 1;
      *ret_end = last;
    }
  }
  return longest;
}

static guint
count (const Picture *picture, guint32 ink, int top)
{
  guint n = 0;

  for (int y = top; y < picture->height; y++)
    for (int x = 0; x < WIDTH; x++)
      n += get_pixel (picture, x, y) == ink;
  return n;
}

/* A chart without series, whose total is `total`, half as much in each next group. */
static VmmChart *
make_marks (double total)
{
  g_autoptr (VmmResult) result = made_clean ("kvm", "made");
  VmmChart *chart = vmm_chart_new_of_run (result);

  g_clear_pointer (&chart->runs[0], vmm_result_unref);
  for (guint i = 0; i < VMM_CHART_N_GROUPS; i++, total /= 1.5)
    chart->values[i] = (VmmSideValue){ 1, total, total * 0.8, total * 1.2, 0 };
  return chart;
}

/* On a scale of ratios equal ratios are equal lengths: from one dot to the next, and of each whisker, which
 * is from 0.8 to 1.2 times the score. */
static void
test_marks (void)
{
  g_autoptr (VmmChart) chart = make_marks (300);
  g_auto (Picture) picture = { 0 };
  int ends[VMM_CHART_N_GROUPS], lengths[VMM_CHART_N_GROUPS];

  draw (&picture, chart);
  for (guint i = 0; i < VMM_CHART_N_GROUPS; i++) {
    lengths[i] = measure (&picture, inks[i], &ends[i]);
    g_assert_cmpint (lengths[i], >, 20);
    g_assert_cmpint (ABS (lengths[i] - lengths[0]), <=, 2);
    g_assert_cmpint (i ? ABS (ends[i - 1] - ends[i] - lengths[0]) : 0, <=, 3);
  }
}

static void
test_whiskers (void)
{
  g_autoptr (VmmChart) chart = make_marks (300);
  g_auto (Picture) with = { 0 }, without = { 0 };
  int end, end_without, length, length_without;

  draw (&with, chart);
  length = measure (&with, inks[0], &end);
  chart->values[0].low = chart->values[0].high = NAN;
  draw (&without, chart);
  length_without = measure (&without, inks[0], &end_without);
  g_assert_cmpint (length, >, 2 * length_without);
  g_assert_cmpint (end, >, end_without);
}

/* A whisker many times as long as the scale moves no dot. */
static void
test_long_whisker (void)
{
  g_autoptr (VmmChart) chart = make_marks (300);
  g_auto (Picture) usual = { 0 }, cut = { 0 };
  int end, usual_end;

  draw (&usual, chart);
  chart->values[VMM_CHART_N_GROUPS - 1].high = 40000;
  draw (&cut, chart);
  measure (&usual, inks[0], &usual_end);
  measure (&cut, inks[0], &end);
  g_assert_cmpint (end, ==, usual_end);
  measure (&cut, inks[VMM_CHART_N_GROUPS - 1], &end);
  g_assert_cmpint (end, >, usual_end);
}

/* A fifth of the reference and five times that, and what is beyond lies on the scale, too. */
static void
test_scale_ends (void)
{
  static const struct {
    double score;
    int    first, last;
  } rows[] = { { 100, 4, 8 }, { 500, 4, 8 }, { 501, 4, 9 },   { 20, 4, 8 },
               { 19, 3, 8 },  { 4.8, 1, 8 }, { 0.1, -3, 8 },  { 100000, 4, 15 },
               { NAN, 4, 8 }, { 1, 0, 8 },   { 1e-9, -9, 8 }, { 1e9, 4, 18 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const VmmScaleMark marks[] = { { NAN, NAN, NAN }, { rows[i].score, NAN, NAN } };
    VmmScale           scale;
    vmm_scale_init (&scale, marks, G_N_ELEMENTS (marks));
    g_assert_cmpint (scale.first, ==, rows[i].first);
    g_assert_cmpint (scale.last, ==, rows[i].last);
  }
}

static void
test_no_score (void)
{
  g_autoptr (VmmChart) chart = make_marks (400);
  g_auto (Picture) picture = { 0 };

  chart->values[2] = (VmmSideValue){ 0, NAN, NAN, NAN, 0 };
  draw (&picture, chart);
  g_assert_cmpuint (count (&picture, inks[2], 0), ==, 0);
  g_assert_cmpuint (count (&picture, inks[3], 0), >, 0);
}

/* Where reading begins at the right the scale does. */
static void
test_mirrored (void)
{
  g_autoptr (VmmChart) chart = make_marks (300);
  g_auto (Picture) usual = { 0 }, mirrored = { 0 };
  int end, other;

  draw (&usual, chart);
  chart->mirrored = TRUE;
  draw (&mirrored, chart);
  g_assert_cmpint (usual.height, ==, mirrored.height);
  for (guint i = 0; i < VMM_CHART_N_GROUPS; i++) {
    int length = measure (&usual, inks[i], &end);
    g_assert_cmpint (measure (&mirrored, inks[i], &other), ==, length);
    g_assert_cmpint (other, ==, WIDTH - 1 - (end - length + 1));
  }
}

/* A run that was only watched has no scale, not five without a score. */
static void
test_passive (void)
{
  g_autoptr (VmmChart) chart = make_marks (400);
  g_auto (Picture) picture = { 0 };

  for (guint i = 0; i < VMM_CHART_N_GROUPS; i++)
    chart->values[i] = (VmmSideValue){ 0, NAN, NAN, NAN, 0, 0 };
  draw (&picture, chart);
  g_assert_cmpint (picture.height, ==, 0);
}

static void
assert_note (const VmmChart *chart, const char *note)
{
  g_assert_true (g_strv_contains ((const char *const *) chart->notes, note));
}

static double
measure_paper (const VmmChart *chart)
{
  return vmm_chart_draw_on_paper (chart, NULL, WIDTH);
}

/* All probes so many times as fast. */
static VmmResult *
make_factor (double factor)
{
  float              row[VMM_N_CHANNELS];
  guint              n;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n);

  made_fill (row);
  for (guint i = 0; i < n && table[i].weight > 0; i++)
    row[table[i].channel] *= (float) (table[i].more_is_better ? factor : 1 / factor);
  return made_result ("kvm", NULL, row);
}

/* Three sides lie in the order of their ranks, two as they were given. */
static void
test_order (void)
{
  static const double factors[] = { 0.5, 2, 1 };

  for (guint n = 2; n <= 3; n++) {
    g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);
    for (guint i = 0; i < n; i++) {
      g_autofree char *name = g_strdup_printf ("side %u", i);
      g_autoptr (VmmResult) result = make_factor (factors[i]);
      g_ptr_array_add (groups, vmm_group_new (name, &result, 1));
    }
    g_autoptr (VmmComparison) comparison = vmm_compare (groups);
    g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_LOCAL);
    g_autoptr (VmmChart) chart = vmm_chart_new_of_comparison (account, NULL, NULL);
    g_assert_true (g_str_has_suffix (chart->names[0], n == 2 ? "side 0" : "side 1"));
    g_assert_true (g_str_has_suffix (chart->names[n - 1], n == 2 ? "side 1" : "side 0"));
    g_assert_true ((chart->values[0].value < chart->values[n - 1].value) == (n == 2));
  }
}

/* A picture tells by itself what it shows: of what, when, and made by what. */
static void
test_head (void)
{
  g_autoptr (VmmChart) chart = make_marks (400);
  g_autoptr (VmmResult) result = made_clean ("kvm", "before the update");
  g_autofree char *machine = vmm_host_summary (vmm_result_get_host (result));
  g_autofree char *moment = vmm_phrase_moment (vmm_result_get_created (result), FALSE);
  double           bare = measure_paper (chart), titled;

  vmm_chart_describe_run (chart, result, "score 100.0, measurement: clean");
  g_assert_cmpstr (chart->title, ==, "Score: “before the update”");
  g_assert_cmpstr (chart->words, ==, "Score 100.0, measurement: clean");
  assert_note (chart, machine);
  assert_note (chart, moment);
  assert_note (chart, vmm_result_get_program (result));
  titled = measure_paper (chart);
  g_assert_cmpfloat (titled, >, bare + 4 * 12);
  g_clear_pointer (&chart->notes, g_strfreev);
  g_assert_cmpfloat (measure_paper (chart), <, titled - 2 * 12);
}

static void
test_comparison_head (void)
{
  g_autoptr (VmmChart) chart = make_marks (400);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);

  for (guint i = 0; i < 2; i++) {
    VmmResult *result = made_clean ("kvm", NULL);
    if (i)
      made_change (&result, "created", "\"2026-11-26T09:00:05Z\"", NULL);
    g_ptr_array_add (results, result);
    g_ptr_array_add (groups, vmm_group_new ("KVM (11/26/2026 09:23:05 PM)", &result, 1));
  }
  g_autoptr (VmmComparison) comparison = vmm_compare (groups);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_LOCAL);
  vmm_chart_describe_comparison (chart, account, results);
  g_assert_cmpstr (chart->title, ==, "Comparison of A and B");
  g_assert_true (g_str_has_prefix (chart->words, "Indicative: between A and B no difference"));
  assert_note (chart, "A = KVM (11/26/2026 09:23:05 PM): 1 measurement");
  assert_note (chart, "B = KVM (11/26/2026 09:23:05 PM): 1 measurement");
  g_assert_cmpuint (g_strv_length (chart->notes), ==, 2 + 3); /* one machine, one program */
}

static gboolean
has_ink (const Picture *picture, int x)
{
  for (int y = 0; y < picture->height; y++)
    if (get_pixel (picture, x, y) != 0xffffff)
      return TRUE;
  return FALSE;
}

/* No label of the scale meets another, however large the type and narrow the room: nothing that is written is
 * wider than the widest of them. */
static void
check_labels (cairo_surface_t *surface, PangoLayout *layout, double width, double score)
{
  const VmmScaleMark mark = { score, NAN, NAN };
  cairo_t           *cr = cairo_create (surface);
  VmmScaleView       view = { .colors.label = { 0, 0, 0, 1 }, .right = width, .width = width };
  int                widest, written = 0;

  vmm_scale_init (&view.scale, &mark, 1);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  Picture picture = { surface, (int) vmm_scale_draw_labels (&view, cr, layout, 0) };
  cairo_surface_flush (surface);
  pango_layout_set_text (layout, "500", -1);
  pango_layout_get_pixel_size (layout, &widest, NULL);
  for (int x = 0, gap = 99, begin = 0; x < width; x++) {
    gboolean inked = has_ink (&picture, x);
    written += inked && gap > 5;
    begin = inked && gap > 5 ? x : begin;
    gap = inked ? 0 : gap + 1;
    g_assert_cmpint (inked ? x - begin : 0, <=, widest);
  }
  g_assert_cmpint (written, >=, 1);
  cairo_destroy (cr);
}

static void
test_scale_labels (void)
{
  for (int size = 10; size <= 24; size += 2)
    for (int width = 60; width <= 200; width += 20) {
      cairo_surface_t      *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, 100);
      cairo_t              *cr = cairo_create (surface);
      PangoLayout          *layout = pango_cairo_create_layout (cr);
      g_autofree char      *description = g_strdup_printf ("Sans %d", size);
      PangoFontDescription *font = pango_font_description_from_string (description);
      pango_layout_set_font_description (layout, font);
      check_labels (surface, layout, width, 150);
      check_labels (surface, layout, width, 4.8);
      pango_font_description_free (font);
      g_object_unref (layout);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static VmmChart *
make_comparison (void)
{
  g_autoptr (VmmResult) first = made_clean ("kvm", "one"), second = NULL;
  float row[VMM_N_CHANNELS];

  made_fill (row);
  row[VMM_CHANNEL_CPU_BUSY] = 15;
  second = made_result ("virtualbox", "two", row);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);
  g_ptr_array_add (groups, vmm_group_new ("one", &first, 1));
  g_ptr_array_add (groups, vmm_group_new ("two", &second, 1));
  g_autoptr (VmmComparison) comparison = vmm_compare (groups);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
  return vmm_chart_new_of_comparison (account, first, second);
}

/* Two bars a category, and below them two lines a graph. */
static void
test_series (void)
{
  g_autoptr (VmmChart) both = make_comparison (), bars = make_comparison ();
  g_auto (Picture) picture = { 0 }, above = { 0 };

  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&bars->runs[i], vmm_result_unref);
  draw (&above, bars);
  draw (&picture, both);
  g_assert_cmpuint (both->n_sides, ==, 2);
  g_assert_cmpuint (count (&above, second_ink, 0), ==, 0);
  for (guint i = 1; i < VMM_CHART_N_GROUPS; i++) {
    g_assert_cmpuint (count (&above, inks[i], 0), >, 100);
    g_assert_cmpuint (count (&picture, inks[i], above.height), >, 40);
  }
  g_assert_cmpuint (count (&picture, second_ink, above.height), >, 300);
}

static void
test_files (void)
{
  static const struct {
    const char *name, *begin;
  } files[] = { { "a.png", "\x89PNG" }, { "a.SVG", "<?xml" }, { "a.pdf", "%PDF" } };
  g_autoptr (VmmChart) chart = make_comparison ();
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("chart-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (directory, files[i].name, NULL), *bytes = NULL;
    gsize            length;

    g_assert_true (vmm_chart_save (chart, path, &error));
    g_assert_no_error (error);
    g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
    g_assert_cmpuint (length, >, 2000);
    g_assert_true (g_str_has_prefix (bytes, files[i].begin));
    g_unlink (path);
  }
  g_assert_false (vmm_chart_save (chart, "a.doc", &error));
  g_assert_nonnull (strstr (error->message, "a.doc: "));
  g_rmdir (directory);
}

/* ---- The card */

static cairo_status_t
read_bytes (gpointer closure, guchar *data, guint length)
{
  GByteArray *bytes = closure;

  if (length > bytes->len)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, bytes->data, length);
  g_byte_array_remove_range (bytes, 0, length);
  return CAIRO_STATUS_SUCCESS;
}

/* How many pixels of a rectangle are as light as the ink of figures is. */
static guint
count_ink (cairo_surface_t *card, int left, int top, int right, int bottom)
{
  const guchar *data = cairo_image_surface_get_data (card);
  guint         n = 0;

  for (int y = top; y < bottom; y++) {
    const guint32 *row =
        (const guint32 *) (data + (gsize) y * (gsize) cairo_image_surface_get_stride (card));
    for (int x = left; x < right; x++)
      n += (row[x] & 0xff) > 0xd0 && (row[x] >> 16 & 0xff) > 0xd0;
  }
  return n;
}

/* Of that size; the score is large, what is longer than its place is cut, and the margins are free. */
static void
test_card (void)
{
  g_autofree char *label = g_strnfill (250, 'W');
  g_autoptr (VmmResult) result = made_clean ("kvm", label);
  g_autoptr (VmmShare) share = vmm_share_new_of_run (result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = vmm_card_render (share, &error);
  g_assert_no_error (error);
  g_autoptr (GByteArray) bytes = g_bytes_unref_to_array (g_steal_pointer (&png));
  cairo_surface_t *card = cairo_image_surface_create_from_png_stream (read_bytes, bytes);

  g_assert_cmpint (cairo_image_surface_get_width (card), ==, VMM_CARD_WIDTH);
  g_assert_cmpint (cairo_image_surface_get_height (card), ==, VMM_CARD_HEIGHT);
  g_assert_cmpuint (count_ink (card, 60, 220, 600, 370), >, 5000);
  g_assert_cmpuint (count_ink (card, 0, 20, 60, VMM_CARD_HEIGHT), ==, 0);
  g_assert_cmpuint (count_ink (card, VMM_CARD_WIDTH - 60, 20, VMM_CARD_WIDTH, VMM_CARD_HEIGHT), ==,
                    0);
  cairo_surface_destroy (card);
  g_assert_false (vmm_card_save (share, "card.jpeg", &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED);
}

/* How high a chart is of a run where, of what few machines have, only `told` was (-1 = nothing). */
static int
measure_rare (int told)
{
  g_auto (Picture) picture = { 0 };
  float row[VMM_N_CHANNELS];

  made_fill (row);
  for (int channel = 0; channel < VMM_N_CHANNELS; channel++)
    if (vmm_metric (vmm_channel (channel)->metric)->is_rare)
      row[channel] = channel == told ? 42 : vmm_absent (VMM_NOT_EXPOSED);
  g_autoptr (VmmResult) result = made_result ("none", NULL, row);
  g_autoptr (VmmChart) chart = vmm_chart_new_of_run (result);
  draw (&picture, chart);
  return picture.height;
}

/* What the machine takes has a graph of its own where no host tells what its guest takes. */
static void
test_stands_in (void)
{
  const int none = measure_rare (-1);

  g_assert_cmpint (measure_rare (VMM_CHANNEL_ENERGY_GUEST), >, none);
  g_assert_cmpint (measure_rare (VMM_CHANNEL_ENERGY_MACHINE), ==,
                   measure_rare (VMM_CHANNEL_ENERGY_GUEST));
  g_assert_cmpint (measure_rare (VMM_CHANNEL_ENERGY_PACKAGE), ==, none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/marks", test_marks);
  g_test_add_func ("/chart/whiskers", test_whiskers);
  g_test_add_func ("/chart/long-whisker", test_long_whisker);
  g_test_add_func ("/chart/scale", test_scale_labels);
  g_test_add_func ("/chart/order", test_order);
  g_test_add_func ("/chart/scale-ends", test_scale_ends);
  g_test_add_func ("/chart/no-score", test_no_score);
  g_test_add_func ("/chart/mirrored", test_mirrored);
  g_test_add_func ("/chart/passive", test_passive);
  g_test_add_func ("/chart/head", test_head);
  g_test_add_func ("/chart/comparison-head", test_comparison_head);
  g_test_add_func ("/chart/series", test_series);
  g_test_add_func ("/chart/stands-in", test_stands_in);
  g_test_add_func ("/chart/files", test_files);
  g_test_add_func ("/chart/card", test_card);
  return g_test_run ();
}
