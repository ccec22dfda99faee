/* SPDX-License-Identifier: MIT */
/* comparison: what two sides or more say of each other, in words. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/account.h"

/* Above the chart: the verdict, and who is compared. Below it: category by
 * category and probe by probe, most decisive first; what is not alike; and pair by pair. */
void vmm_comparison_begin (GtkContainer *box, const VmmAccount *account);
void vmm_comparison_end (GtkContainer *box, const VmmAccount *account);
