/* SPDX-License-Identifier: MIT */
/* fleet_page: the guests that a Prometheus knows, and the last day of the one that is chosen. */
#pragma once

#include <gtk/gtk.h>

#define VMM_TYPE_FLEET_PAGE (vmm_fleet_page_get_type ())
G_DECLARE_FINAL_TYPE (VmmFleetPage, vmm_fleet_page, VMM, FLEET_PAGE, GtkBox)

/* Whom to ask; while the page is to be seen, again and again. */
void vmm_fleet_page_set_url (VmmFleetPage *page, const char *url);

/* Gives the list the focus. */
void vmm_fleet_page_focus (VmmFleetPage *page);
