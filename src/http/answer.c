/* SPDX-License-Identifier: MIT */
/* answer: makes answers, and says what went wrong. */
#include "answer.h"

#include <glib/gi18n-lib.h>

VmmHttpAnswer *
answer_new (void)
{
  VmmHttpAnswer *answer = g_new0 (VmmHttpAnswer, 1);

  answer->body = g_strdup ("");
  return answer;
}

void
vmm_http_answer_free (VmmHttpAnswer *answer)
{
  if (!answer)
    return;
  g_free (answer->sentence);
  g_free (answer->body);
  g_free (answer->wanted);
  g_free (answer);
}

/* Takes the sentence. What came before it broke off is nothing. */
static void
fail (VmmHttpAnswer *answer, VmmCause cause, char *sentence)
{
  g_free (answer->sentence);
  g_free (answer->body);
  answer->cause = cause;
  answer->sentence = sentence;
  answer->status = 0;
  answer->body = g_strdup ("");
  answer->length = 0;
}

void
answer_fail (VmmHttpAnswer *answer, VmmCause cause)
{
  fail (answer, cause, g_strdup (vmm_cause_sentence (cause)));
}

void
answer_fail_late (VmmHttpAnswer *answer, guint limit_ms)
{
  fail (answer, VMM_CAUSE_HTTP_LATE,
        g_strdup_printf (VMM_SAID ("did not answer within %.1f s"), limit_ms / 1000.));
}

void
answer_fail_long (VmmHttpAnswer *answer, gsize limit_bytes)
{
  fail (
      answer, VMM_CAUSE_HTTP_LONG,
      g_strdup_printf (VMM_SAID ("answered with more than %.0f KiB"), (double) limit_bytes / 1024));
}

void
answer_take_status (VmmHttpAnswer *answer, guint status)
{
  answer->status = status;
  if (status >= 200 && status < 300)
    return;
  answer->cause = status >= 300 && status < 400 ? VMM_CAUSE_HTTP_REDIRECT : VMM_CAUSE_HTTP_STATUS;
  g_free (answer->sentence);
  answer->sentence = answer->cause == VMM_CAUSE_HTTP_REDIRECT
                         ? g_strdup (vmm_cause_sentence (VMM_CAUSE_HTTP_REDIRECT))
                         : g_strdup_printf (VMM_SAID ("answered with the error %u"), status);
}
