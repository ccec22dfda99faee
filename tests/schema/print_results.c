/* SPDX-License-Identifier: MIT */
/* print_results: documents of unlike runs, a line with a NUL between them, for validate.py. With an argument:
 * what `serve` tells Prometheus in each of its states, the same way. */
#include <math.h>
#include <stdio.h>

#include "../core/made.h"
#include "vmm/snapshot.h"

static void
print (VmmResult *result)
{
  g_autofree char *text = vmm_result_to_json (result);

  fputs (text, stdout);
  putchar ('\0');
  vmm_result_unref (result);
}

/* Whom a run may have pinged. */
static void
print_targets (void)
{
  static const char *const kinds[] = { "gateway", "given", "self", "cloud" };
  g_autoptr (VmmResult) none = made_clean ("kvm", "target");
  g_autofree char *text = vmm_result_to_json (none);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *kind = g_strdup_printf ("\"kind\": \"%s\"", kinds[i]);
    g_autofree char *other = made_replace (text, "\"kind\": \"none\"", kind);
    print (made_read (other));
  }
}

/* One of several windows, and one in turns. */
static void
print_places (void)
{
  static const char *const places[] = {
    "{\"id\": \"0123456789abcdef\", \"number\": 2, \"turn\": null, \"turns\": null, \"slot\": "
    "null}",
    "{\"id\": \"0123456789abcdef\", \"number\": 3, \"turn\": 2, \"turns\": 2, \"slot\": 44721360}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    VmmResult *result = made_clean ("kvm", "place");
    made_change (&result, "session", places[i], NULL);
    print (result);
  }
}

static void
print_text (const VmmHost *host, const VmmResult *result, double steal_seconds)
{
  const VmmSnapshot snapshot = { .host = host,
                                 .result = result,
                                 .now_us = 1800000060000000,
                                 .started_us = 1800000000000000,
                                 .next_us = result ? 1800003600000000 : 0,
                                 .windows = result != NULL,
                                 .skipped = { 2, 1 },
                                 .failures = { 1, 2, 3 },
                                 .stolen_ratio = result ? 0.25 : NAN,
                                 .steal_seconds = steal_seconds };
  g_autofree char  *text = vmm_snapshot_to_prometheus (&snapshot);

  fputs (text, stdout);
  putchar ('\0');
}

/* Before its first window, after a clean one, and after one that is invalid; with steal and without; and of a
 * machine whose names are no plain words. */
static int
print_texts (void)
{
  VmmHost   *host = made_host ("kvm");
  VmmHost    strange = *host;
  VmmResult *clean = made_clean ("kvm", "a \"label\" \\ \n {b=\"c\"} # %s");
  float      row[VMM_N_CHANNELS];

  made_fill (row);
  row[VMM_CHANNEL_CLOCK_LOST] = 5000;
  VmmResult *invalid = made_result ("kvm", NULL, row);
  strange.cpu_model = "Zw\303\266lf \"Kerne\" \\ \n {a=\"b\"} # %s";
  strange.kernel = strange.instance_type = "\\\"";
  print_text (host, NULL, NAN);
  print_text (&strange, NULL, 0);
  print_text (host, clean, NAN);
  print_text (host, clean, 1e9);
  print_text (host, invalid, NAN);
  vmm_result_unref (invalid);
  vmm_result_unref (clean);
  vmm_host_unref (host);
  return 0;
}

int
main (int argc, char **argv)
{
  float row[VMM_N_CHANNELS];

  if (argc > 1)
    return print_texts ();

  print (made_clean ("kvm", "clean"));
  made_fill (row);
  row[VMM_CHANNEL_CLOCK_LOST] = 5000; /* invalid: no score */
  row[VMM_CHANNEL_NETWORK_RTT] = vmm_absent (VMM_FAILED);
  print (made_result ("none", NULL, row));
  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    row[c] = vmm_absent (VMM_OFF);
  print (made_result ("virtualbox", NULL, row));
  print_targets ();
  print_places ();
  return 0;
}
