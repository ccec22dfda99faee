/* SPDX-License-Identifier: MIT */
/* options: the command line of a measurement. */
#pragma once

#include "vmm/turns.h"

/* The exit codes, as --help documents them. */
typedef enum {
  VMM_EXIT_DONE,
  VMM_EXIT_FAILED,
  VMM_EXIT_USAGE,
  VMM_EXIT_INVALID,
} VmmExit;

#define VMM_OPTIONS_IDLE 7

typedef struct {
  VmmPlan     plan;
  const char *face; /* name of the one that is asked for; NULL = the first that is available */
  gboolean    interval_given;       /* by the user, not by default */
  gboolean    keep;                 /* each finished run goes into the store */
  gboolean    quiet;                /* the score line alone */
  char       *json_file, *csv_file; /* NULL, or where to write; "-" = standard output */
  char       *fleet;                /* NULL, or the Prometheus whose guests the window shows */
  guint       repeat;               /* windows, one after another */
  gboolean    is_repeat_said;       /* 1 is also what it is unless said */
  guint       pause_s;              /* between them */
  VmmTurns    turns;                /* in whose slots; nobody's unless asked */
  VmmPlace    place;                /* of the window before, in an older session; or of none */
  double      until_percent;        /* half the interval of their mean: enough; 0 = never */
  gboolean    help, version;        /* asked for: nothing else counts */

  /* What to say of options that do nothing, up to a NULL; to be translated. */
  const char *idle[VMM_OPTIONS_IDLE + 1];
} VmmOptions;

/* Reads argv[1] .. argv[argc - 1]. FALSE and an error that says what to write instead when they
 * are not understood; `ret_options` needs vmm_options_clear() in either case. */
gboolean vmm_options_parse (VmmOptions *ret_options, int argc, char **argv, GError **error);
void     vmm_options_clear (VmmOptions *options);

/* A row of --help: what is left, and what it means; to be translated. */
typedef struct {
  const char *name, *text;
} VmmMeaning;

/* The text of --help, with `n` commands. Free with g_free(). */
char *vmm_options_help (const VmmMeaning *commands, guint n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VmmOptions, vmm_options_clear)
