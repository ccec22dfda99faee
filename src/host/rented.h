/* SPDX-License-Identifier: MIT */
/* rented: what a cloud counts against its guest in a window, and whether it moved it. */
#pragma once

#include "ethtool.h"

#include "vmm/source.h"

/* As vmm_rented_new(), with what answers for the cards; NULL = nobody. */
VmmSource *rented_new_with_call (const char *root, const VmmHost *host, EthtoolCall call);
