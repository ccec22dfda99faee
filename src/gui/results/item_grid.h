/* SPDX-License-Identifier: MIT */
/* item_grid: what is compared, row by row: a column a side, and how many times the better is as good. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/account.h"

/* Categories and probes. */
void vmm_item_grid_add (GtkContainer *box, const VmmAccount *account);

/* The sides of a ranking, best first. */
void vmm_ranking_add (GtkContainer *box, const VmmAccount *account);
