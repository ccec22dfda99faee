/* SPDX-License-Identifier: MIT */
/* names: what the metrics are called. */
#include "vmm/words.h"

#include <glib/gi18n-lib.h>

const char *
vmm_words_metric (VmmMetric metric)
{
  return _ (vmm_metric (metric)->title);
}

const char *
vmm_words_category_within (VmmCategory category)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "score line", vmm_category (category)->word);
}
