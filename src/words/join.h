/* SPDX-License-Identifier: MIT */
/* join: sentences beside one another. */
#pragma once

#include "vmm/language.h"

/* `more` as a sentence of its own after what `text` (or NULL) has said; takes both. Free with g_free(). */
char *vmm_words_join (char *text, char *more, VmmLanguage language);
