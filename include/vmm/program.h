/* SPDX-License-Identifier: MIT */
/* program: the whole, behind main.c. */
#pragma once

/* Does what the command line says and returns the exit code: a command, or a measurement in the face
 * that was asked for and is possible. After vmm_terminal_init(). */
int vmm_program_run (int argc, char **argv);
