/* SPDX-License-Identifier: MIT */
/* machine: answers "which VMM is this, and what can be measured here?" without measuring. */
#include "vmm/command.h"

#include "command.h"
#include "page.h"
#include "vmm/error.h"
#include "vmm/language.h"
#include "vmm/result.h"
#include "vmm/session.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

static gboolean
is_told (VmmChannelId channel)
{
  return vmm_channel (channel)->metric != VMM_METRIC_SELF;
}

/* Nothing was asked to fill the channel. */
static VmmReason
get_off_reason (const VmmPlan *plan)
{
  return plan->sysroot ? vmm_reason (VMM_CAUSE_SYSROOT) : vmm_absence_reason (VMM_OFF);
}

/* A source that was not started says what it can by one sample: a number, "pending", or "off" for
 * what only works while it runs. A probe that is off and has a reason failed its check; that of the
 * ping is a remark about its way. */
static void
find_measurable (VmmMeasurable *ret_row, const VmmSession *session, VmmChannelId channel,
                 float value)
{
  VmmReason  reason = vmm_session_get_reason (session, channel);
  VmmAbsence absence = vmm_absence (value);
  gboolean   has_source = vmm_session_get_source (session, channel) != NULL;
  gboolean   is_ping = vmm_channel (channel)->metric == VMM_METRIC_NETWORK;
  gboolean   can = has_source && (absence == VMM_PRESENT || absence == VMM_PENDING ||
                                (absence == VMM_OFF && (!reason.sentence || is_ping)));

  if (!has_source)
    reason = get_off_reason (vmm_session_get_plan (session));

  *ret_row = (VmmMeasurable){
    .id = vmm_channel (channel)->id,
    .measurable = can,
    .reason =
        absence == VMM_PENDING ? NULL : reason.sentence, /* a second reading is all it needs */
    .remedy = can ? NULL : vmm_cause_remedy (reason.cause),
  };
}

/* The rows' reasons belong to the session's sources, which lend one at a time: copied. */
static VmmMeasurable *
make_rows (const VmmSession *session, GStringChunk *strings, guint *ret_n)
{
  VmmMeasurable *rows = g_new0 (VmmMeasurable, VMM_N_CHANNELS);
  float          row[VMM_N_CHANNELS];
  guint          n = 0;

  for (int channel = 0; channel < VMM_N_CHANNELS; channel++)
    row[channel] = vmm_absent (VMM_OFF);
  for (int channel = 0; channel < VMM_N_CHANNELS; channel++) {
    VmmSource *source = vmm_session_get_source (session, channel);
    if (source && source->class->channels[0] == (VmmChannelId) channel)
      vmm_source_sample (source, g_get_monotonic_time (), row);
  }
  for (int channel = 0; channel < VMM_N_CHANNELS; channel++) {
    if (!is_told (channel))
      continue;
    find_measurable (&rows[n], session, channel, row[channel]);
    if (rows[n].reason)
      rows[n].reason = g_string_chunk_insert_const (strings, rows[n].reason);
    n++;
  }
  *ret_n = n;
  return rows;
}

static const char *
get_title (const VmmMeasurable *row)
{
  return _ (vmm_channel (vmm_channel_find (row->id))->title);
}

static void
append_heading (GString *out, const VmmStyle *style, const char *heading)
{
  g_string_append_printf (out, "%s%s%s\n", style->bold, heading, style->reset);
}

/* One line for each metric: all that can be measured of it. */
static void
append_measurable (GString *out, const VmmMeasurable *rows, guint n, const VmmStyle *style)
{
  append_heading (out, style, _ ("Can be measured here"));
  for (guint metric = 0; metric < VMM_N_METRICS; metric++) {
    g_autoptr (GString) titles = g_string_new (NULL);
    for (guint i = 0; i < n; i++)
      if (rows[i].measurable && vmm_channel (vmm_channel_find (rows[i].id))->metric == metric)
        g_string_append_printf (titles, "%s%s", titles->len > 0 ? " · " : "", get_title (&rows[i]));
    if (titles->len > 0 && metric != VMM_METRIC_SELF)
      vmm_page_note (out, style, vmm_words_metric ((VmmMetric) metric), titles->str);
  }
}

/* Neighbours with one reason share a paragraph. */
static void
append_unmeasurable (GString *out, const VmmMeasurable *rows, guint n, const VmmStyle *style)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < n;) {
    const VmmMeasurable *row = &rows[i];
    if (row->measurable) {
      i++;
      continue;
    }
    g_autoptr (GString) text = g_string_new (get_title (row));
    for (i++; i < n && !rows[i].measurable && rows[i].reason == row->reason &&
              rows[i].remedy == row->remedy;
         i++)
      g_string_append_printf (text, " · %s", get_title (&rows[i]));
    if (!begun) {
      g_string_append_c (out, '\n');
      append_heading (out, style, _ ("Cannot be measured here"));
    }
    begun = TRUE;
    vmm_page_note (out, style, "", text->str);
    g_autofree char *reason = vmm_say (row->reason ? row->reason : N_ ("no reason is known"));
    vmm_page_subnote (out, style, _ ("because"), reason);
    if (row->remedy)
      vmm_page_subnote (out, style, _ ("remedy"), _ (row->remedy));
  }
}

static void
append_remarks (GString *out, const VmmMeasurable *rows, guint n, const VmmStyle *style)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < n; i++) {
    if (!rows[i].measurable || !rows[i].reason)
      continue;
    if (!begun) {
      g_string_append_c (out, '\n');
      append_heading (out, style, _ ("To know"));
    }
    begun = TRUE;
    g_autofree char *reason = vmm_say (rows[i].reason);
    g_autofree char *text = g_strdup_printf (_ ("%s: %s"), get_title (&rows[i]), reason);
    vmm_page_note (out, style, "", text);
  }
}

/* What nobody asked the cloud for, and its files do not tell. */
static void
append_unasked (GString *out, const VmmHost *host, const VmmStyle *style)
{
  const struct {
    const char *title, *value;
  } facts[] = {
    { N_ ("Instance type"), host->instance_type },
    { N_ ("Region"), host->region },
    { N_ ("Zone"), host->zone },
  };
  g_autoptr (GString) unknown = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (!*facts[i].value)
      g_string_append_printf (unknown, "%s%s", unknown->len ? " · " : "", _ (facts[i].title));
  if (unknown->len && strcmp (host->cloud_id, "none") != 0)
    vmm_page_format (out, style, _ ("Not told"), _ ("%s: --cloud asks the metadata service"),
                     unknown->str);
}

static VmmExit
print_host (const VmmHost *host, const VmmMeasurable *rows, guint n, const VmmPlan *plan,
            gboolean as_json)
{
  VmmConsole console;

  if (as_json) {
    g_autofree char *json = vmm_host_to_json (host, rows, n);
    return vmm_command_answer (json, TRUE);
  }
  vmm_console_init (&console, STDOUT_FILENO);
  const VmmStyle look = vmm_console_style (&console), *style = &look;
  g_autoptr (GString) out = g_string_new (NULL);
  vmm_page_machine (out, host, style);
  vmm_page_machine_details (out, host, style);
  if (!plan->cloud)
    append_unasked (out, host, style);
  g_string_append_c (out, '\n');
  append_measurable (out, rows, n, style);
  append_unmeasurable (out, rows, n, style);
  append_remarks (out, rows, n, style);
  return vmm_command_print (out->str);
}

static VmmHost *
find_host (const VmmPlan *plan)
{
  const char *root = plan->sysroot ? plan->sysroot : "/";
  g_autoptr (VmmHost) host = vmm_host_new (root);

  if (!plan->cloud)
    return g_steal_pointer (&host);
  if (plan->cloud_events && !plan->sysroot)
    vmm_command_warn_events (host->cloud_id);
  return vmm_host_ask_cloud (host, root, plan->cloud_events, NULL);
}

static VmmExit
tell (const VmmPlan *plan, gboolean as_json)
{
  g_autoptr (GError) error = NULL;

  if (!vmm_command_check_root (plan->sysroot, &error))
    return vmm_command_fail (error);
  g_autoptr (VmmHost) host = find_host (plan);
  g_autoptr (VmmSession) session = vmm_session_new (plan, host, &error);
  g_autoptr (GStringChunk) strings = g_string_chunk_new (1024);
  guint n;

  if (!session)
    return vmm_command_fail (error);
  g_autofree VmmMeasurable *rows = make_rows (session, strings, &n);
  return print_host (host, rows, n, plan, as_json);
}

VmmExit
vmm_machine_run (int argc, char **argv)
{
  gboolean         json = FALSE, cloud = FALSE, cloud_events = FALSE;
  g_autofree char *sysroot = NULL, *scratch = NULL;
  g_auto (GStrv) arguments = NULL;
  VmmExit exit;
  g_auto (VmmPlan) plan = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { "cloud", 0, 0, G_OPTION_ARG_NONE, &cloud, N_ ("Ask the cloud's metadata service, too"),
      NULL },
    { "cloud-events", 0, 0, G_OPTION_ARG_NONE, &cloud_events, N_ ("And ask it what is announced"),
      NULL },
    { "scratch", 0, 0, G_OPTION_ARG_FILENAME, &scratch, N_ ("Where the disk probes put their file"),
      N_ ("DIR") },
    { "sysroot", 0, 0, G_OPTION_ARG_FILENAME, &sysroot,
      N_ ("Read DIR/proc and DIR/sys, nothing of this machine"), N_ ("DIR") },
    G_OPTION_ENTRY_NULL
  };

  const VmmCommandLine line = {
    "host", "",
    N_ ("Says which machine and VMM this is, and how we know. Says for every metric and probe "
        "whether it can be measured here, or else why not and what would help."),
    entries
  };

  vmm_plan_init (&plan);
  if (!vmm_command_parse (&line, argc, argv, &arguments, &exit))
    return exit;
  plan.sysroot = g_steal_pointer (&sysroot);
  plan.scratch_dir = g_steal_pointer (&scratch);
  plan.probes = !plan.sysroot;
  plan.cloud = cloud || cloud_events;
  plan.cloud_events = cloud_events;
  return tell (&plan, json);
}
