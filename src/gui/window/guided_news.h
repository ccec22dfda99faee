/* SPDX-License-Identifier: MIT */
/* guided_news: what the window says of turns of two VMs of which only one can run at a time. All that is
 * returned is to be freed with g_free(). */
#pragma once

#include "vmm/guided.h"

/* Which turn is next here, what it takes, and what is to be done after it; on a line of its own whether it comes
 * too late after the one before, at `wall_us` and with windows of so many seconds. */
char *vmm_guided_news_place (const VmmGuided *guided, gint64 wall_us, guint duration_s);

/* The same as a question to who has just opened the window. */
char *vmm_guided_news_offer (const VmmGuided *guided, gint64 wall_us, guint duration_s);

/* The turn-th is over, and what is to be done now. */
char *vmm_guided_news_done (guint turn);

/* This turn was not measured to its end. */
char *vmm_guided_news_left (const VmmGuided *guided);
