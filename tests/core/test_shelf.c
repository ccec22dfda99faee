/* SPDX-License-Identifier: MIT */
/* test_shelf: work on the store is done in its order, and all of it, before the application ends. */
#include "vmm/shelf.h"

#include "machine.h"
#include "made.h"

#define JOBS 3

typedef struct {
  VmmShelf    *shelf;
  GAsyncQueue *allowed; /* a token for each piece of work that may go on */
  GString     *done, *told;
} Plan;

typedef struct {
  Plan *plan;
  char  name;
} Job;

static void
work (VmmStore *store, gpointer data)
{
  Job *job = data;

  g_assert_nonnull (store);
  g_async_queue_pop (job->plan->allowed);
  g_string_append_c (job->plan->done, job->name);
}

/* The last one that is told closes the shelf, if it was not closed before. */
static void
tell (gpointer data, gpointer user_data)
{
  Job *job = data;

  g_assert_true (user_data == job->plan);
  g_string_append_c (job->plan->told, job->name);
  if (job->plan->told->len == JOBS)
    g_clear_pointer (&job->plan->shelf, vmm_shelf_free);
}

static void
ask (Plan *plan)
{
  plan->shelf = vmm_shelf_new (TRUE, plan);
  for (char name = 'a'; name < 'a' + JOBS; name++) {
    Job *job = g_new (Job, 1);
    *job = (Job){ plan, name };
    vmm_shelf_ask (plan->shelf, work, tell, job, g_free);
  }
}

static void
allow (Plan *plan)
{
  for (guint i = 0; i < JOBS; i++)
    g_async_queue_push (plan->allowed, plan);
}

static void
on_patient (GApplication *application, gpointer data)
{
  ask (data);
  allow (data);
}

/* No work has begun to go on when the shelf is closed. */
static void
on_hurried (GApplication *application, gpointer data)
{
  Plan *plan = data;

  ask (plan);
  g_clear_pointer (&plan->shelf, vmm_shelf_free);
  allow (plan);
}

static void
run (void (*activate) (GApplication *, gpointer), const char *told)
{
  g_autoptr (GApplication) application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  Plan plan = { NULL, g_async_queue_new (), g_string_new (NULL), g_string_new (NULL) };

  g_application_set_default (application);
  g_signal_connect (application, "activate", G_CALLBACK (activate), &plan);
  g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
  g_assert_cmpstr (plan.done->str, ==, "abc");
  g_assert_cmpstr (plan.told->str, ==, told);
  g_assert_null (plan.shelf);
  g_application_set_default (NULL);
  g_async_queue_unref (plan.allowed);
  g_string_free (plan.done, TRUE);
  g_string_free (plan.told, TRUE);
}

static void
test_order (void)
{
  run (on_patient, "abc");
}

static void
test_closed (void)
{
  run (on_hurried, "");
}

/* ---- Deleting, at once */

typedef struct {
  char     *ids[3];
  VmmStore *store;
  guint     n;
  gboolean  failed;
  char     *first;
} Moved;

static void
on_moved (char **ids, guint n, const GError *error, gpointer data)
{
  Moved *moved = data;

  moved->n = n;
  moved->failed = error != NULL;
  g_free (moved->first);
  moved->first = g_strdup (ids[0]);
}

static guint
count (const Moved *moved)
{
  g_autoptr (GPtrArray) ids = vmm_store_list_ids (moved->store, NULL);

  return ids->len;
}

static void
fill (Moved *moved)
{
  static const char *const vmms[] = { "kvm", "xen", "hyperv" };
  g_autofree char         *directory = vmm_store_default_directory ();

  moved->store = vmm_store_open (directory);
  for (guint i = 0; i < G_N_ELEMENTS (vmms); i++) {
    g_autoptr (VmmResult) result = made_clean (vmms[i], NULL);
    moved->ids[i] = vmm_store_save (moved->store, result, NULL, NULL);
  }
}

/* What is deleted last comes back first; of what could not be deleted whole, what was. */
static void
test_undo (void)
{
  Moved     moved = { { NULL } };
  char      absent[] = "absent";
  VmmShelf *shelf = vmm_shelf_new (FALSE, NULL);

  fill (&moved);
  g_assert_false (vmm_shelf_can_undo (shelf));
  vmm_shelf_undo (shelf, &moved, on_moved);
  g_assert_null (moved.first);
  vmm_shelf_delete (shelf, &moved, g_strdupv ((char *[]){ moved.ids[0], moved.ids[1], NULL }),
                    on_moved);
  g_assert_cmpuint (moved.n, ==, 2);
  g_assert_false (moved.failed);
  g_assert_cmpuint (count (&moved), ==, 1);
  vmm_shelf_delete (shelf, &moved, g_strdupv ((char *[]){ moved.ids[2], absent, absent, NULL }),
                    on_moved);
  g_assert_cmpuint (moved.n, ==, 1);
  g_assert_true (moved.failed);
  g_assert_cmpuint (count (&moved), ==, 0);
  vmm_shelf_delete (shelf, &moved, g_strdupv ((char *[]){ absent, NULL }), on_moved);
  g_assert_cmpuint (moved.n, ==, 0);
  vmm_shelf_undo (shelf, &moved, on_moved);
  g_assert_cmpstr (moved.first, ==, moved.ids[2]);
  g_assert_cmpuint (moved.n, ==, 1);
  g_assert_false (moved.failed);
  g_assert_true (vmm_shelf_can_undo (shelf));
  vmm_shelf_undo (shelf, &moved, on_moved);
  g_assert_cmpuint (count (&moved), ==, 3);
  g_assert_false (vmm_shelf_can_undo (shelf));
  vmm_shelf_delete (shelf, &moved, g_strdupv ((char *[]){ moved.ids[0], NULL }), on_moved);
  vmm_shelf_purge (shelf);
  g_assert_false (vmm_shelf_can_undo (shelf));
  g_assert_false (vmm_store_restore (moved.store, moved.ids[0], NULL));
  vmm_shelf_free (shelf);
  vmm_store_free (moved.store);
  g_free (moved.first);
  for (guint i = 0; i < G_N_ELEMENTS (moved.ids); i++)
    g_free (moved.ids[i]);
}

int
main (int argc, char **argv)
{
  char *home = machine_new ();

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shelf/order", test_order);
  g_test_add_func ("/shelf/closed", test_closed);
  g_test_add_func ("/shelf/undo", test_undo);
  int code = g_test_run ();
  machine_free (home);
  return code;
}
