/* SPDX-License-Identifier: MIT */
/* probe_table: what the probes measured, what 100 means, and how many points that makes. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/score.h"

/* Category by category; `whole`: and those that are shown and never scored. Why there is no value is below it,
 * unless its category has said so. */
void vmm_probe_table_add (GtkContainer *box, const VmmScore *score, gboolean whole);
