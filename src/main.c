/* SPDX-License-Identifier: MIT */
/* main: chooses a face. */
#include "vmm/face.h"

int
main (void)
{
  return vmm_gui_is_available () ? 0 : 1;
}
