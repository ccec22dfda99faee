/* SPDX-License-Identifier: MIT */
/* catalogue: has the process speak as its user's environment says. */
#pragma once

/* Takes the locale, and finds the catalogue of texts beside the executable, installed or just built:
 * no path is compiled in. From here on printf() and strerror() speak the user's language too, so what
 * is written into files uses g_ascii_formatd() and English. Before any thread is there. */
void vmm_catalogue_open (void);
