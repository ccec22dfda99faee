/* SPDX-License-Identifier: MIT */
/* test_shelf: work on the store is done in its order, and all of it, before the application ends. */
#include "vmm/shelf.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/shelf/order", test_order);
  g_test_add_func ("/shelf/closed", test_closed);
  return g_test_run ();
}
