/* SPDX-License-Identifier: MIT */
/* headroom_card: what is used of each resource beside what there is, and which one fills first. It calls nobody and has
 * no colours of alarm. */
#pragma once

#include "vmm/headroom.h"

#include <gtk/gtk.h>

/* Made in `box`, and hidden until there is something to say. */
GtkWidget *vmm_headroom_card_new (GtkContainer *box);

/* Hidden where nothing is known. */
void vmm_headroom_card_update (GtkWidget *widget, const VmmHeadroom *headroom);
