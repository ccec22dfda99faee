/* SPDX-License-Identifier: MIT */
/* shelf: a queue of work on the store, with at most one thread at its head. */
#include "vmm/shelf.h"

typedef struct {
  VmmShelfWork   work;
  VmmShelfDone   done;
  gpointer       user_data, data;
  GDestroyNotify free_data;
} Job;

struct _VmmShelf {
  gatomicrefcount references;  /* the owner's, and that of the job in the thread */
  GApplication   *application; /* does not end while there is work; or NULL */
  gpointer        user_data;
  GQueue         *waiting; /* of Job * */
  gboolean        aside, busy, closed;
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
  g_queue_free (shelf->waiting);
  g_free (shelf);
}

static void
do_job (const Job *job)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autoptr (VmmStore) store = vmm_store_open (directory);

  job->work (store, job->data);
}

static void
tell (const VmmShelf *shelf, const Job *job)
{
  if (!shelf->closed && job->done)
    job->done (job->data, job->user_data);
}

static void
do_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  do_job (data);
  g_task_return_boolean (task, TRUE);
}

static void
on_done (GObject *source, GAsyncResult *outcome, gpointer data)
{
  VmmShelf     *shelf = data;
  GApplication *application = shelf->application;

  shelf->busy = FALSE;
  tell (shelf, g_task_get_task_data (G_TASK (outcome)));
  start (shelf);
  unref (shelf);
  if (application)
    g_application_release (application);
}

static void
start (VmmShelf *shelf)
{
  Job *job = shelf->busy ? NULL : g_queue_pop_head (shelf->waiting);

  if (!job)
    return;
  shelf->busy = TRUE;
  if (shelf->application)
    g_application_hold (shelf->application);
  g_atomic_ref_count_inc (&shelf->references);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_done, shelf);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, do_in_thread);
}

VmmShelf *
vmm_shelf_new (gboolean aside, gpointer user_data)
{
  VmmShelf *shelf = g_new0 (VmmShelf, 1);

  g_atomic_ref_count_init (&shelf->references);
  shelf->application = g_application_get_default ();
  shelf->aside = aside;
  shelf->user_data = user_data;
  shelf->waiting = g_queue_new ();
  return shelf;
}

void
vmm_shelf_free (VmmShelf *shelf)
{
  if (!shelf)
    return;
  shelf->closed = TRUE;
  unref (shelf);
}

void
vmm_shelf_ask_for (VmmShelf *shelf, gpointer user_data, VmmShelfWork work, VmmShelfDone done,
                   gpointer data, GDestroyNotify free_data)
{
  Job *job = g_new (Job, 1);

  *job = (Job){ work, done, user_data, data, free_data };
  if (shelf->aside) {
    g_queue_push_tail (shelf->waiting, job);
    start (shelf);
    return;
  }
  do_job (job);
  tell (shelf, job);
  job_free (job);
}

void
vmm_shelf_ask (VmmShelf *shelf, VmmShelfWork work, VmmShelfDone done, gpointer data,
               GDestroyNotify free_data)
{
  vmm_shelf_ask_for (shelf, shelf->user_data, work, done, data, free_data);
}

/* ---- Keeping */

typedef struct {
  VmmResult   *result;
  VmmShelfKept kept;
  char        *id;
  GError      *error;
} Keeping;

static void
keeping_free (Keeping *keeping)
{
  vmm_result_unref (keeping->result);
  g_free (keeping->id);
  g_clear_error (&keeping->error);
  g_free (keeping);
}

static void
save (VmmStore *store, gpointer data)
{
  Keeping *keeping = data;

  keeping->id = vmm_store_save (store, keeping->result, NULL, &keeping->error);
}

static void
tell_kept (gpointer data, gpointer user_data)
{
  const Keeping *keeping = data;

  keeping->kept (keeping->result, keeping->id, keeping->error, user_data);
}

void
vmm_shelf_keep (VmmShelf *shelf, VmmResult *result, VmmShelfKept kept)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->result = vmm_result_ref (result);
  keeping->kept = kept;
  vmm_shelf_ask (shelf, save, tell_kept, keeping, (GDestroyNotify) keeping_free);
}
