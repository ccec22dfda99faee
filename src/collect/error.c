/* SPDX-License-Identifier: MIT */
/* error: the quark of the core's error domain. */
#include "vmm/error.h"

G_DEFINE_QUARK (vmm - error - quark, vmm_error)
