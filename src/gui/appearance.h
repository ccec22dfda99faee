/* SPDX-License-Identifier: MIT */
/* appearance: light or dark, as the user or else the desktop wants it, and as soon as that changes.
 *
 * The desktop says so by its portal, and where no portal runs by GNOME's setting. Neither is started
 * for it: a program that measures a machine wakes nobody up there. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/settings.h"

/* For all windows of the screen of `settings`, from now on. */
void vmm_appearance_choose (GtkSettings *settings, VmmScheme scheme);
