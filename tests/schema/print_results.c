/* SPDX-License-Identifier: MIT */
/* print_results: documents of unlike runs, a line with a NUL between them, for validate.py. */
#include <stdio.h>

#include "../core/made.h"

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

int
main (void)
{
  float row[VMM_N_CHANNELS];

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
