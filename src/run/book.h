/* SPDX-License-Identifier: MIT */
/* book: the ledger of the outlook between a run and the store. */
#pragma once

#include "run_private.h"

/* Reads what was kept before, where the run keeps; once. */
void book_open (VmmRun *run);

/* After a row: writes it when it has changed for a minute, and no probe is at work. */
void book_look (VmmRun *run);

/* Writes it now, if it has changed. */
void book_write (VmmRun *run);

/* The session is another one than `before`; what was learnt stays. */
void book_hand_over (VmmRun *run, VmmSession *before);
