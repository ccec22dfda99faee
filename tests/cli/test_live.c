/* SPDX-License-Identifier: MIT */
/* test_live: the picture fits every terminal and says what is known, what is not, and why. */
#include "live.h"

#include "vmm/text.h"

#include <string.h>

typedef struct {
  VmmRing *ring;
  VmmLive  live;
} View;

static void
push (View *view, gint64 tick, float value)
{
  float row[VMM_N_CHANNELS];

  for (int channel = 0; channel < VMM_N_CHANNELS; channel++)
    row[channel] = value;
  row[VMM_CHANNEL_NETWORK_RTT] = vmm_absent (VMM_FAILED);
  row[VMM_CHANNEL_CPU_STEAL] = vmm_absent (VMM_NOT_EXPOSED);
  vmm_ring_push (view->ring, tick * G_USEC_PER_SEC, row);
  view->live.end = vmm_ring_get_length (view->ring);
  view->live.elapsed_s = (double) tick;
}

static void
set_up (View *view, gconstpointer data)
{
  view->ring = vmm_ring_new (60, VMM_N_CHANNELS);
  view->live = (VmmLive){
    .title = "Oracle VirtualBox · 2 CPUs · 4 GiB · Linux 6.1",
    .ring = view->ring,
    .duration_s = 30,
    .interval_s = 1,
    .run = 1,
    .runs = 1,
    .probes = TRUE,
  };
  view->live.reasons[VMM_CHANNEL_NETWORK_RTT] = "10.0.2.2: no answer\033[2J";
}

static void
tear_down (View *view, gconstpointer data)
{
  vmm_ring_free (view->ring);
}

static char *
draw (const View *view, guint width, guint height, gboolean colour)
{
  const VmmConsole console = { .colour = colour, .width = width, .height = height };

  return vmm_live_picture (&view->live, &console);
}

/* Any terminal, before the first reading and after: never wider, never higher. */
static void
test_fits (View *view, gconstpointer data)
{
  for (gint64 tick = 0; tick < 3; tick++) {
    for (guint width = 1; width < 140; width += width < 30 ? 1 : 7)
      for (guint height = 1; height < 40; height++) {
        g_autofree char *picture = draw (view, width, height, height % 2 == 0);
        g_auto (GStrv) lines = g_strsplit (picture, "\n", -1);
        g_assert_cmpuint (g_strv_length (lines), <=, height);
        for (guint i = 0; lines[i]; i++)
          g_assert_cmpuint (vmm_text_width (lines[i]), <=, width);
      }
    push (view, tick + 1, 12.5f);
  }
}

static void
test_says (View *view, gconstpointer data)
{
  push (view, 13, 12.5f);
  view->live.memory_bytes = 4294967296.0;
  view->live.ping.kind = VMM_TARGET_GATEWAY;
  g_strlcpy (view->live.ping.address, "10.0.2.2", sizeof view->live.ping.address);
  g_autofree char *picture = draw (view, 100, 24, FALSE);

  g_assert_nonnull (strstr (picture, "Oracle VirtualBox"));
  g_assert_nonnull (strstr (picture, "12.5 %"));
  g_assert_nonnull (strstr (picture, "12.5 MB/s"));
  g_assert_nonnull (strstr (picture, "512 MiB of 4.00 GiB"));
  g_assert_nonnull (strstr (picture, "steal not reported"));
  g_assert_nonnull (strstr (picture, "failed"));
  g_assert_nonnull (strstr (picture, "10.0.2.2: no answer\uFFFD[2J")); /* foreign text is tame */
  g_assert_nonnull (strstr (picture, "17 s left"));
  g_assert_null (strstr (picture, "\033"));
}

static void
test_colours (View *view, gconstpointer data)
{
  push (view, 1, 1);
  g_autofree char *picture = draw (view, 100, 24, TRUE);

  g_assert_nonnull (strstr (picture, "\033[94m\033[1mCPU"));
  g_assert_nonnull (strstr (picture, "\033[32m\033[1mMemory"));
  g_assert_nonnull (strstr (picture, "\033[33m\033[1mDisk"));
  g_assert_nonnull (strstr (picture, "\033[31m\033[1mNetwork"));
  g_assert_true (g_str_has_suffix (picture, "q stops") ||
                 g_str_has_suffix (g_strchomp (picture), "q stops"));
}

/* What few machines have is a graph where it has a value, and no word where it has none. */
static void
test_rare (View *view, gconstpointer data)
{
  float row[VMM_N_CHANNELS];

  for (int channel = 0; channel < VMM_N_CHANNELS; channel++)
    row[channel] =
        vmm_metric (vmm_channel (channel)->metric)->is_rare ? vmm_absent (VMM_NOT_EXPOSED) : 1;
  vmm_ring_push (view->ring, G_USEC_PER_SEC, row);
  view->live.end = 1;
  g_autofree char *none = draw (view, 100, 30, TRUE);
  g_assert_null (strstr (none, "GPU"));
  g_assert_null (strstr (none, "Energy"));

  row[VMM_CHANNEL_GPU_MEMORY] = 25;
  row[VMM_CHANNEL_ENERGY_GUEST] = 81.3f;
  vmm_ring_push (view->ring, 2 * G_USEC_PER_SEC, row);
  view->live.end = 2;
  g_autofree char *both = draw (view, 100, 30, TRUE);
  g_assert_nonnull (strstr (both, "\033[35m\033[1mGPU"));
  g_assert_nonnull (strstr (both, "\033[36m\033[1mEnergy"));
  g_assert_nonnull (strstr (both, "81.3 W"));
}

/* Where no host tells what its guest takes, what the machine takes is the large figure. */
static void
test_stands_in (View *view, gconstpointer data)
{
  float row[VMM_N_CHANNELS];

  for (int channel = 0; channel < VMM_N_CHANNELS; channel++)
    row[channel] = vmm_absent (VMM_NOT_EXPOSED);
  row[VMM_CHANNEL_ENERGY_MACHINE] = 110;
  vmm_ring_push (view->ring, G_USEC_PER_SEC, row);
  view->live.end = 1;
  g_autofree char *machine = draw (view, 100, 30, TRUE);
  g_assert_nonnull (strstr (machine, "110 W"));
  g_assert_nonnull (strstr (machine, "machine 110 W"));
  g_assert_nonnull (strstr (strstr (machine, "110 W") + 1, "110 W"));

  row[VMM_CHANNEL_ENERGY_GUEST] = 7;
  vmm_ring_push (view->ring, 2 * G_USEC_PER_SEC, row);
  view->live.end = 2;
  g_autofree char *guest = draw (view, 100, 30, TRUE);
  g_assert_nonnull (strstr (guest, "7.00 W"));
}

static guint
count (const char *text, const char *what)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);
  return g_strv_length (parts) - 1;
}

/* Half of the window: half of the bar. */
static void
test_progress (View *view, gconstpointer data)
{
  push (view, 15, 0);
  g_autofree char *picture = draw (view, 60, 24, FALSE);
  g_assert_cmpuint (count (picture, "░"), ==, 30);

  view->live.elapsed_s = 99; /* late, not more than full */
  g_autofree char *full = draw (view, 60, 24, FALSE);
  g_assert_cmpuint (count (full, "░"), ==, 0);
  g_assert_nonnull (strstr (full, "0 s left"));
}

/* The history of a whole window ends before the figure beside it. */
static void
test_full (View *view, gconstpointer data)
{
  for (gint64 tick = 1; tick <= 30; tick++)
    push (view, tick, 0.041f);
  for (guint width = 25; width < 120; width++) {
    g_autofree char *picture = draw (view, width, 24, FALSE);
    g_assert_nonnull (strstr (picture, " 0.041 MB/s read\n"));
  }
}

static void
test_line (View *view, gconstpointer data)
{
  g_autofree char *heading = vmm_live_heading ();
  g_autofree char *empty = vmm_live_line (&view->live);
  push (view, 2, 3.25f);
  g_autofree char *line = vmm_live_line (&view->live);

  g_assert_cmpstr (empty, ==,
                   "    0.0       -       -       -       -       -       -       -"
                   "       -       -\n");
  g_assert_cmpstr (line, ==,
                   "    2.0    3.25       -    3.25    3.25    3.25    3.25    3.25"
                   "       -    3.25\n");
  g_auto (GStrv) lines = g_strsplit (heading, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpuint (vmm_text_width (lines[0]), ==, 79);
}

#define ADD(name, function) g_test_add (name, View, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/live/fits", test_fits);
  ADD ("/live/says", test_says);
  ADD ("/live/colours", test_colours);
  ADD ("/live/rare", test_rare);
  ADD ("/live/stands-in", test_stands_in);
  ADD ("/live/progress", test_progress);
  ADD ("/live/full", test_full);
  ADD ("/live/line", test_line);
  return g_test_run ();
}
