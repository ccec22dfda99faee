/* SPDX-License-Identifier: MIT */
/* main: hands the command line to the face that can read it. */
#include "vmm/face.h"

int
main (int argc, char **argv)
{
  vmm_terminal_init ();
  return vmm_terminal_main (argc, argv);
}
