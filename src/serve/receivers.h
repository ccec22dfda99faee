/* SPDX-License-Identifier: MIT */
/* receivers: who is told: the store, a text file, somebody to whom it is pushed. Each failure is counted, and
 * what changes is said once. */
#pragma once

#include "push.h"

#define VMM_RECEIVERS_UNKEPT 100 /* results that wait for the store; of more, the oldest goes */

/* `error` NULL: it works again. */
typedef void (*VmmReceiverChanged) (VmmReceiver receiver, const GError *error, gpointer data);

typedef struct {
  char              *textfile; /* NULL = none */
  VmmPush           *push;     /* NULL = nobody is brought anything */
  VmmReceiverChanged changed;
  GDestroyNotify     pushed; /* after each attempt */
  gpointer           data;
  GQueue   unkept; /* of VmmResult, the oldest first: the store should have them, and has not */
  gboolean is_failing[VMM_N_RECEIVERS];
  guint64  failures[VMM_N_RECEIVERS];
} VmmReceivers;

void vmm_receivers_init (VmmReceivers *receivers, const VmmServeOptions *options,
                         VmmReceiverChanged changed, GDestroyNotify pushed, gpointer data);
void vmm_receivers_clear (VmmReceivers *receivers);

/* How it went with one of them. */
void vmm_receivers_note (VmmReceivers *receivers, VmmReceiver receiver, const GError *error);

/* The same of the store and a result, which waits for it where there is an error. */
void vmm_receivers_note_kept (VmmReceivers *receivers, VmmResult *result, const GError *error);
VmmResult *vmm_receivers_get_unkept (const VmmReceivers *receivers); /* the oldest; NULL = none */

/* FALSE where nobody is to be told anything. */
gboolean vmm_receivers_are_there (const VmmReceivers *receivers);
void     vmm_receivers_tell (VmmReceivers *receivers, const VmmSnapshot *snapshot, gint64 now_us);
gboolean vmm_receivers_are_busy (const VmmReceivers *receivers);
