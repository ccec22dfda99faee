/* SPDX-License-Identifier: MIT */
/* told: the energy that the host tells this guest through a directory that they share.
 *
 * Scaphandre writes there (`scaphandre qemu`), and the directory is the host's: a reading may never end,
 * so it is made aside, and a row has the one that was asked for with the row before. */
#pragma once

#include "vmm/channel.h"

typedef struct _Told Told;

/* ROOT/var/scaphandre; NULL = there is none, and nothing was begun. Free with told_free(). */
Told *told_new (const char *root);
void  told_free (Told *told); /* NULL is fine */

/* Asks for a reading. Watts by what is there, with VMM_CAUSE_HOST_TELLS, or an absent value; where its
 * cause is VMM_CAUSE_FILE, `ret_sentence` is the file's, valid until the next call. */
float told_take (Told *told, gint64 now_us, VmmCause *ret_cause, const char **ret_sentence);

/* For tests: waits for the reading. */
void told_settle (Told *told);
