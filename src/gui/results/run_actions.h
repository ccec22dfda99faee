/* SPDX-License-Identifier: MIT */
/* run_actions: what can be done with the kept runs, by menu, button and key: the group "results".
 *
 * Signal: "changed" (char **to_choose) when it changed the store; then to be listed anew, and of it
 * `to_choose`, or NULL, to be chosen. */
#pragma once

#include "notice.h"
#include "run_details.h"
#include "run_list.h"
#include "vmm/shelf.h"

#define VMM_TYPE_RUN_ACTIONS (vmm_run_actions_get_type ())
G_DECLARE_FINAL_TYPE (VmmRunActions, vmm_run_actions, VMM, RUN_ACTIONS, GSimpleActionGroup)

/* What is chosen in `list` and shown by `details`. All are borrowed and outlive it; nothing is enabled
 * unless `page` is to be seen. */
VmmRunActions *vmm_run_actions_new (GtkWidget *page, VmmShelf *shelf, VmmRunList *list,
                                    VmmRunDetails *details, VmmNotice *notice);

/* Something else is chosen, or shown, or the page is to be seen or is not. */
void vmm_run_actions_enable (VmmRunActions *actions);

/* `paths` are taken over. */
void vmm_run_actions_import (VmmRunActions *actions, char **paths);
