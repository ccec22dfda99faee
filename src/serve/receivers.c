/* SPDX-License-Identifier: MIT */
/* receivers: one text for all of them. */
#include "receivers.h"

#include "vmm/export.h"

void
vmm_receivers_note (VmmReceivers *receivers, VmmReceiver receiver, const GError *error)
{
  gboolean was_failing = receivers->is_failing[receiver];

  receivers->is_failing[receiver] = error != NULL;
  receivers->failures[receiver] += error != NULL;
  if (was_failing != (error != NULL))
    receivers->changed (receiver, error, receivers->data);
}

static void
forget (VmmReceivers *receivers, GList *link)
{
  VmmResult *result = link->data;

  g_queue_delete_link (&receivers->unkept, link);
  vmm_result_unref (result);
}

void
vmm_receivers_note_kept (VmmReceivers *receivers, VmmResult *result, const GError *error)
{
  GList *waiting = g_queue_find (&receivers->unkept, result);

  vmm_receivers_note (receivers, VMM_RECEIVER_STORE, error);
  if (!error && waiting)
    forget (receivers, waiting);
  if (!error || waiting)
    return;
  g_queue_push_tail (&receivers->unkept, vmm_result_ref (result));
  if (receivers->unkept.length > VMM_RECEIVERS_UNKEPT)
    forget (receivers, receivers->unkept.head);
}

VmmResult *
vmm_receivers_get_unkept (const VmmReceivers *receivers)
{
  return receivers->unkept.head ? receivers->unkept.head->data : NULL;
}

static void
on_pushed (const GError *error, gpointer data)
{
  VmmReceivers *receivers = data;

  vmm_receivers_note (receivers, VMM_RECEIVER_PUSH, error);
  receivers->pushed (receivers->data);
}

void
vmm_receivers_init (VmmReceivers *receivers, const VmmServeOptions *options,
                    VmmReceiverChanged changed, GDestroyNotify pushed, gpointer data)
{
  *receivers = (VmmReceivers){
    .textfile = g_strdup (options->textfile), .changed = changed, .pushed = pushed, .data = data
  };
  if (options->push.url)
    receivers->push = vmm_push_new (&options->push, on_pushed, receivers);
}

void
vmm_receivers_clear (VmmReceivers *receivers)
{
  g_queue_clear_full (&receivers->unkept, (GDestroyNotify) vmm_result_unref);
  vmm_push_free (receivers->push);
  g_free (receivers->textfile);
}

gboolean
vmm_receivers_are_there (const VmmReceivers *receivers)
{
  return receivers->textfile || receivers->push;
}

gboolean
vmm_receivers_are_busy (const VmmReceivers *receivers)
{
  return receivers->push && vmm_push_is_busy (receivers->push);
}

static void
write_file (VmmReceivers *receivers, const char *text)
{
  g_autoptr (GError) error = NULL;

  vmm_export_save (receivers->textfile, text, &error);
  vmm_receivers_note (receivers, VMM_RECEIVER_TEXTFILE, error);
}

void
vmm_receivers_tell (VmmReceivers *receivers, const VmmSnapshot *snapshot, gint64 now_us)
{
  g_autofree char *text = vmm_snapshot_to_prometheus (snapshot);

  if (receivers->textfile)
    write_file (receivers, text);
  if (receivers->push)
    vmm_push_offer (receivers->push, text, now_us);
}
