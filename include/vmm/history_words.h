/* SPDX-License-Identifier: MIT */
/* history_words: what is said of a history, for all faces, in the user's language; and its document in English.
 *
 * Sentences have no full stop. Texts that are returned as `char *` are freed with g_free(). What is said of a
 * machine comes from files: a face cleans what it shows. */
#pragma once

#include "vmm/history.h"

/* "412 windows on 21 days: median 97.1, nine of ten from 93.0 to 99.2"; "No window of this machine is kept". */
char *vmm_history_say (const VmmHistory *history);

/* What is not among them: "left out: 12 without a clean score"; NULL = all are. */
char *vmm_history_say_left_out (const VmmHistory *history);

/* "skipped since 2026-11-14: 12 as the guest was busy, 3 as it was stopped"; that it is not known,
 * and why; NULL where none were. */
char *vmm_history_say_skipped (const VmmHistory *history);

/* That there is no change, or too little to look for one; NULL where there is one. */
char *vmm_history_say_steady (const VmmHistory *history);

/* Change `i`: "11/14/2026 03:30"; "97.1 before, 91.3 since: 6.0 % lower (p 0.001)". */
char *vmm_history_say_when (const VmmHistory *history, guint i);
char *vmm_history_say_change (const VmmHistory *history, guint i);

/* What was another in the machine: "Kernel: 6.1.0-56 | 6.1.0-57" each, NULL at the end; free with g_strfreev(). Where
 * nothing was, or it is not known, one text that says so. */
char **vmm_history_say_machine (const VmmHistory *history, guint i);

/* The same in few words, for a picture: "Kernel, CPU model"; NULL where there is nothing to say. */
char *vmm_history_say_what (const VmmHistory *history, guint i);

/* "low from 03:00 to 04:00: 5.0 % below the day's median (p 0.002)"; "no hour of the day is lower than the others
 * beyond chance"; "too few windows: 30 of 168". */
char *vmm_history_say_hours (const VmmHistory *history);

/* The day of a VmmHistoryDay, by the locale. */
char *vmm_history_say_day (const VmmHistory *history, const VmmHistoryDay *day);

char *vmm_history_to_json (const VmmHistory *history);
