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
  GQueue         *deleted; /* of char **: what can be brought back, newest first */
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
  g_queue_free_full (shelf->deleted, (GDestroyNotify) g_strfreev);
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
  shelf->deleted = g_queue_new ();
  return shelf;
}

void
vmm_shelf_close (VmmShelf *shelf)
{
  shelf->closed = TRUE;
}

void
vmm_shelf_free (VmmShelf *shelf)
{
  if (!shelf)
    return;
  vmm_shelf_close (shelf);
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

/* ---- Deleting, and bringing back */

typedef gboolean (*Way) (VmmStore *store, const char *id, GError **error);

typedef struct {
  VmmShelf     *shelf;
  Way           way;
  VmmShelfMoved moved;
  char        **ids;
  guint         n; /* the first of them are moved */
  GError       *error;
} Move;

static void
move_free (Move *move)
{
  g_strfreev (move->ids);
  g_clear_error (&move->error);
  g_free (move);
}

static void
do_move (VmmStore *store, gpointer data)
{
  Move *move = data;

  while (move->ids[move->n] && move->way (store, move->ids[move->n], &move->error))
    move->n++;
}

static void
remember_deleted (const Move *move)
{
  char **ids = g_strdupv (move->ids);

  for (guint i = move->n; ids[i]; i++)
    g_clear_pointer (&ids[i], g_free);
  g_queue_push_head (move->shelf->deleted, ids);
}

static void
tell_moved (gpointer data, gpointer user_data)
{
  const Move *move = data;

  if (move->way == vmm_store_delete && move->n > 0)
    remember_deleted (move);
  move->moved (move->ids, move->n, move->error, user_data);
}

static void
ask_to_move (VmmShelf *shelf, gpointer user_data, char **ids, Way way, VmmShelfMoved moved)
{
  Move *move = g_new0 (Move, 1);

  move->shelf = shelf;
  move->way = way;
  move->moved = moved;
  move->ids = ids;
  vmm_shelf_ask_for (shelf, user_data, do_move, tell_moved, move, (GDestroyNotify) move_free);
}

void
vmm_shelf_delete (VmmShelf *shelf, gpointer user_data, char **ids, VmmShelfMoved moved)
{
  ask_to_move (shelf, user_data, ids, vmm_store_delete, moved);
}

gboolean
vmm_shelf_can_undo (const VmmShelf *shelf)
{
  return !g_queue_is_empty (shelf->deleted);
}

void
vmm_shelf_undo (VmmShelf *shelf, gpointer user_data, VmmShelfMoved moved)
{
  char **ids = g_queue_pop_head (shelf->deleted);

  if (ids)
    ask_to_move (shelf, user_data, ids, vmm_store_restore, moved);
}

static void
purge (VmmStore *store, gpointer data)
{
  vmm_store_purge (store, NULL);
}

void
vmm_shelf_purge (VmmShelf *shelf)
{
  if (shelf->closed)
    return;
  g_queue_clear_full (shelf->deleted, (GDestroyNotify) g_strfreev);
  vmm_shelf_ask (shelf, purge, NULL, NULL, NULL);
}
