/* SPDX-License-Identifier: MIT */
/* test_report: the page says what the result holds, in 80 columns, and never more than it knows. */
#include "report.h"

#include "../core/made.h"
#include "vmm/text.h"

static char *
write_narrow_page (const VmmResult *result, gboolean colour, guint width)
{
  const VmmConsole console = { .colour = colour, .width = width };
  char            *page = vmm_report (result, &console);
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);

  g_assert_true (g_utf8_validate (page, -1, NULL));
  g_assert_true (g_str_has_suffix (page, "\n"));
  for (guint i = 0; lines[i]; i++) {
    g_assert_cmpuint (vmm_text_width (lines[i]), <=, width);
    g_assert_false (g_str_has_suffix (lines[i], " "));
  }
  return page;
}

static char *
write_page (const VmmResult *result, gboolean colour)
{
  return write_narrow_page (result, colour, 80);
}

static void
assert_says (const char *text, const char *words)
{
  if (!strstr (text, words))
    g_error ("\"%s\" is not in:\n%s", words, text);
}

static void
assert_silent (const char *text, const char *words)
{
  if (strstr (text, words))
    g_error ("\"%s\" is in:\n%s", words, text);
}

static void
test_clean (void)
{
  g_autoptr (VmmResult) result = made_clean ("virtualbox", "before the update");
  g_autofree char *page = write_page (result, FALSE);
  g_autofree char *line = vmm_report_line (result);

  assert_says (page, "Oracle VirtualBox · 2 CPUs · 4 GiB");
  assert_says (page, "which exposes the interface of KVM");
  assert_says (page, "Label      before the update");
  assert_says (page, "Score      100.0   95 % interval ");
  assert_says (page, "Quality    clean");
  assert_says (page, "New process                    350 µs      350 µs     100.0");
  assert_says (page, "Memory copy                 4500 MB/s   4500 MB/s     100.0");
  assert_says (page, "CPUID: KVMKVMKVM");
  assert_says (page, "disk vda (virtio_blk, paravirtual)");
  assert_says (page, "Missing    Steal: this VMM never reports steal");
  assert_silent (page, "In brackets");
  assert_silent (page, "\033");
  g_assert_true (g_str_has_prefix (line, "Score 100.0 ("));
  g_assert_true (g_str_has_suffix (line, "· clean\n"));
}

/* A narrow terminal has fewer columns, and no line that is too long for it. */
static void
test_narrow (void)
{
  g_autoptr (VmmResult) result = made_clean ("virtualbox", "before the update");
  g_autofree char *page = write_narrow_page (result, FALSE, 60), *least = NULL;

  assert_says (page, "measured    points\n");
  assert_says (page, "New process                    350 µs     100.0\n");
  assert_says (page, "\nCPU                                         100.0\n");
  assert_says (page, "mean  95 % below\n");
  least = write_narrow_page (result, FALSE, 50);
  assert_says (least, "Readings                           mean\n");
}

/* Two values of one row are in one unit. */
static void
test_units (void)
{
  float row[VMM_N_CHANNELS];

  made_fill (row);
  row[VMM_CHANNEL_PROBE_COPY] = 20100;
  g_autoptr (VmmResult) result = made_result ("kvm", NULL, row);
  g_autofree char *page = write_page (result, FALSE);
  assert_says (page, "Memory copy                 20.1 GB/s   4.50 GB/s");
}

static void
test_colour (void)
{
  g_autoptr (VmmResult) result = made_clean ("kvm", NULL);
  g_autofree char *page = write_page (result, TRUE);

  assert_says (page, "\033[94m\033[1mCPU");
  assert_says (page, "\033[31m\033[1mNetwork");
  assert_silent (page, "Label");
}

/* A guest that is busy with itself: the number stays, in brackets. */
static void
test_disturbed (void)
{
  float row[VMM_N_CHANNELS];

  made_fill (row);
  row[VMM_CHANNEL_CPU_BUSY] = 95;
  g_autoptr (VmmResult) result = made_result ("kvm", NULL, row);
  g_autofree char *page = write_page (result, FALSE);
  g_autofree char *line = vmm_report_line (result);

  assert_says (page, "Score      (100.0)");
  assert_says (page, "Quality    disturbed");
  assert_says (page, "not for comparison");
  g_assert_true (g_str_has_prefix (line, "Score (100.0) ("));
}

/* A guest that was stopped: no number at all, and it says why. */
static void
test_invalid (void)
{
  float row[VMM_N_CHANNELS];

  made_fill (row);
  row[VMM_CHANNEL_CLOCK_LOST] = 5000;
  g_autoptr (VmmResult) result = made_result ("kvm", NULL, row);
  g_autofree char *page = write_page (result, FALSE);
  g_autofree char *line = vmm_report_line (result);

  assert_says (page, "Score      none: ");
  assert_says (page, "Quality    invalid");
  assert_silent (page, "95 % interval 9");
  g_assert_true (g_str_has_prefix (line, "No score: "));
}

/* What is missing is n/a, never 0 and never 100. */
static void
test_missing (void)
{
  float row[VMM_N_CHANNELS];

  made_fill (row);
  row[VMM_CHANNEL_NETWORK_RTT] = row[VMM_CHANNEL_NETWORK_JITTER] = vmm_absent (VMM_FAILED);
  row[VMM_CHANNEL_PROBE_SYNC] = vmm_absent (VMM_NOT_EXPOSED);
  g_autoptr (VmmResult) result = made_result ("kvm", NULL, row);
  g_autofree char *page = write_page (result, FALSE);
  g_autofree char *line = vmm_report_line (result);

  assert_says (page, "Round trip time                     -     0.30 ms       n/a");
  assert_says (page, "Disk sync, 4 KiB                    -      150 µs       n/a");
  assert_says (page, "\n  could not be read\n  Round trip time");
  assert_silent (page, "    could not be read"); /* the category has said it */
  assert_says (page, "    not offered here");    /* the probe has to */
  assert_says (line, "network n/a");
  assert_silent (line, "network 0");
}

static void
test_passive (void)
{
  g_auto (VmmPlan) plan = { 0 };
  float row[VMM_N_CHANNELS];

  vmm_plan_init (&plan);
  plan.probes = FALSE;
  plan.duration_s = 10;
  made_fill (row);
  g_autoptr (VmmResult) result = made_run (&plan, "kvm", (const float (*)[VMM_N_CHANNELS]) row, 1);
  g_autofree char *page = write_page (result, FALSE);

  assert_says (page, "Score      none: ");
  assert_says (page, "10 seconds, 10 readings, 0 missed");
  assert_silent (page, "defined for 30"); /* there is none */
  assert_says (page, "CPU busy");
  assert_silent (page, "100 means");
}

static void
test_length (void)
{
  g_auto (VmmPlan) plan = { 0 };
  float row[VMM_N_CHANNELS];

  vmm_plan_init (&plan);
  plan.duration_s = 10;
  made_fill (row);
  g_autoptr (VmmResult) result = made_run (&plan, "kvm", (const float (*)[VMM_N_CHANNELS]) row, 1);
  g_autofree char *page = write_page (result, FALSE);

  assert_says (page, "10 seconds, 10 readings, 0 missed");
  assert_says (page, "defined for 30");
}

/* What was stopped is as long as it was, and still says what it measured. */
static void
test_stopped (void)
{
  g_auto (VmmPlan) plan = { 0 };
  float  row[VMM_N_CHANNELS];
  gint64 now_us = 1000000;

  vmm_plan_init (&plan);
  plan.duration_s = 3600;
  plan.interval_ms = 500;
  made_fill (row);
  g_autoptr (VmmSession) session =
      made_session_of (&plan, made_host ("kvm"), (const float (*)[VMM_N_CHANNELS]) row, 1);
  vmm_session_start (session, now_us, g_get_real_time ());
  while (now_us <= 6500000)
    now_us = vmm_session_step (session, now_us);
  vmm_session_stop (session);
  g_autoptr (VmmResult) result = vmm_result_new (session);
  g_autofree char *page = write_page (result, FALSE);

  assert_says (page, "none: window invalid: the window was stopped after 5 of 3600 seconds");
  assert_says (page, "5.5 seconds, 11 readings, 0 missed");
  assert_says (page, "CPU busy");
  assert_silent (page, "defined for 30");
}

#define ADD(name) g_test_add_func ("/report/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (clean);
  ADD (narrow);
  ADD (units);
  ADD (colour);
  ADD (disturbed);
  ADD (invalid);
  ADD (missing);
  ADD (passive);
  ADD (length);
  ADD (stopped);
  return g_test_run ();
}
