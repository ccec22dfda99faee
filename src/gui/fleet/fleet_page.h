/* SPDX-License-Identifier: MIT */
/* fleet_page: the guests that a Prometheus knows, and the last day of the one that is chosen. */
#pragma once

#include "vmm/settings.h"

#include <gtk/gtk.h>

#define VMM_TYPE_FLEET_PAGE (vmm_fleet_page_get_type ())
G_DECLARE_FINAL_TYPE (VmmFleetPage, vmm_fleet_page, VMM, FLEET_PAGE, GtkBox)

/* Whom to ask, while the page is to be seen, again and again; the settings' files are for the settings' address. */
void vmm_fleet_page_offer (VmmFleetPage *page, const VmmSettings *settings);

/* Gives the list the focus. */
void vmm_fleet_page_focus (VmmFleetPage *page);
