/* SPDX-License-Identifier: MIT */
/* outlook_line: what comes, in quiet lines below the graphs. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/outlook.h"

/* Adds it to `box`; not to be seen while nothing is said. */
GtkWidget *vmm_outlook_line_new (GtkContainer *box);

/* After a row. NULL: there is no session. */
void vmm_outlook_line_update (GtkWidget *line, const VmmOutlookState *state);
