/* SPDX-License-Identifier: MIT */
/* account: what a comparison says, in one language: its sides by name, its table cell by cell, its
 * verdicts as sentences.
 *
 * A face lays it out. Sentences have no full stop and begin in the middle of one. Texts that are
 * returned as `char *` are freed with g_free(). Immutable once made, any thread. */
#pragma once

#include "vmm/compare.h"
#include "vmm/language.h"

/* What a side is called. */
typedef struct {
  char *name;
  char *letter; /* "A", "B", "C" on all sides where names are long or the same, else NULL */
  char *called; /* in sentences: the letter, or the name, which may be in quotes */
  char *note;   /* of what is left out: "1 disturbed, 1 invalid", or NULL */
} VmmSideWords;

typedef struct {
  const VmmComparison *comparison; /* borrowed */
  VmmLanguage          language;
  VmmSideWords        *sides; /* [n_sides] */
} VmmAccount;

/* `comparison` outlives it. */
VmmAccount *vmm_account_new (const VmmComparison *comparison, VmmLanguage language);
void        vmm_account_free (VmmAccount *account); /* NULL is fine */

/* The whole in one or two sentences. */
char *vmm_account_verdict (const VmmAccount *account);

/* How two sides were measured, where that makes a verdict: "measured in turns: 6 pairs"; else NULL. And
 * what would make an indication one. */
char       *vmm_account_order (const VmmAccount *account);
const char *vmm_account_remedy (const VmmAccount *account);

/* Of several results of one guest (of VmmResult *), those that are fit for it: "mean of 3 measurements: 118 (115
 * to 121)"; NULL of less than two. And the comparison that is from, of a single side. */
char          *vmm_account_mean (const GPtrArray *results);
VmmComparison *vmm_account_gather (const GPtrArray *results);

/* ---- The ranking that makes the verdict of three sides and more, row by row where there is one: the sides
 * that are compared, best first, then those that are left out; the title ("indicative ranking"); the rank of
 * one that is compared, "2.–3.", "" where all are in one; and what else is to be known, or NULL. */
gboolean    vmm_account_is_ranking (const VmmAccount *account);
void        vmm_account_sort (const VmmAccount *account, guint ret_order[VMM_COMPARE_MAX_SIDES]);
const char *vmm_account_ranking (const VmmAccount *account);
char       *vmm_account_rank (const VmmAccount *account, guint side);
char       *vmm_account_reserve (const VmmAccount *account);

/* ---- Sides. What one is, with its letter: "kvm: 3 windows", "A = before the update: 1 window; left
 * out: 2 disturbed"; the letter, or else the plain name: for headings and bars. */
char       *vmm_account_side (const VmmAccount *account, guint side);
const char *vmm_account_brief (const VmmAccount *account, guint side);

/* ---- What should be alike: "CPU model"; what a side has, "2" or, where its windows differ, "2; 4"; the
 * same of all sides that are compared, "2 | 4"; what cannot be compared because it is not, or NULL: take
 * note. */
const char *vmm_account_trait (const VmmAccount *account, const VmmLikeness *likeness);
char *vmm_account_trait_of (const VmmAccount *account, const VmmLikeness *likeness, guint side);
char *vmm_account_traits (const VmmAccount *account, const VmmLikeness *likeness);
const char *vmm_account_consequence (const VmmAccount *account, const VmmLikeness *likeness);

/* ---- Items: "Categories, most decisive first"; "Total", "CPU", "Fixed computation". */
const char *vmm_account_level (const VmmAccount *account, VmmLevel level);
const char *vmm_account_title (const VmmAccount *account, const VmmItem *item);

/* "101 µs (97.8 to 105)", "101 µs", "no value": all sides of an item in one unit. */
char *vmm_account_value (const VmmAccount *account, const VmmItem *item, guint side);

/* The same of all sides that are compared: "A 112 (110 to 114), B 100 (98 to 102)", with why they are
 * not. */
char *vmm_account_values (const VmmAccount *account, const VmmItem *item);

/* Why it is not compared, or NULL. */
char *vmm_account_barrier (const VmmAccount *account, const VmmItem *item);

/* The verdict on a pair; and whether it is to be read beside its item: of two sides always, of more where
 * it says something that the values do not. */
char    *vmm_account_pair (const VmmAccount *account, const VmmItem *item, const VmmPair *pair);
gboolean vmm_account_tells (const VmmAccount *account, const VmmItem *item, const VmmPair *pair);

/* The pair with the largest ratio of those that are compared, or NULL; and its ratio alone, "1.67 ×", or
 * "≈ 1.02 ×" where these runs show no difference. */
const VmmPair *vmm_account_widest (const VmmAccount *account, const VmmItem *item);
char          *vmm_account_ratio (const VmmAccount *account, const VmmPair *pair);

/* ---- Findings of one of two sides, or of both (VmmComparison.cures): the heading, a title ("A slow clock
 * source"), and what it was said to cost, what is measured, and how to take the remedy back where it brought
 * nothing. */
const char *vmm_account_cures (const VmmAccount *account);
const char *vmm_account_cure_title (const VmmAccount *account, const VmmCure *cure);
char       *vmm_account_cure (const VmmAccount *account, const VmmCure *cure);

/* For programs: a document in English, with the numbers beside what they say. */
char *vmm_comparison_to_json (const VmmComparison *comparison);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmAccount, vmm_account_free)
