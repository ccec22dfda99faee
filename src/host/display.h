/* SPDX-License-Identifier: MIT */
/* display: whether a display draws in 3D and how we know it, and whose part of a GPU it is. */
#pragma once

#include "machine.h"

/* "card1", not its connector "card1-HDMI-A-1" nor "renderD128". */
gboolean display_is_card (const char *name);

/* Whether the PCI device `name` is a display for which there is no such card: its driver draws by other
 * means, or there is none. */
gboolean display_is_bare (const Machine *machine, const char *name);

/* Fills `acceleration`, its reason and what is known of the model; a "physical" device becomes the part
 * of one that it is. `path` is the device's below ROOT/sys. */
void display_judge (const Machine *machine, const char *path, gboolean is_guest, VmmDevice *device);

/* ---- For tests: what vmwgfx says to one who asks by `call`, which is as ioctl(). */
typedef int (*DisplayCall) (int fd, unsigned long request, ...);

VmmAcceleration display_ask_vmwgfx (DisplayCall call, int fd);
