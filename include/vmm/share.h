/* SPDX-License-Identifier: MIT */
/* share: a result, or the comparison of two sides, as it is shown to others: a block to paste, a page, and
 * what a card says (vmm/card.h).
 *
 * Texts are in the user's language and figures, with nothing in them that a face may not show
 * (vmm_may_show()), and nothing of where in a cloud the machine is. Whoever writes them into a language of
 * its own (Markdown, HTML) escapes them: labels and machines are anybody's words. Immutable once made, any
 * thread. */
#pragma once

#include "vmm/account.h"
#include "vmm/score.h"

#define VMM_SHARE_SIDES 2
#define VMM_SHARE_ROWS (1 + VMM_N_CATEGORIES) /* the total, then the categories */
#define VMM_SHARE_LINES 12                    /* of a block to paste, at most */

typedef struct {
  double value, low, high; /* NAN = none */
  char  *figure;           /* "97.3"; of a comparison "97.3 (94.1 to 101)" */
  char  *interval;         /* "94.1 to 100.6"; of a comparison, and where there is none, "" */
} VmmShareValue;

typedef struct {
  const char   *title; /* "Score", "CPU" */
  int           hue;   /* a VmmHue; -1 = of the total */
  VmmShareValue sides[VMM_SHARE_SIDES];
  char         *verdict; /* on two sides, where it is worth telling; or NULL */
} VmmShareRow;

typedef struct {
  char *name;    /* the label, or else the VMM; in a comparison "A" where names are long */
  char *told;    /* in a comparison "kvm: 3 windows", else NULL */
  char *machine; /* "KVM · 2 CPUs · 4 GiB · Linux 6.1 · AMD EPYC 7763" */
  char *version; /* "Oracle VirtualBox version 7.1.4", or NULL where it is not known */
} VmmShareSide;

typedef struct {
  guint        n_sides; /* 1: a result; 2: a comparison */
  VmmShareSide sides[VMM_SHARE_SIDES];
  VmmShareRow  rows[VMM_SHARE_ROWS];
  char        *program, *moment; /* "vmm_monitor 1.0.0"; when the newest window began */
  char        *label;            /* of a result, or NULL */
  char        *verdict;          /* "Score 97.3, ..., window: clean", "KVM serves this guest ..." */
  char        *quality;          /* of a result's window: "Window: clean"; or NULL */
  char        *order;            /* of a comparison: how it was measured; or NULL */
  char        *meaning;          /* what 100 is */
  char **findings; /* titles, NULL at the end; of a result, one at least: that there is none */
  /* SHA-256 in hexadecimal digits: of the result, without its label, of which a kept result's id has the
   * first four; of a comparison that of the digests of its windows, sorted, each with a newline. */
  char *digest;

  VmmResult        *result;  /* of one, else NULL; a reference */
  const VmmAccount *account; /* of a comparison, else NULL; borrowed */
} VmmShare;

VmmShare *vmm_share_new_of_run (VmmResult *result);

/* NULL and an error where these are not two sides with windows that can be compared. `account` outlives
 * it. */
VmmShare *vmm_share_new_of_comparison (const VmmAccount *account, GError **error);
void      vmm_share_free (VmmShare *share); /* NULL is fine */

/* share_paste.c: VMM_SHARE_LINES lines at most, each with its newline: as plain text, in columns; as
 * Markdown. Free with g_free(). */
char *vmm_share_paste (const VmmShare *share);
char *vmm_share_markdown (const VmmShare *share);

/* share_page.c: one HTML document that needs nothing else and runs nothing. Free with g_free(). */
char *vmm_share_page (const VmmShare *share);

/* What bars of a share are drawn to: at least 125, and all its values. */
double vmm_share_scale (const VmmShare *share);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmShare, vmm_share_free)
