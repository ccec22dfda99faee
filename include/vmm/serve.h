/* SPDX-License-Identifier: MIT */
/* serve: a guest that measures itself by a timetable, and has its figures ready for whoever collects
 * those of many.
 *
 * Between windows it counts what costs next to nothing, and looks for stolen time; a window that is due
 * while the guest is busy is skipped and counted. What cannot be written is said once and counted, kept
 * in memory, and tried again. One thread; the observer is called on it. */
#pragma once

#include "vmm/plan.h"
#include "vmm/run.h"
#include "vmm/snapshot.h"

#define VMM_SERVE_EVERY_S 3600
#define VMM_WATCH_EVERY_S 1800
#define VMM_SERVE_EVERY_MIN_S 300
#define VMM_SERVE_EVERY_MAX_S 604800

typedef struct _VmmServe VmmServe;

/* Who is brought the figures, where nobody can fetch them. Texts are borrowed for the call. */
typedef struct {
  const char *url;      /* as it is given: "http://..." or "https://..."; NULL = nobody */
  const char *password; /* "USER:PASSWORD", or NULL */
  const char *ca_file;  /* whom to trust, or NULL = as the system does */
} VmmPushTarget;

typedef struct {
  guint       every_s;  /* from one window to the next */
  const char *textfile; /* NULL, or where the figures are written, whole or not at all */
  gboolean    once;     /* one window now, and no more */
  gboolean    keep;     /* each result in the store */

  /* For weeks: windows are up to half of `every_s` late, each by chance, so that they meet what the host does by
   * the clock in no fixed place; and the one of `once` waits ten seconds, and is not measured while the guest is
   * busy. */
  gboolean      watch;
  VmmPushTarget push;
} VmmServeOptions;

/* NULL members are not called. */
typedef struct {
  /* It cannot tell `receiver`, and `error` says why; later, that it can again: NULL. */
  void (*failed) (VmmServe *serve, VmmReceiver receiver, const GError *error, gpointer data);
  void (*ended) (VmmServe *serve, gpointer data); /* with `once` */
  void (*skipped) (VmmServe *serve, VmmSkipped why, gpointer data);
  void (*measured) (VmmServe *serve, const VmmResult *result, gpointer data);
} VmmServeObserver;

/* `plan` is each window's. NULL and the error when there can be no session. */
VmmServe *vmm_serve_new (const VmmPlan *plan, const VmmServeOptions *options, GError **error);

/* The same of a run and of a session that watches between its windows, both made already, and taken. */
VmmServe *vmm_serve_new_with (VmmRun *run, VmmSession *watch, const VmmServeOptions *options);

/* FALSE with VMM_ERROR_RANGE when it is no such address, has a password in it, or would get one, which others could
 * read on the way; VMM_ERROR_UNSUPPORTED where nothing can be pushed. */
gboolean vmm_serve_check_push (const char *url, gboolean has_password, GError **error);

/* A window that is not over is forgotten. NULL is fine. */
void vmm_serve_free (VmmServe *serve);

void vmm_serve_set_observer (VmmServe *serve, const VmmServeObserver *observer, gpointer data);

/* Begins at `now_us`, which the wall clock calls `wall_us`. */
void vmm_serve_begin (VmmServe *serve, gint64 now_us, gint64 wall_us);

/* Lets the default main context of this thread do what is due, from now on. */
void vmm_serve_attach (VmmServe *serve);

/* Does what is due; returns when to call again. For those that are not attached. */
gint64 vmm_serve_step (VmmServe *serve, gint64 now_us, gint64 wall_us);

/* The figures now; what it points at is the server's, until it does something else. */
void vmm_serve_describe (const VmmServe *serve, gint64 wall_us, VmmSnapshot *ret_snapshot);

VmmRun *vmm_serve_get_run (const VmmServe *serve); /* borrowed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmServe, vmm_serve_free)
