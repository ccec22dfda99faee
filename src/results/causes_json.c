/* SPDX-License-Identifier: MIT */
/* causes_json: the causes of a window's reasons, also of documents from before there were any. */
#include "result_private.h"

#include <string.h>

/* Sentences with figures as they were written before documents told causes: these do not change any
 * more, whatever is said today. */
static const struct {
  const char *pattern;
  VmmCause    cause;
} before[] = {
  { "the window was stopped after *", VMM_CAUSE_STOPPED_EARLY },
  { "the guest, or this program, was stopped for *", VMM_CAUSE_GUEST_STOPPED },
  { "the wall clock was moved by *", VMM_CAUSE_CLOCK_MOVED },
  { "* ticks were missed", VMM_CAUSE_TICKS_MISSED },
  { "other disk load: *", VMM_CAUSE_DISK_LOAD },
  { "the guest's own load was *", VMM_CAUSE_OWN_LOAD },
  { "window invalid: *", VMM_CAUSE_WINDOW_INVALID },
};

VmmCause
vmm_cause_recall (const char *sentence)
{
  for (guint i = VMM_CAUSE_NONE + 1; i < VMM_N_CAUSES; i++)
    if (g_strcmp0 (vmm_cause_sentence ((VmmCause) i), sentence) == 0)
      return (VmmCause) i;
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    if (g_pattern_match_simple (before[i].pattern, sentence))
      return before[i].cause;
  return VMM_CAUSE_NONE;
}

void
vmm_causes_build_json (const VmmScore *score, JsonObject *window)
{
  JsonArray *array = vmm_json_set_array (window, "causes");

  for (guint i = 0; i < MIN (score->causes->len, VMM_RESULT_MAX_LINES); i++)
    json_array_add_string_element (array,
                                   vmm_cause_id (g_array_index (score->causes, VmmCause, i)));
}

/* Causes that are not one for each reason tell of none. */
void
vmm_causes_read_json (VmmScore *score, const VmmJsonPlace *window)
{
  JsonArray *array = vmm_json_has (window, "causes")
                         ? vmm_json_array (window, "causes", VMM_RESULT_MAX_LINES)
                         : NULL;
  gboolean   is_told = array && json_array_get_length (array) == score->reasons->len;

  for (guint i = 0; i < score->reasons->len; i++) {
    VmmCause cause = is_told ? vmm_cause_find (vmm_json_text_element (window, "causes", array, i,
                                                                      VMM_RESULT_MAX_TEXT))
                             : vmm_cause_recall (score->reasons->pdata[i]);
    g_array_append_val (score->causes, cause);
  }
}
