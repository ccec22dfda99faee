/* SPDX-License-Identifier: MIT */
/* command: the commands, and how the program as a whole answers on the terminal. */
#pragma once

#include "vmm/options.h"

/* Each does what argv[1] .. argv[argc - 1] say, argv[0] being its name, and returns the exit code. */
VmmExit vmm_machine_run (int argc, char **argv); /* "host" */
VmmExit vmm_library_list (int argc, char **argv);
VmmExit vmm_library_show (int argc, char **argv);
VmmExit vmm_library_export (int argc, char **argv);
VmmExit vmm_library_import (int argc, char **argv);
VmmExit vmm_library_label (int argc, char **argv);
VmmExit vmm_library_delete (int argc, char **argv);
VmmExit vmm_contest_compare (int argc, char **argv);
VmmExit vmm_history_run (int argc, char **argv);

VmmExit vmm_fleet_run (int argc, char **argv); /* "fleet" */
VmmExit vmm_peer_run (int argc, char **argv);  /* "peer" */

/* Complains about a command line that is not understood; `command` "" = no command. */
VmmExit vmm_command_misused (const char *command, const char *message);

/* Prints `text`; what that means for the exit. The latter as it is where it is for machines. */
VmmExit vmm_command_print (const char *text);
VmmExit vmm_command_answer (const char *text, gboolean for_machines);

/* Complains about `error`: as wrong usage, of what is not there to be used; as a failure. */
VmmExit vmm_command_refuse (const GError *error);
VmmExit vmm_command_fail (const GError *error);

/* Says `text`, and goes on. */
void vmm_command_warn (const char *text);

/* Says what it switches on to ask this cloud for events, if anything. */
void vmm_command_warn_events (const char *cloud_id);

/* FALSE when `sysroot` is neither NULL nor a directory. */
gboolean vmm_command_check_root (const char *sysroot, GError **error);

/* TRUE when `label` is NULL or may be a label; else an error about what is called `name` ("--label"). */
gboolean vmm_command_check_label (const char *name, const char *label, GError **error);
