/* SPDX-License-Identifier: MIT */
/* reference: the versioned table of the score: what 100 means, as data and nothing else. */
#pragma once

#include "vmm/channel.h"

#define VMM_SCORE_VERSION 2
#define VMM_SCORE_MAX_PROBES 16

/* A row of the table: one scored probe. */
typedef struct {
  const char  *name;    /* "compute" */
  VmmChannelId channel; /* has its title and unit */
  VmmCategory  category;
  double       weight;    /* within the category; 0 = shown and stored, never scored */
  double       reference; /* the value that scores 100, in the channel's unit; 0 = not scored */
  gboolean     more_is_better;
  gboolean     is_share; /* a percentage of time that comes in bursts */
} VmmScoreRow;

/* The table, scored rows first, in the order of the categories. Static storage. */
const VmmScoreRow *vmm_score_table (guint *ret_n);

/* Weight of a category in the total; they sum to 1. */
double vmm_score_category_weight (VmmCategory category);

/* What a window cannot know of itself: the standard deviation of ln score between equal windows, of
 * the total and of a category. */
#define VMM_SCORE_BETWEEN 0.05
double vmm_score_category_between (VmmCategory category);
