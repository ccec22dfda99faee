/* SPDX-License-Identifier: MIT */
/* asked: asks a cloud's metadata service when a window begins, and at its end for the sign of a move. */
#pragma once

#include "metadata.h"

#include "vmm/source.h"

/* As vmm_asked_new(), of whom one likes; NULL = the service itself. */
VmmSource *asked_new_with_ask (const char *root, VmmHost *host, gboolean events, MetadataAsk ask);
