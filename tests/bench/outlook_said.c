/* SPDX-License-Identifier: MIT */
/* outlook_said: what the outlook of this tree says of recorded rows.
 *
 * usage: outlook_said headroom|memory. Standard input: a line with the ids of channels, of which the first is time_s, and
 * a line of numbers for each row, one a second; nan is what had no value then. Channels that are not there are not
 * exposed. Standard output: of headroom, after the rows of a scored window, one object of JSON; of memory, in a run
 * without probes, a line for each row: time_s, state, when low high (s from now, nan), 1 where it is nearly full. */
#include "vmm/channel.h"
#include "vmm/outlook.h"

#include <stdio.h>

typedef struct {
  VmmOutlook *outlook;
  gboolean    is_probing, is_each; /* row is told of */
  guint       n;
  int         channels[VMM_N_CHANNELS + 1];
} Replay;

static void
fill_row (const Replay *replay, char **fields, float *row)
{
  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    row[c] = vmm_absent (VMM_NOT_EXPOSED);
  row[VMM_CHANNEL_PROBE_CLOCK] = vmm_absent (replay->is_probing ? VMM_PENDING : VMM_OFF);
  for (guint i = 1; i < replay->n; i++) {
    double value = g_ascii_strtod (fields[i], NULL);
    if (replay->channels[i] >= 0)
      row[replay->channels[i]] = isnan (value) ? vmm_absent (VMM_PENDING) : (float) value;
  }
}

static void
print_memory (const Replay *replay, double time)
{
  VmmOutlookItem item;

  vmm_outlook_get_item (replay->outlook, VMM_OUTLOOK_MEMORY, &item);
  printf ("%g %s %g %g %g %d\n", time, vmm_outlook_why_id (item.why), item.when_s, item.low_s,
          item.high_s, item.is_nearly_full);
}

static void
print_id (const char *name, const char *id)
{
  if (id)
    printf ("\"%s\": \"%s\", ", name, id);
  else
    printf ("\"%s\": null, ", name);
}

static const char *
tell (gboolean is_so)
{
  return is_so ? "true" : "false";
}

static void
print_headroom (const Replay *replay)
{
  VmmHeadroom headroom;

  vmm_outlook_get_headroom (replay->outlook, &headroom);
  printf ("{");
  print_id ("state", vmm_headroom_why_id (headroom.why));
  print_id ("first", vmm_resource_id (headroom.first));
  print_id ("second", vmm_resource_id (headroom.second));
  printf ("\"close\": %s, \"steady\": %s, \"or_more\": %s, \"resources\": {",
          tell (headroom.are_close), tell (headroom.is_ratio), tell (headroom.or_more));
  for (guint i = 0; i < VMM_N_RESOURCES; i++) {
    double multiple = headroom.resources[i].multiple;
    printf ("%s\"%s\": {\"multiple\": %g}", i ? ", " : "", vmm_resource_id (i),
            isfinite (multiple) ? multiple : 1e9);
  }
  printf ("}}\n");
}

static gboolean
push (const Replay *replay, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, " ", -1);
  float row[VMM_N_CHANNELS];

  if (g_strv_length (fields) != replay->n)
    return FALSE;
  double time = g_ascii_strtod (fields[0], NULL);
  gint64 now_us = (gint64) (time * G_USEC_PER_SEC);
  fill_row (replay, fields, row);
  vmm_outlook_push (replay->outlook, now_us, now_us, row);
  if (replay->is_each)
    print_memory (replay, time);
  return TRUE;
}

static char *
read_input (void)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  char *text = NULL;

  if (g_io_channel_read_to_end (input, &text, NULL, NULL) != G_IO_STATUS_NORMAL)
    return NULL;
  return g_strstrip (text);
}

static void
begin (Replay *replay, const char *ids)
{
  g_auto (GStrv) names = g_strsplit (ids, " ", G_N_ELEMENTS (replay->channels));

  replay->n = g_strv_length (names);
  for (guint i = 0; i < replay->n; i++)
    replay->channels[i] = vmm_channel_find (names[i]);
}

int
main (int argc, char **argv)
{
  gboolean is_memory = argc == 2 && g_str_equal (argv[1], "memory");

  if (argc != 2 || !(is_memory || g_str_equal (argv[1], "headroom")))
    return 2;
  g_autofree char *text = read_input ();
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);
  g_autoptr (VmmOutlook) outlook = vmm_outlook_new (G_USEC_PER_SEC);
  Replay replay = { .outlook = outlook, .is_probing = !is_memory, .is_each = is_memory };
  if (!lines[0])
    return 1;
  begin (&replay, lines[0]);
  for (guint i = 1; lines[i]; i++)
    if (!push (&replay, lines[i]))
      return 1;
  if (!is_memory)
    print_headroom (&replay);
  return 0;
}
