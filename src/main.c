/* SPDX-License-Identifier: MIT */
/* main: hands the command line over. */
#include "vmm/face.h"
#include "vmm/program.h"

int
main (int argc, char **argv)
{
  vmm_terminal_init ();
  return vmm_program_run (argc, argv);
}
