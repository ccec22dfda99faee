/* SPDX-License-Identifier: MIT */
/* live: draws the graphs of metrics, their history and the time left. */
#include "live.h"

#include "outlook_page.h"
#include "sparkline.h"
#include "vmm/figure.h"
#include "vmm/language.h"
#include "vmm/readout.h"
#include "vmm/text.h"

#include <glib/gi18n-lib.h>

#define NAME_COLUMNS 9   /* "Network" and its indentation */
#define VALUE_COLUMNS 15 /* "0.041 MB/s read" */
#define WIDEST 120       /* a longer line is no easier to read */

typedef struct {
  const char  *heading;
  VmmChannelId channel;
} Column;

/* TRANSLATORS: columns are best at most 7 wide; steal and await are terms of art. */
static const Column columns[] = {
  { NC_ ("column", "CPU"), VMM_CHANNEL_CPU_BUSY },
  { NC_ ("column", "steal"), VMM_CHANNEL_CPU_STEAL },
  { NC_ ("column", "stolen"), VMM_CHANNEL_CPU_STOLEN },
  { NC_ ("column", "memory"), VMM_CHANNEL_MEMORY_USED },
  { NC_ ("column", "read"), VMM_CHANNEL_DISK_READ },
  { NC_ ("column", "write"), VMM_CHANNEL_DISK_WRITE },
  { NC_ ("column", "await"), VMM_CHANNEL_DISK_AWAIT },
  { NC_ ("column", "RTT"), VMM_CHANNEL_NETWORK_RTT },
  { NC_ ("column", "loss"), VMM_CHANNEL_NETWORK_LOSS },
};

/* The newest value of `channel` in the window. Disk await and the like pend while nothing happens. */
static float
get_newest (const VmmLive *live, VmmChannelId channel)
{
  if (live->end == live->first)
    return vmm_absent (VMM_PENDING);
  return vmm_ring_get (live->ring, live->end - 1, channel);
}

static VmmReadout
read_newest (const VmmLive *live, VmmMetric metric)
{
  return (VmmReadout){
    .ring = live->ring,
    .row = live->end - 1,
    .reason = live->reasons[vmm_readout_main (live->ring, metric, NULL)],
    .memory_bytes = live->memory_bytes,
    .ping = live->ping,
  };
}

/* "1.20 MB/s read", or why there is none, short. */
static char *
format_current (const VmmLive *live, VmmMetric metric)
{
  float      value = get_newest (live, vmm_readout_main (live->ring, metric, NULL));
  VmmAbsence absence = vmm_absence (value);

  if (absence == VMM_PRESENT) {
    const VmmReadout readout = read_newest (live, metric);
    return vmm_readout_value (&readout, metric);
  }
  if (absence == VMM_PENDING)
    return g_strdup (live->end > live->first ? _ ("waiting") : "");
  return g_strdup (_ (vmm_absence_name (absence)));
}

/* Nothing is to be told but why: a line that can never have a value does not hide the other one. */
static gboolean
is_absent (const VmmLive *live, VmmMetric metric)
{
  int        secondary;
  VmmAbsence main =
      vmm_absence (get_newest (live, vmm_readout_main (live->ring, metric, &secondary)));
  gboolean is_told =
      secondary >= 0 && vmm_absence (get_newest (live, (VmmChannelId) secondary)) == VMM_PRESENT;

  return main > VMM_PENDING && !(main == VMM_NOT_EXPOSED && is_told);
}

/* What belongs to it, or why there is nothing, tamed. */
static char *
format_detail (const VmmLive *live, VmmMetric metric)
{
  const VmmReadout readout = read_newest (live, metric);

  if (live->end == live->first)
    return g_strdup ("");
  g_autofree char *text = is_absent (live, metric)
                              ? vmm_readout_value (&readout, metric)
                              : vmm_readout_detail (&readout, metric, NULL, NULL);
  return vmm_text_clean (text);
}

static float *
copy_window (const VmmLive *live, VmmChannelId channel, guint *ret_n)
{
  guint  n = live->end - live->first;
  float *values = g_new (float, n + 1);
  for (guint i = 0; i < n; i++)
    values[i] = vmm_ring_get (live->ring, live->first + i, channel);
  *ret_n = n;
  return values;
}

/* The window so far fills its share of the columns, as the progress bar does. */
static void
append_history (GString *out, const VmmLive *live, VmmMetric metric, guint columns_wide)
{
  const VmmMetricInfo *graph = vmm_metric (metric);
  guint                n, ticks = (guint) MAX (1, live->duration_s / live->interval_s);
  g_autofree float    *values = copy_window (live, vmm_readout_main (live->ring, metric, NULL), &n);
  guint                filled = (guint) ((guint64) MIN (n, ticks) * columns_wide / ticks);
  float                top =
      graph->top > 0 ? (float) graph->top : vmm_sparkline_top (values, n, (float) graph->least);

  vmm_sparkline_append (out, values, n, filled, top);
  g_string_append_printf (out, "%*s", (int) (columns_wide - filled), "");
}

/* Those that there are; how many. */
static guint
list_graphs (const VmmLive *live, VmmMetric *ret_graphs)
{
  guint n = 0;

  for (int i = 0; i < VMM_N_GRAPHS; i++)
    if (vmm_readout_exists (live->ring, vmm_graph_metric (i)))
      ret_graphs[n++] = vmm_graph_metric (i);
  return n;
}

/* The names and a gap. */
static guint
get_name_columns (void)
{
  guint widest = NAME_COLUMNS;

  for (int i = 0; i < VMM_N_GRAPHS; i++)
    widest = MAX (widest, vmm_text_width (_ (vmm_metric (vmm_graph_metric (i))->title)) + 2);
  return widest;
}

/* The widest figure with the words around it. */
static guint
get_value_columns (void)
{
  guint widest = VALUE_COLUMNS;

  for (int i = 0; i < VMM_N_GRAPHS; i++) {
    const char *unit = vmm_readout_unit (vmm_graph_metric (i), 0, VMM_UNITS_CUSTOMARY);
    widest = MAX (widest, vmm_text_width ("0.041 ") + vmm_text_width (unit));
  }
  return widest;
}

static void
append_graph (GString *out, const VmmLive *live, const VmmStyle *style, guint width,
              gboolean detailed, VmmMetric metric)
{
  const guint          names = get_name_columns (), values = get_value_columns ();
  const VmmMetricInfo *graph = vmm_metric (metric);
  g_autofree char     *current = format_current (live, metric);
  guint                columns_wide = width > names + values + 4 ? width - names - values - 2 : 0;

  g_string_append_printf (out, "%s%s", style->hues[graph->hue], style->bold);
  vmm_text_append_left (out, _ (graph->title), MIN (width, names));
  g_string_append_printf (out, "%s%s", style->reset, style->hues[graph->hue]);
  append_history (out, live, metric, columns_wide);
  g_string_append_printf (out, "%s%s", columns_wide > 0 ? " " : "", style->bold);
  if (width > names)
    vmm_text_append_right (out, current, MIN (width - names, values));
  g_string_append_printf (out, "%s\n", style->reset);
  if (!detailed)
    return;

  g_autofree char *detail = format_detail (live, metric);
  if (width > names) {
    g_string_append_printf (out, "%*s%s", (int) names, "", style->dim);
    vmm_text_append_left (out, detail, width - names);
    g_string_append (out, style->reset);
  }
  g_string_append_c (out, '\n');
}

static char *
format_status (const VmmLive *live)
{
  char        text[VMM_FIGURE_SIZE];
  double      left = MAX (0, live->duration_s - live->elapsed_s);
  GString    *out = g_string_new (NULL);
  const char *doing = !live->probes       ? _ ("watching only, no score")
                      : live->activity[0] ? live->activity
                                          : _ ("probing CPU, memory and disk");

  if (live->message[0])
    g_string_append (out, live->message);
  else {
    /* TRANSLATORS: a time: "17 s left" */
    g_string_append_printf (out, _ ("%s left"), vmm_figure_seconds (text, left));
    g_string_append_printf (out, " · %s", doing);
  }
  if (live->runs > 1) {
    g_string_append (out, " · ");
    g_string_append_printf (out, _ ("measurement %1$u of %2$u"), live->run, live->runs);
  }
  /* TRANSLATORS: the key q, in every language */
  g_string_append_printf (out, " · %s", _ ("q stops"));
  return g_string_free (out, FALSE);
}

static void
append_progress (GString *out, const VmmLive *live, const VmmStyle *style, guint width)
{
  double share = CLAMP (live->elapsed_s / live->duration_s, 0, 1);
  guint  full = (guint) (share * width);

  g_string_append (out, style->bold);
  for (guint i = 0; i < full; i++)
    g_string_append (out, "█");
  g_string_append_printf (out, "%s%s", style->reset, style->dim);
  for (guint i = full; i < width; i++)
    g_string_append (out, "░");
  g_string_append_printf (out, "%s\n", style->reset);
}

/* Below all that is always there, where there is room. */
static guint
count_spare (guint height, guint n, gboolean tall, guint lines_a_graph)
{
  guint used = 3 + tall + n * lines_a_graph;

  return height > used ? height - used : 0;
}

char *
vmm_live_picture (const VmmLive *live, const VmmConsole *console)
{
  const VmmStyle   look = vmm_console_style (console), *style = &look;
  guint            width = CLAMP (console->width, 1, WIDEST), height = MAX (console->height, 1);
  VmmMetric        graphs[VMM_N_GRAPHS];
  guint            n = list_graphs (live, graphs);
  gboolean         tall = height >= 4 + 2 * n, spaced = height >= 4 + 3 * n;
  gboolean         detailed = tall && width >= 40;
  const char      *gap = spaced ? "\n" : "";
  GString         *out = g_string_new (NULL);
  g_autofree char *title = vmm_text_clean (live->title), *status = format_status (live);

  if (height >= 3 + n) {
    g_string_append (out, style->bold);
    vmm_text_append_left (out, title, width);
    g_string_append_printf (out, "%s\n%s", style->reset, tall ? "\n" : "");
  }
  for (guint i = 0; i < n && i + 1 < height; i++) {
    append_graph (out, live, style, width, detailed, graphs[i]);
    g_string_append (out, detailed ? gap : "");
  }
  vmm_outlook_append_live (out, live->outlook, style, width,
                           count_spare (height, n, tall, 1 + detailed + (detailed && spaced)));
  if (height >= 2 + n)
    append_progress (out, live, style, width);
  vmm_text_append_left (out, status, width);
  return g_string_free (out, FALSE);
}

static const char *
get_heading (const Column *column)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "column", column->heading);
}

static void
append_cell (GString *out, const Column *column, const char *text)
{
  vmm_text_append_right (out, text, MAX (8, vmm_text_width (get_heading (column)) + 1));
}

static guint
get_time_columns (void)
{
  return MAX (7, vmm_text_width (C_ ("column", "time")));
}

static void
append_line_end (GString *out)
{
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

char *
vmm_live_heading (void)
{
  GString *out = g_string_new (NULL);

  vmm_text_append_right (out, C_ ("column", "time"), get_time_columns ());
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    append_cell (out, &columns[i], get_heading (&columns[i]));
  append_line_end (out);
  vmm_text_append_right (out, "s", get_time_columns ());
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    append_cell (out, &columns[i], vmm_channel (columns[i].channel)->unit);
  append_line_end (out);
  return g_string_free (out, FALSE);
}

char *
vmm_live_line (const VmmLive *live)
{
  GString *out = g_string_new (NULL);
  char     time[VMM_DECIMAL_SIZE], text[VMM_FIGURE_SIZE];

  vmm_text_append_right (out, vmm_decimal (VMM_LOCAL, time, "%.1f", live->elapsed_s),
                         get_time_columns ());
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    append_cell (out, &columns[i], vmm_figure_bare (text, get_newest (live, columns[i].channel)));
  append_line_end (out);
  return g_string_free (out, FALSE);
}
