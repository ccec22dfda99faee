/* SPDX-License-Identifier: MIT */
/* powercap: the energy counters of the processor, each quantity once.
 *
 * A package includes its cores and what lies between them, psys includes the packages; memory is apart.
 * The same package may be there twice, by its registers and by its memory-mapped window. */
#pragma once

#include "vmm/channel.h"

typedef struct {
  VmmChannelId channel;   /* VMM_CHANNEL_ENERGY_PACKAGE, _MEMORY or _MACHINE */
  char        *directory; /* below the root */
  guint64      range;
} PowercapZone;

/* An array of PowercapZone, which frees what is in it; empty where there is none. */
GArray *powercap_find (const char *root);
