/* SPDX-License-Identifier: MIT */
/* asked: asks a cloud's metadata service when a window begins, aside, and knows the answer at its end. */
#include "vmm/aside.h"
#include "vmm/sources.h"

/* What is asked, and the newest answer: the worker's own. */
typedef struct {
  VmmHost *host, *found;
  char    *root;
  gboolean events;
} Question;

/* Lent by the worker until it is asked again. */
typedef struct {
  VmmHost *found;
} Answer;

typedef struct {
  VmmSource base;
  VmmAside *aside;
  VmmHost  *found; /* NULL = nothing yet */
} Asked;

/* ---- On the worker */

static void
set_host (VmmHost **place, VmmHost *host)
{
  if (*place)
    vmm_host_unref (*place);
  *place = host;
}

static void
work (gpointer state, gint64 now_us, gpointer draft)
{
  Question *question = state;

  set_host (&question->found,
            vmm_host_ask_cloud (question->host, question->root, question->events));
  ((Answer *) draft)->found = question->found;
}

static void
clear (gpointer state)
{
  Question *question = state;

  set_host (&question->found, NULL);
  vmm_host_unref (question->host);
  g_free (question->root);
  g_free (question);
}

static const VmmAsideClass asking = {
  .name = "vmm-cloud",
  .work = work,
  .clear = clear,
  .answer_size = sizeof (Answer),
};

/* ---- On the caller's thread */

/* What was answered, if it is new: it takes 2 s at most, and a window 5 at least. */
static void
take (Asked *asked)
{
  Answer   answer;
  VmmCause cause;

  if (vmm_aside_take (asked->aside, 0, &answer, &cause))
    set_host (&asked->found, vmm_host_ref (answer.found));
}

static void
window_begins (VmmSource *source, gint64 now_us)
{
  Asked *asked = (Asked *) source;

  if (!vmm_aside_settle (asked->aside, 0)) /* what is lent, is until it is asked again */
    return;
  take (asked);
  vmm_aside_ask (asked->aside, now_us);
}

static void
describe (VmmSource *source, VmmDescription *description)
{
  Asked *asked = (Asked *) source;

  take (asked);
  description->host = asked->found;
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
  set_host (&asked->found, NULL);
  g_free (asked);
}

static const VmmSourceClass class = {
  .name = "cloud",
  .window_begins = window_begins,
  .sample = sample,
  .describe = describe,
  .free = free_asked,
};

VmmSource *
vmm_asked_new (const char *root, VmmHost *host, gboolean events)
{
  const Question question = { vmm_host_ref (host), NULL, g_strdup (root), events };
  Asked         *asked = g_new0 (Asked, 1);

  asked->base.class = &class;
  asked->aside = vmm_aside_new (&asking, g_memdup2 (&question, sizeof question));
  return &asked->base;
}
