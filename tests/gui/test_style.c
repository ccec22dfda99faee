/* SPDX-License-Identifier: MIT */
/* test_style: the style sheet and the templates load without a word, and every part has a colour
 * of its own in light and in dark. */
#include <gtk/gtk.h>
#include <math.h>
#include <vmm-resources.h>

#include "../core/made.h"
#include "chart_view.h"
#include "dial.h"
#include "graph.h"
#include "score_scale.h"
#include "style.h"
#include "window.h"

static void
on_parsing_error (GtkCssProvider *provider, GtkCssSection *section, GError *error, gpointer data)
{
  g_error ("style.css:%u: %s", gtk_css_section_get_start_line (section) + 1, error->message);
}

static void
test_style_sheet_parses (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  g_signal_connect (provider, "parsing-error", G_CALLBACK (on_parsing_error), NULL);
  gtk_css_provider_load_from_resource (provider, "/io/github/vmm_monitor/VmmMonitor/style.css");
  g_autofree char *text = gtk_css_provider_to_string (provider);
  g_assert_nonnull (strstr (text, "graph.blue.series"));
}

static gboolean
is_dark (GtkWidget *window)
{
  return gtk_style_context_has_class (gtk_widget_get_style_context (window), "dark");
}

/* WCAG 2.1: relative luminance and contrast ratio. */
static double
get_luminance (const VmmColor *color)
{
  const double channels[] = { color->red, color->green, color->blue };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double       sum = 0;

  for (int i = 0; i < 3; i++)
    sum += weights[i] * (channels[i] <= 0.03928 ? channels[i] / 12.92
                                                : pow ((channels[i] + 0.055) / 1.055, 2.4));
  return sum;
}

static double
get_contrast (const VmmColor *a, const VmmColor *b)
{
  double first = get_luminance (a), second = get_luminance (b);
  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

static VmmColor
mix (const VmmColor *top, const VmmColor *below)
{
  double a = top->alpha;
  return (VmmColor){ a * top->red + (1 - a) * below->red, a * top->green + (1 - a) * below->green,
                     a * top->blue + (1 - a) * below->blue, 1 };
}

static void
assert_contrast (const VmmColor *above, const VmmColor *below, double least)
{
  g_assert_cmpfloat (get_contrast (above, below), >=, least);
}

static GtkWidget *
add (GtkWidget *box, GtkWidget *widget, const char *class)
{
  if (class)
    gtk_style_context_add_class (gtk_widget_get_style_context (widget), class);
  gtk_container_add (GTK_CONTAINER (box), widget);
  return widget;
}

/* What stands for a category on the card: 3:1 with the paper, and so does the reference's line. */
static void
check_category (GtkWidget *box, const char *hue, const VmmColor *paper)
{
  GtkWidget *scale = add (box, g_object_new (VMM_TYPE_SCORE_SCALE, NULL), hue);
  VmmColor   dot = vmm_style_get_color (scale, "series");
  VmmColor   reference = vmm_style_get_color (scale, "reference");
  VmmColor   label = vmm_style_get_color (scale, "label");

  reference = mix (&reference, paper);
  label = mix (&label, paper);
  assert_contrast (&dot, paper, 3);
  assert_contrast (&reference, paper, 3);
  assert_contrast (&label, paper, 4.5);
}

static void
check_chart (GtkWidget *box, const char *hue)
{
  g_autoptr (VmmResult) result = made_clean ("kvm", "made");
  g_autoptr (VmmChart) chart = vmm_chart_new_of_run (result);
  GtkWidget *view = add (box, vmm_chart_view_new (chart, ""), NULL);
  VmmColor   paper = vmm_style_get_color (view, "paper");
  VmmColor   line = vmm_style_get_color (view, hue);

  assert_contrast (&line, &paper, 3);
}

/* What is taken from the guest stands out: 3:1 with the paper, and from every other layer by its colour. */
static void
check_layers (GtkWidget *graph, const VmmMetricInfo *info, const VmmColor *paper)
{
  for (guint i = 0; i < info->n_layers; i++) {
    VmmColor layer = vmm_style_get_background (graph, info->layers[i].part);

    g_assert_cmpfloat (layer.alpha, >, 0.2);
    if (info->layers[i].channel == VMM_CHANNEL_CPU_STEAL) {
      assert_contrast (&layer, paper, 3);
      g_assert_cmpfloat (layer.red, >, layer.blue + 0.5);
    } else if (info->layers[i].kind == VMM_LAYER_WITHIN) {
      g_assert_cmpfloat (layer.blue, >, layer.red + 0.2);
    }
  }
}

/* Lines 3:1 against the paper and text 4.5:1, as WCAG asks; the secondary line 3:1 on the fill. */
static void
check_theme (gconstpointer dark)
{
  static const char *const texts[] = { "title", "value", "unit", "detail", "axis" };
  g_autoptr (VmmTimeView) view = vmm_time_view_new ();

  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme",
                GPOINTER_TO_INT (dark), NULL);
  for (int c = 0; c < VMM_N_GRAPHS; c++) {
    GtkWidget *window = gtk_offscreen_window_new ();
    GtkWidget *graph = vmm_graph_new (vmm_graph_metric (c), view);
    GtkWidget *dial = g_object_new (VMM_TYPE_DIAL, NULL);
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

    gtk_container_add (GTK_CONTAINER (window), box);
    gtk_container_add (GTK_CONTAINER (box), graph);
    gtk_container_add (GTK_CONTAINER (box), dial);
    gtk_widget_show_all (window);
    vmm_style_classify (window);
    g_assert_cmpint (is_dark (window), ==, GPOINTER_TO_INT (dark));
    VmmColor paper = vmm_style_get_background (graph, NULL);
    VmmColor line = vmm_style_get_color (graph, "series");
    VmmColor fill = vmm_style_get_background (graph, "series");
    VmmColor filled = mix (&fill, &paper);
    VmmColor secondary = vmm_style_get_color (graph, "secondary");
    VmmColor progress = vmm_style_get_color (dial, "progress");
    g_assert_cmpfloat (paper.alpha, ==, 1);
    check_layers (graph, vmm_metric (vmm_graph_metric (c)), &paper);
    assert_contrast (&progress, &paper, 3);
    assert_contrast (&line, &paper, 3);
    assert_contrast (&secondary, &filled, 3);
    check_category (box, vmm_hue_name (vmm_metric (vmm_graph_metric (c))->hue), &paper);
    check_chart (box, vmm_hue_name (vmm_metric (vmm_graph_metric (c))->hue));
    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
      VmmColor text = vmm_style_get_color (graph, texts[i]);
      text = mix (&text, &paper);
      assert_contrast (&text, &paper, 4.5);
    }
    gtk_widget_destroy (window);
  }
}

/* A window that loses the focus keeps its palette, though the theme greys its text. */
static void
check_unfocused (gconstpointer dark)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);

  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme",
                GPOINTER_TO_INT (dark), NULL);
  gtk_widget_show (window);
  for (int backdrop = 0; backdrop <= 1; backdrop++) {
    gtk_widget_unset_state_flags (window, GTK_STATE_FLAG_BACKDROP);
    if (backdrop)
      gtk_widget_set_state_flags (window, GTK_STATE_FLAG_BACKDROP, FALSE);
    vmm_style_classify (window);
    g_assert_cmpint (is_dark (window), ==, GPOINTER_TO_INT (dark));
  }
  gtk_widget_destroy (window);
}

/* Every template child that is bound exists: GTK is loud when one does not. */
static void
test_templates (void)
{
  GtkWidget *window = vmm_main_window_new (NULL);

  gtk_widget_show (window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (vmm_main_window_get_session (VMM_MAIN_WINDOW (window)));
  gtk_widget_destroy (window);
}

/* On a compositor that shows its windows to nobody (test_wayland.sh): there is no seat, and GTK 3
 * complains of that, which must not be fatal here. */
static int
check_seatless (int argc, char **argv)
{
  gtk_init (&argc, &argv);
  vmm_register_resource ();
  vmm_style_load (gdk_screen_get_default ());
  check_unfocused (GINT_TO_POINTER (FALSE));
  check_unfocused (GINT_TO_POINTER (TRUE));
  return 0;
}

int
main (int argc, char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], "seatless"))
    return check_seatless (argc, argv);
  gtk_test_init (&argc, &argv, NULL);
  vmm_register_resource ();
  vmm_style_load (gdk_screen_get_default ());
  g_test_add_func ("/style/sheet-parses", test_style_sheet_parses);
  g_test_add_data_func ("/style/light", GINT_TO_POINTER (FALSE), check_theme);
  g_test_add_data_func ("/style/dark", GINT_TO_POINTER (TRUE), check_theme);
  g_test_add_data_func ("/style/unfocused-light", GINT_TO_POINTER (FALSE), check_unfocused);
  g_test_add_data_func ("/style/unfocused-dark", GINT_TO_POINTER (TRUE), check_unfocused);
  g_test_add_func ("/style/templates", test_templates);
  return g_test_run ();
}
