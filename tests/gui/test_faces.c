/* SPDX-License-Identifier: MIT */
/* test_faces: the terminal and the window say the same of one thing, to the last digit. */
#include <gtk/gtk.h>

#include <vmm-resources.h>

#include "../core/made.h"
#include "comparison.h"
#include "contest_page.h"
#include "findings.h"
#include "graph.h"
#include "live.h"
#include "run_report.h"
#include "style.h"
#include "vmm/words.h"

#define WIDE 4000 /* columns: no line of a page is broken */

/* ---- What the window says: its labels and what they say more when they are pointed at, a line each, without
 * what only a label needs. */

static void
collect (GtkWidget *widget, gpointer lines)
{
  g_autofree char *more = gtk_widget_get_tooltip_text (widget);

  if (more)
    g_string_append_printf (lines, "%s\n", more);
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (lines, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), collect, lines);
}

/* Takes `box`. */
static char *
read_box (GtkWidget *box)
{
  g_autoptr (GString) lines = g_string_new ("\n");

  gtk_container_foreach (GTK_CONTAINER (box), collect, lines);
  g_object_ref_sink (box);
  g_object_unref (box);
  g_string_replace (lines, "\u00a0", " ", 0);
  g_string_replace (lines, "\u200e", "", 0);
  return g_utf8_casefold (lines->str, -1); /* a label begins with a capital */
}

/* ---- The terminal's page against it */

/* Columns are two blanks apart, at least. */
static void
assert_cells (const char *line, const char *window)
{
  g_autoptr (GRegex) gap = g_regex_new (" {2,}", 0, 0, NULL);
  g_auto (GStrv) cells = g_regex_split (gap, line, 0);

  for (guint i = 0; cells[i]; i++) {
    g_autofree char *cell = g_utf8_casefold (cells[i], -1);
    if (!strstr (window, cell))
      g_error ("the terminal alone says \"%s\"; the window:%s", cells[i], window);
  }
}

/* All lines from the one that is `first` on. Takes `page`. */
static guint
assert_page (char *page, const char *first, const char *window)
{
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
  guint checked = 0;

  for (guint i = 0; lines[i]; i++)
    if (checked || strcmp (lines[i], first) == 0) {
      assert_cells (lines[i], window);
      checked++;
    }
  g_free (page);
  return checked;
}

/* ---- Comparisons */

static VmmResult *
make_run (const char *vmm_id, guint serial, double factor)
{
  g_autofree char   *created = g_strdup_printf ("\"2026-05-05T05:%02u:05Z\"", serial);
  float              row[VMM_N_CHANNELS];
  guint              n;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n);

  made_fill (row);
  for (guint i = 0; i < n && table[i].weight > 0; i++)
    row[table[i].channel] *= (float) (table[i].more_is_better ? 1 / factor : factor);
  VmmResult *result = made_result (vmm_id, vmm_id, row);
  made_set (&result, "created", created);
  return result;
}

/* So many of the three VMMs, with as many windows of each; the last has another processor, a slow
 * clock source and no probe that reads the disk. */
static GPtrArray *
make_groups (guint n_sides, guint windows)
{
  static const struct {
    const char *id;
    double      factor;
  } vmms[] = { { "kvm", 0.873 }, { "xen", 1.117 }, { "qemu", 3.3 } };
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);

  for (guint i = 0; i < n_sides * windows; i++) {
    guint side = i / windows;
    g_ptr_array_add (results,
                     make_run (vmms[side].id, i, vmms[side].factor * (1 + 0.013 * (i % windows))));
    if (side + 1 == n_sides)
      made_change ((VmmResult **) &results->pdata[i], "host/cpu_model", "\"Another\"",
                   "host/clocksource", "\"acpi_pm\"", "probes/read/ratio", "null", NULL);
  }
  return vmm_group_by (results, VMM_GROUP_BY_LABEL);
}

/* A finding of one of two sides, with what it was said to cost. */
static void
check_cures (const VmmAccount *account, const char *window)
{
  const VmmCure   *cure = account->comparison->cures->pdata[0];
  g_autofree char *page = vmm_contest_page (account, WIDE);
  g_autofree char *text = vmm_account_cure (account, cure);

  g_assert_cmpuint (account->comparison->cures->len, ==, 1);
  g_assert_nonnull (strstr (page, text));
  assert_cells (text, window);
  assert_cells (vmm_account_cure_title (account, cure), window);
  assert_cells (vmm_account_cures (account), window);
}

static void
test_comparison (void)
{
  static const guint windows[] = { 1, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    for (guint sides = 2; sides <= 3; sides++) {
      g_autoptr (GPtrArray) groups = make_groups (sides, windows[i]);
      g_autoptr (VmmComparison) comparison = vmm_compare (groups);
      vmm_comparison_prove (comparison);
      g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_LOCAL);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      vmm_comparison_begin (GTK_CONTAINER (box), account);
      vmm_comparison_end (GTK_CONTAINER (box), account);
      g_autofree char *window = read_box (box);
      /* Of two sides the total is the verdict, and the window has its values in the picture. */
      const char *first = sides == 2 ? "Categories, most decisive first" : "Verdict";
      g_assert_cmpuint (assert_page (vmm_contest_page (account, WIDE), first, window), >, 16);
      if (sides == 2)
        check_cures (account, window);
    }
}

/* ---- Runs */

static char *
read_run (const VmmResult *result)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  vmm_run_report_begin (GTK_CONTAINER (box), result);
  vmm_run_report_end (GTK_CONTAINER (box), result);
  return read_box (box);
}

static void
check_findings (VmmResult *result, guint least)
{
  const VmmStyle   plain = { { "", "", "", "" }, "", "", "", WIDE };
  g_autofree char *window = read_run (result);
  GString         *page = g_string_new (NULL);
  guint            checked = 0;

  vmm_findings_append (page, result, &plain);
  g_auto (GStrv) lines = g_strsplit (page->str, "\n", -1);
  g_string_free (page, TRUE);
  for (guint i = 0; lines[i] && *lines[i]; i++, checked++)
    assert_cells (lines[i] + strlen ("  measured "), window);
  g_assert_cmpuint (checked, >=, least);
}

static void
test_findings (void)
{
  g_autoptr (VmmResult) bad = made_bad (), clean = made_clean ("kvm", NULL);

  check_findings (bad, 10);
  check_findings (clean, 1);
}

/* ---- What is live */

static const float usual[][2] = {
  { VMM_CHANNEL_CPU_BUSY, 23.456f },     { VMM_CHANNEL_CPU_STEAL, 0.217f },
  { VMM_CHANNEL_CPU_STOLEN, 1.04f },     { VMM_CHANNEL_CPU_USER, 12.08f },
  { VMM_CHANNEL_CPU_SYSTEM, 9.96f },     { VMM_CHANNEL_MEMORY_USED, 33.33f },
  { VMM_CHANNEL_MEMORY_CACHE, 5.04f },   { VMM_CHANNEL_DISK_READ, 1234.5f },
  { VMM_CHANNEL_DISK_WRITE, 0.0456f },   { VMM_CHANNEL_DISK_AWAIT, 12345 },
  { VMM_CHANNEL_DISK_IOPS, 1024.4f },    { VMM_CHANNEL_NETWORK_RTT, 0.0523f },
  { VMM_CHANNEL_NETWORK_JITTER, 0.01f }, { VMM_CHANNEL_NETWORK_LOSS, 2.04f },
  { VMM_CHANNEL_GPU_BUSY, 65.4f },       { VMM_CHANNEL_GPU_POWER, 81.3f },
  { VMM_CHANNEL_ENERGY_GUEST, 12.34f },
};

static char *
describe_graph (VmmMetric metric, VmmTimeView *view, VmmSession *session)
{
  GtkWidget *graph = vmm_graph_new (metric, view);

  g_object_ref_sink (graph);
  vmm_graph_set_session (VMM_GRAPH (graph), session);
  vmm_graph_update (VMM_GRAPH (graph));
  const char *words = atk_object_get_description (gtk_widget_get_accessible (graph));
  char       *said = g_utf8_casefold (words, -1);
  gtk_widget_destroy (graph);
  g_object_unref (graph);
  return said;
}

/* Name, history and value in a line, and a line of details, for each of the four. */
static char *
draw_live (VmmSession *session)
{
  const VmmConsole console = { .width = 120, .height = 24 };
  VmmDescription   sources;
  VmmLive          live = {
             .title = "",
             .ring = vmm_session_get_ring (session),
             .end = vmm_ring_get_length (vmm_session_get_ring (session)),
             .duration_s = 30,
             .interval_s = 1,
             .memory_bytes = (double) vmm_session_get_host (session)->memory_bytes,
  };

  vmm_session_describe (session, &sources);
  live.ping = sources.ping;
  return vmm_live_picture (&live, &console);
}

static void
test_live (void)
{
  g_autoptr (VmmSession) session = made_session (30, "kvm");
  VmmTimeView *view = vmm_time_view_new ();
  guint        checked = 0;

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    made_row[(guint) usual[i][0]] = usual[i][1];
  vmm_session_start (session, 0, g_get_real_time ());
  vmm_session_step (session, G_USEC_PER_SEC);
  g_autofree char *picture = draw_live (session);
  g_auto (GStrv) lines = g_strsplit (picture, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    for (int graph = 0; graph < VMM_N_GRAPHS; graph++) {
      VmmMetric        metric = vmm_graph_metric (graph);
      g_autofree char *said = NULL;
      if (!g_str_has_prefix (lines[i], vmm_metric (metric)->title))
        continue;
      said = describe_graph (metric, view, session);
      assert_cells (g_strrstr (lines[i], "  ") + 2, said);
      assert_cells (g_strstrip (lines[i + 1]), said);
      checked++;
    }
  g_assert_cmpuint (checked, ==, VMM_N_GRAPHS);
  g_object_unref (view);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  vmm_register_resource ();
  vmm_style_load (gdk_screen_get_default ());
  g_test_add_func ("/faces/comparison", test_comparison);
  g_test_add_func ("/faces/findings", test_findings);
  g_test_add_func ("/faces/live", test_live);
  return g_test_run ();
}
