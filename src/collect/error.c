/* SPDX-License-Identifier: MIT */
/* error: the quark of the core's error domain. */
#include "vmm/error.h"

/* A name, and no difference. */
/* clang-format off */
G_DEFINE_QUARK (vmm-error-quark, vmm_error)
/* clang-format on */
