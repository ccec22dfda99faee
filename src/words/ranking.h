/* SPDX-License-Identifier: MIT */
/* ranking: the order of three sides and more in one sentence. */
#pragma once

#include "vmm/account.h"

/* Of the sides that are compared: "ranking: 1. A 120 (110 to 130), 2. B ...". Free with g_free(). */
char *vmm_words_ranking (const VmmAccount *account, const VmmItem *total);
