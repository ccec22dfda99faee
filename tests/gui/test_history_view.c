/* SPDX-License-Identifier: MIT */
/* test_history_view: the picture of a history has its dots, bands and changes, and the page says what is in it. */
#include <gtk/gtk.h>
#include <string.h>
#include <vmm-resources.h>

#include "../core/machine.h"
#include "../core/made.h"
#include "history_page.h"
#include "history_reading.h"
#include "vmm/history_plot.h"

#define WIDTH 640
#define HEIGHT 240
#define A_DAY 12
#define DAYS 20

static const VmmHistoryColors colors = {
  .text = { 0, 0, 0, 1 },
  .background = { 1, 1, 1, 1 },
  .dots = { 0, 0, 1, 1 },
  .band = { 0, 1, 0, 1 },
  .change = { 1, 0, 0, 1 },
};
static const guint32 dot_ink = 0x0000ff, band_ink = 0x00ff00, change_ink = 0xff0000;

/* 100 and a little, then 80 and a little from the day `changed` on. */
static VmmHistory *
make_history (guint days, guint changed)
{
  static const VmmHistoryQuery query = { .machine = "kvm/none/none" };
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_store_entry_free);

  for (guint i = 0; i < days * A_DAY; i++) {
    VmmStoreEntry *entry = g_new0 (VmmStoreEntry, 1);
    *entry = (VmmStoreEntry){ .id = g_strdup_printf ("%u", i),
                              .created = (gint64) i * (G_TIME_SPAN_DAY / A_DAY),
                              .label = g_strdup (""),
                              .vmm_id = g_strdup ("kvm"),
                              .vmm_name = g_strdup ("KVM"),
                              .instance_type = g_strdup (""),
                              .zone = g_strdup (""),
                              .machine = g_strdup (query.machine),
                              .total = (i / A_DAY < changed ? 100 : 80) + i % 7 };
    g_ptr_array_add (entries, entry);
  }
  return vmm_history_new (entries, &query);
}

/* How many pixels of the picture, of the columns from `left` to `right`, have that ink. */
static guint
count (cairo_surface_t *surface, guint32 ink, int left, int right)
{
  const guint8 *bytes = cairo_image_surface_get_data (surface);
  gsize         stride = (gsize) cairo_image_surface_get_stride (surface);
  guint         n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = left; x < right; x++) {
      guint32 pixel;
      memcpy (&pixel, bytes + (gsize) y * stride + 4 * (gsize) x, sizeof pixel);
      n += (pixel & 0xffffff) == ink;
    }
  return n;
}

static cairo_surface_t *
draw (const VmmHistory *history, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t         *cr = cairo_create (surface);
  PangoLayout     *layout = pango_cairo_create_layout (cr);

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  vmm_history_draw (history, &colors, cr, layout, width, height);
  cairo_surface_flush (surface);
  g_object_unref (layout);
  cairo_destroy (cr);
  return surface;
}

static void
test_picture (void)
{
  g_autoptr (VmmHistory) history = make_history (DAYS, 10);
  cairo_surface_t *surface = draw (history, WIDTH, HEIGHT);

  g_assert_cmpuint (history->changes->len, ==, 1);
  g_assert_cmpuint (count (surface, dot_ink, 0, WIDTH), >=, DAYS * 12);
  g_assert_cmpuint (count (surface, band_ink, 0, WIDTH / 2), >, 1000);
  g_assert_cmpuint (count (surface, band_ink, WIDTH / 2 + 40, WIDTH), >, 1000);
  g_assert_cmpuint (count (surface, change_ink, WIDTH / 2 - 20, WIDTH / 2 + 40), >, 100);
  g_assert_cmpuint (count (surface, change_ink, 0, WIDTH / 2 - 20), ==, 0);
  g_assert_cmpuint (count (surface, change_ink, WIDTH / 2 + 40, WIDTH), ==, 0);
  cairo_surface_destroy (surface);
}

/* Steady, of one day, of none, and without room. */
static void
test_little (void)
{
  g_autoptr (VmmHistory) steady = make_history (DAYS, 99);
  g_autoptr (VmmHistory) day = make_history (1, 99);
  g_autoptr (VmmHistory) none = make_history (0, 0);
  cairo_surface_t *pictures[] = { draw (steady, WIDTH, HEIGHT), draw (day, WIDTH, HEIGHT),
                                  draw (none, WIDTH, HEIGHT), draw (steady, 3, 3) };

  g_assert_cmpuint (count (pictures[0], change_ink, 0, WIDTH), ==, 0);
  g_assert_cmpuint (count (pictures[1], dot_ink, 0, WIDTH), >=, 12);
  g_assert_cmpuint (count (pictures[2], dot_ink, 0, WIDTH), ==, 0);
  g_assert_cmpuint (count (pictures[3], dot_ink, 0, WIDTH), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    cairo_surface_destroy (pictures[i]);
}

/* ---- The page */

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  if (!GTK_IS_CONTAINER (widget))
    return NULL;
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (widget));
  for (GList *child = children; child && !found; child = child->next)
    found = find (child->data, type);
  return found;
}

/* A window of this very machine, kept today. */
static void
keep_one (void)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autoptr (VmmStore) store = vmm_store_open (directory);
  float row[VMM_N_CHANNELS];
  g_auto (VmmPlan) plan = { 0 };
  gint64 now_us = 1000000;

  made_fill (row);
  vmm_plan_init (&plan);
  g_autoptr (VmmSession) session =
      made_session_of (&plan, vmm_host_new ("/"), (const float (*)[VMM_N_CHANNELS]) row, 1);
  vmm_session_start (session, now_us, g_get_real_time () - G_TIME_SPAN_MINUTE);
  while (vmm_session_get_state (session) == VMM_SESSION_OBSERVING)
    now_us = vmm_session_step (session, now_us);
  g_autoptr (VmmResult) result = vmm_result_new (session);
  g_autofree char *id = vmm_store_save (store, result, NULL, NULL);
  g_assert_nonnull (id);
}

static void
test_page (void)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  GtkWidget *page = g_object_new (VMM_TYPE_HISTORY_PAGE, NULL);
  GtkWidget *table = find (page, GTK_TYPE_TREE_VIEW), *view = find (page, GTK_TYPE_DRAWING_AREA);

  keep_one ();
  gtk_container_add (GTK_CONTAINER (window), page);
  gtk_widget_show (window);
  while (!gtk_tree_view_get_model (GTK_TREE_VIEW (table)))
    g_main_context_iteration (NULL, TRUE);
  GtkTreeModel *rows = gtk_tree_view_get_model (GTK_TREE_VIEW (table));
  AtkObject    *chart = gtk_widget_get_accessible (view);
  g_assert_cmpint (gtk_tree_model_iter_n_children (rows, NULL), ==, 1);
  g_assert_true (gtk_widget_get_visible (view));
  g_assert_cmpstr (atk_object_get_name (chart), ==, "Score over days");
  g_assert_true (
      g_str_has_prefix (atk_object_get_description (chart), "1 measurement on 1 day: median "));
  g_assert_cmpstr (atk_object_get_name (gtk_widget_get_accessible (table)), ==, "Days");
  vmm_history_page_focus (VMM_HISTORY_PAGE (page));
  gtk_widget_destroy (window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int argc, char **argv)
{
  char *home = machine_new ();

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  vmm_register_resource ();
  g_test_add_func ("/history-view/picture", test_picture);
  g_test_add_func ("/history-view/little", test_little);
  g_test_add_func ("/history-view/page", test_page);
  int code = g_test_run ();
  machine_free (home);
  return code;
}
