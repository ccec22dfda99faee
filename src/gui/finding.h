/* SPDX-License-Identifier: MIT */
/* finding: what is wrong with the VMM, what it costs, and what to do about it, in a box. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/advice.h"

/* Its title, and below it all that is known. */
void vmm_finding_add (GtkContainer *box, const VmmFinding *finding);

/* Its title, and how to fix it when that is asked for, in lines of `characters`. Returns what is opened for
 * it. */
GtkWidget *vmm_finding_add_folded (GtkContainer *box, const VmmFinding *finding, int characters);
