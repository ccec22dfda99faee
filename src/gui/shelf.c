/* SPDX-License-Identifier: MIT */
/* shelf: a queue of work on the store, with one thread at its head. */
#include "shelf.h"

typedef struct {
  VmmShelfWork   work;
  VmmShelfDone   done;
  gpointer       data;
  GDestroyNotify free_data;
} Job;

struct _VmmShelf {
  gatomicrefcount references; /* the owner's, and that of the job in the thread */
  gpointer        user_data;
  GQueue         *waiting; /* of Job * */
  gboolean        busy, closed;
};

static void start (VmmShelf *shelf);

static void
job_free (Job *job)
{
  if (job->free_data)
    job->free_data (job->data);
  g_free (job);
}

static void
unref (VmmShelf *shelf)
{
  if (!g_atomic_ref_count_dec (&shelf->references))
    return;
  g_queue_free_full (shelf->waiting, (GDestroyNotify) job_free);
  g_free (shelf);
}

static VmmStore *
open_store (void)
{
  g_autofree char *directory = vmm_store_default_directory ();

  return vmm_store_open (directory);
}

static void
do_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (VmmStore) store = open_store ();
  Job *job = data;

  job->work (store, job->data);
  g_task_return_boolean (task, TRUE);
}

static void
on_done (GObject *source, GAsyncResult *outcome, gpointer data)
{
  VmmShelf *shelf = data;
  Job      *job = g_task_get_task_data (G_TASK (outcome));

  shelf->busy = FALSE;
  if (!shelf->closed && job->done)
    job->done (job->data, shelf->user_data);
  if (!shelf->closed)
    start (shelf);
  unref (shelf);
}

static void
start (VmmShelf *shelf)
{
  Job *job = shelf->busy ? NULL : g_queue_pop_head (shelf->waiting);

  if (!job)
    return;
  shelf->busy = TRUE;
  g_atomic_ref_count_inc (&shelf->references);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_done, shelf);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, do_in_thread);
}

VmmShelf *
vmm_shelf_new (gpointer user_data)
{
  VmmShelf *shelf = g_new0 (VmmShelf, 1);

  g_atomic_ref_count_init (&shelf->references);
  shelf->user_data = user_data;
  shelf->waiting = g_queue_new ();
  return shelf;
}

void
vmm_shelf_free (VmmShelf *shelf)
{
  if (!shelf)
    return;
  g_autoptr (VmmStore) store = open_store ();
  shelf->closed = TRUE;
  vmm_store_purge (store);
  unref (shelf);
}

void
vmm_shelf_ask (VmmShelf *shelf, VmmShelfWork work, VmmShelfDone done, gpointer data,
               GDestroyNotify free_data)
{
  Job *job = g_new (Job, 1);

  *job = (Job){ work, done, data, free_data };
  g_queue_push_tail (shelf->waiting, job);
  start (shelf);
}
