/* SPDX-License-Identifier: MIT */
/* reference: the versioned tables of the score: what 100 means, as data and nothing else.
 *
 * A result is judged, shown and compared by the version that it was measured by, never by another. A
 * version that this program does not know is shown by the rows of the one in use. */
#pragma once

#include "vmm/channel.h"

#define VMM_SCORE_VERSION 3 /* of what is measured now */
#define VMM_SCORE_MAX_PROBES 32

/* A row of a table: one probe. */
typedef struct {
  const char  *name;    /* "compute" */
  VmmChannelId channel; /* has its title and unit */
  VmmCategory  category;
  double       weight;    /* within the category; 0 = shown and stored, never scored */
  double       reference; /* the value that scores 100, in the channel's unit; 0 = none */
  gboolean     more_is_better;
  gboolean     is_share; /* a percentage of time that comes in bursts */
} VmmScoreRow;

/* Whether this program has the definition of that version. */
gboolean vmm_score_knows (guint version);

/* The table of a version: those that it scores, by category, then those that it shows. Every version has the same
 * rows, in an order of its own. Static storage. */
const VmmScoreRow *vmm_score_table (guint version, guint *ret_n);

/* Weight of a category in the total; they sum to 1. */
double vmm_score_category_weight (guint version, VmmCategory category);

/* What a window cannot know of itself: the standard deviation of ln score between it and another of
 * the same guest within the hour, of the total and of a category. */
double vmm_score_between (guint version);
double vmm_score_category_between (guint version, VmmCategory category);
