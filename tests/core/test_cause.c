/* SPDX-License-Identifier: MIT */
/* test_cause: the table of causes is complete, and an id leads back to its cause. */
#include "vmm/cause.h"

#include <string.h>

static void
test_table (void)
{
  for (guint cause = VMM_CAUSE_NONE + 1; cause < VMM_N_CAUSES; cause++) {
    const char *id = vmm_cause_id (cause);
    g_assert_nonnull (id);
    g_assert_cmpuint (strspn (id, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen (id));
    g_assert_cmpint (vmm_cause_find (id), ==, cause); /* found, hence also unique */
  }
  g_assert_null (vmm_cause_id (VMM_CAUSE_NONE));
  g_assert_cmpint (vmm_cause_find (""), ==, VMM_CAUSE_NONE);
  g_assert_cmpint (vmm_cause_find ("of-a-newer-program"), ==, VMM_CAUSE_NONE);
}

/* A sentence of the table is whole: what has figures is said where these are known. */
static void
test_sentences (void)
{
  for (guint cause = VMM_CAUSE_NONE; cause < VMM_N_CAUSES; cause++) {
    const char *sentence = vmm_cause_sentence (cause);
    VmmReason   reason = vmm_reason (cause);

    g_assert_true (!sentence || (*sentence && !strchr (sentence, '%')));
    g_assert_cmpint (reason.cause, ==, cause);
    g_assert_true (reason.sentence == sentence);
  }
  g_assert_null (vmm_reason (VMM_CAUSE_NONE).sentence);
  g_assert_null (vmm_cause_remedy (VMM_CAUSE_NONE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cause/table", test_table);
  g_test_add_func ("/cause/sentences", test_sentences);
  return g_test_run ();
}
