/* SPDX-License-Identifier: MIT */
/* own: what a command that measures says beside the options of a measurement. */
#pragma once

#include "vmm/options.h"

/* Such a command, as --help shows it; the texts are to be translated. */
typedef struct {
  const char         *name;  /* "turns" */
  const char         *usage; /* "K/N [OPTION OF A MEASUREMENT...]" */
  const char         *summary;
  const GOptionEntry *entries; /* its own */
} VmmOwnLine;

/* Takes its own options out of argv[1] and so on: what is left, *ret_argc words in *ret_argv (free that
 * with g_free(), its words are argv's), is for vmm_options_parse(). FALSE, and the exit, where --help was
 * all, or an option is wrong. */
gboolean vmm_own_parse (const VmmOwnLine *line, int argc, char **argv, int *ret_argc,
                        char ***ret_argv, VmmExit *ret_exit);

/* Seconds of "600", "600s", "10m", "10min", "1h", "7d"; NAN = something else. */
double vmm_own_read_time (const char *text);

/* A figure with its unit, one of `units` up to a NULL, each with its factor; NAN = something else. */
double vmm_own_read_figure (const char *text, const char *const *units, const double *factors);
