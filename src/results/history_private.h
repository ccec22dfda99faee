/* SPDX-License-Identifier: MIT */
/* history_private: the tests of a series of windows over time. Pure: the same values, the same answer. */
#pragma once

#include "vmm/history.h"

/* ---- changes: where a series changed its level. */

#define VMM_CHANGES_MAX 16

typedef struct {
  guint  place; /* the first value after it */
  double p;     /* of a test of permutations */
} VmmChange;

/* Finds the changes of `n` values in the order of time, in that order, VMM_CHANGES_MAX at most. NAN is no value.
 *
 * The stretch that differs most from the rest, by ranks, is compared with what it is after the `blocks` of values
 * (of each its number, which never falls) changed places: by chance, in the whole of a series without a change, one
 * is found with the probability `level`. Values of one block (a day) may hang together, and have a course of their
 * own. Each part is searched again at half the level. VMM_HISTORY_MIN_DAYS blocks at least, two in a part. */
guint vmm_changes_find (const double *values, const guint *blocks, guint n, double level,
                        VmmChange ret_changes[VMM_CHANGES_MAX]);

/* ---- hours: at which hours of the day a series is low. */

/* Fills *ret_hours from `n` ln values with the number of the day and the hour (0 to 23) of each. NAN is no value.
 * What an hour is below the other hours of its day is compared with what the lowest would be had the hours of each
 * day changed places: the probability that one is called low by chance is `level`. */
void vmm_hours_find (const double *values, const guint *days, const guint *hours, guint n,
                     double level, VmmHours *ret_hours);
