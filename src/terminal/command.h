/* SPDX-License-Identifier: MIT */
/* command: what all commands share: their command lines and the store. */
#pragma once

#include "console.h"
#include "vmm/command.h"
#include "vmm/store.h"

#define VMM_COMMAND_WIDTH 80 /* of --help */

typedef struct {
  const char         *name, *usage; /* "show", N_ ("RESULT") */
  const char         *summary;      /* for its --help: what it does, N_() */
  const GOptionEntry *entries;
  guint               min, max;      /* how many arguments beside the options */
  gboolean            names_results; /* --help says what RESULT may be as well */
} VmmCommandLine;

/* Reads argv[1] .. argv[argc - 1]. FALSE when that is all: help was printed, or a complaint; then
 * *ret_exit is the exit code. *ret_arguments: g_strfreev(), never NULL after TRUE. */
gboolean vmm_command_parse (const VmmCommandLine *line, int argc, char **argv,
                            char ***ret_arguments, VmmExit *ret_exit);

/* Prints the line, which needs no newline. */
VmmExit vmm_command_say (const char *line);

/* The user's store. */
VmmStore *vmm_command_open_store (void);
