/* SPDX-License-Identifier: MIT */
/* results_page: the stored runs beside the graphs, in the same window, and what their comparison says.
 *
 * Work on this page goes on on the branch `results-page`; the rest of the window leaves it alone. */
#pragma once

#include <gtk/gtk.h>

#define VMM_TYPE_RESULTS_PAGE (vmm_results_page_get_type ())
