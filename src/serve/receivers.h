/* SPDX-License-Identifier: MIT */
/* receivers: who is told: the store, a text file, somebody to whom it is pushed. Each failure is counted, and
 * what changes is said once. */
#pragma once

#include "push.h"

/* `error` NULL: it works again. */
typedef void (*VmmReceiverChanged) (VmmReceiver receiver, const GError *error, gpointer data);

typedef struct {
  char              *textfile; /* NULL = none */
  VmmPush           *push;     /* NULL = nobody is brought anything */
  VmmReceiverChanged changed;
  GDestroyNotify     pushed; /* after each attempt */
  gpointer           data;
  gboolean           is_failing[VMM_N_RECEIVERS];
  guint64            failures[VMM_N_RECEIVERS];
} VmmReceivers;

void vmm_receivers_init (VmmReceivers *receivers, const VmmServeOptions *options,
                         VmmReceiverChanged changed, GDestroyNotify pushed, gpointer data);
void vmm_receivers_clear (VmmReceivers *receivers);

/* How it went with one of them. */
void vmm_receivers_note (VmmReceivers *receivers, VmmReceiver receiver, const GError *error);

/* FALSE where nobody is to be told anything. */
gboolean vmm_receivers_are_there (const VmmReceivers *receivers);
void     vmm_receivers_tell (VmmReceivers *receivers, const VmmSnapshot *snapshot, gint64 now_us);
gboolean vmm_receivers_are_busy (const VmmReceivers *receivers);
