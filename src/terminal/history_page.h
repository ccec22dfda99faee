/* SPDX-License-Identifier: MIT */
/* history_page: a history as a page of text for people. */
#pragma once

#include "page.h"
#include "vmm/history.h"

/* A row for each day: its interval, in which its median is a dot, and its figures. Free with g_free(). */
char *vmm_history_page (const VmmHistory *history, const VmmStyle *style);
