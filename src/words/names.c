/* SPDX-License-Identifier: MIT */
/* names: a table of what the metrics are called. */
#include "vmm/words.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
static const struct {
  const char *title;
  const char *within; /* a line; of the categories */
} names[] = {
  [VMM_METRIC_CPU]      = { N_ ("CPU"),      NC_ ("score line", "CPU") },
  [VMM_METRIC_MEMORY]   = { N_ ("Memory"),   NC_ ("score line", "memory") },
  [VMM_METRIC_DISK]     = { N_ ("Disk"),     NC_ ("score line", "disk") },
  [VMM_METRIC_NETWORK]  = { N_ ("Network"),  NC_ ("score line", "network") },
  [VMM_METRIC_PRESSURE] = { N_ ("Pressure"), NULL },
  [VMM_METRIC_CLOCK]    = { N_ ("Clock"),    NULL },
  [VMM_METRIC_SELF]     = { N_ ("Own cost"), NULL },
  [VMM_METRIC_PROBE]    = { N_ ("Probes"),   NULL },
};
/* clang-format on */

const char *
vmm_words_metric (VmmMetric metric)
{
  g_return_val_if_fail ((guint) metric < G_N_ELEMENTS (names), "");
  return _ (names[metric].title);
}

const char *
vmm_words_category_within (VmmMetric category)
{
  g_return_val_if_fail ((guint) category < VMM_N_CATEGORIES, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "score line", names[category].within);
}
