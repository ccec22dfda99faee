/* SPDX-License-Identifier: MIT */
/* asked: asks a cloud's metadata service when a window begins, aside, and knows the answer at its end.
 *
 * What is another one after a move to another host is asked for again at the end. */
#include "asked.h"

#include "vmm/aside.h"
#include "vmm/sources.h"

#include <string.h>

/* For the answer at a window's end, once: usual are milliseconds. */
#define PATIENCE_US (200 * G_TIME_SPAN_MILLISECOND)

/* What is asked, and the newest answer: a worker's own. */
typedef struct {
  MetadataAsk ask; /* NULL = the service itself */
  VmmHost    *host, *found;
  char       *root, *sign;
  gboolean    events;
} Question;

/* Lent by the worker until it is asked again. */
typedef struct {
  VmmHost    *found;
  const char *sign; /* NULL = there is none */
} Answer;

typedef struct {
  VmmSource base;
  VmmAside *aside;     /* all, at a window's beginning */
  VmmAside *ending;    /* the sign, at its end */
  VmmHost  *found;     /* NULL = nothing yet */
  char     *sign;      /* of this window's beginning; NULL = nothing yet */
  gboolean  is_ending; /* it was asked again, and the answer is not taken */
  gboolean  was_moved; /* in this window */
} Asked;

/* ---- On the workers */

static void
set_host (VmmHost **place, VmmHost *host)
{
  if (*place)
    vmm_host_unref (*place);
  *place = host;
}

static VmmHost *
ask_all (Question *question)
{
  return question->ask ? metadata_ask (question->host, question->root, question->events,
                                       &question->sign, question->ask)
                       : vmm_host_ask_cloud (question->host, question->root, question->events,
                                             &question->sign);
}

static char *
ask_sign (const Question *question)
{
  return question->ask ? metadata_ask_sign (question->host, question->root, question->ask)
                       : vmm_host_ask_sign (question->host, question->root);
}

static void
work (gpointer state, gint64 now_us, gpointer draft)
{
  Question *question = state;
  Answer   *answer = draft;

  g_free (question->sign);
  set_host (&question->found, ask_all (question));
  *answer = (Answer){ question->found, question->sign };
}

static void
work_at_end (gpointer state, gint64 now_us, gpointer draft)
{
  Question *question = state;

  g_free (question->sign);
  question->sign = ask_sign (question);
  ((Answer *) draft)->sign = question->sign;
}

static void
clear (gpointer state)
{
  Question *question = state;

  set_host (&question->found, NULL);
  vmm_host_unref (question->host);
  g_free (question->root);
  g_free (question->sign);
  g_free (question);
}

static const VmmAsideClass asking = {
  .name = "vmm-cloud",
  .work = work,
  .clear = clear,
  .answer_size = sizeof (Answer),
};
static const VmmAsideClass asking_at_end = {
  .name = "vmm-cloud-end",
  .work = work_at_end,
  .clear = clear,
  .answer_size = sizeof (Answer),
};

/* ---- On the caller's thread */

static void
set_sign (Asked *asked, const char *sign)
{
  g_free (asked->sign);
  asked->sign = g_strdup (sign);
}

/* What was answered, if it is new: it takes 2 s at most, and a window 5 at least. */
static void
take (Asked *asked)
{
  Answer   answer;
  VmmCause cause;

  if (!vmm_aside_take (asked->aside, 0, &answer, &cause))
    return;
  set_host (&asked->found, vmm_host_ref (answer.found));
  set_sign (asked, answer.sign);
}

/* Another sign than at the beginning. Where one of the two is not known, nobody knows of a move. */
static void
take_at_end (Asked *asked, gint64 patience_us)
{
  Answer   answer;
  VmmCause cause;

  if (!asked->is_ending || !vmm_aside_settle (asked->ending, patience_us))
    return;
  if (vmm_aside_take (asked->ending, 0, &answer, &cause))
    asked->was_moved = asked->sign && answer.sign && strcmp (asked->sign, answer.sign) != 0;
  asked->is_ending = FALSE;
}

static void
window_begins (VmmSource *source, gint64 now_us)
{
  Asked *asked = (Asked *) source;

  asked->is_ending = asked->was_moved = FALSE; /* of the window before */
  if (vmm_aside_settle (asked->aside, 0)) {    /* what is lent, is until it is asked again */
    take (asked);
    vmm_aside_ask (asked->aside, now_us);
  }
  set_sign (asked, NULL);
}

static void
window_ends (VmmSource *source)
{
  Asked *asked = (Asked *) source;

  take (asked);
  asked->is_ending =
      asked->sign && vmm_aside_settle (asked->ending, 0) && vmm_aside_ask (asked->ending, 0);
}

static void
settle (VmmSource *source)
{
  take_at_end ((Asked *) source, PATIENCE_US);
}

static void
describe (VmmSource *source, VmmDescription *description)
{
  Asked *asked = (Asked *) source;

  take (asked);
  take_at_end (asked, 0);
  description->host = asked->found;
  description->rented.moved |= asked->was_moved;
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
}

static void
free_asked (VmmSource *source)
{
  Asked *asked = (Asked *) source;

  vmm_aside_free (asked->aside);
  vmm_aside_free (asked->ending);
  set_host (&asked->found, NULL);
  g_free (asked->sign);
  g_free (asked);
}

static const VmmSourceClass class = {
  .name = "cloud",
  .window_begins = window_begins,
  .window_ends = window_ends,
  .settle = settle,
  .sample = sample,
  .describe = describe,
  .free = free_asked,
};

static Question *
make_question (const char *root, VmmHost *host, gboolean events, MetadataAsk ask)
{
  Question *question = g_new0 (Question, 1);

  question->ask = ask;
  question->host = vmm_host_ref (host);
  question->root = g_strdup (root);
  question->events = events;
  return question;
}

VmmSource *
asked_new_with_ask (const char *root, VmmHost *host, gboolean events, MetadataAsk ask)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->base.class = &class;
  asked->aside = vmm_aside_new (&asking, make_question (root, host, events, ask));
  asked->ending = vmm_aside_new (&asking_at_end, make_question (root, host, FALSE, ask));
  return &asked->base;
}

VmmSource *
vmm_asked_new (const char *root, VmmHost *host, gboolean events)
{
  return asked_new_with_ask (root, host, events, NULL);
}
