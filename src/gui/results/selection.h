/* SPDX-License-Identifier: MIT */
/* selection: the chosen runs, read and compared. No widget. */
#pragma once

#include "vmm/account.h"
#include "vmm/store.h"

typedef enum {
  VMM_SIDES_CHOOSE, /* two runs against each other, more by what tells them apart */
  VMM_SIDES_RUN,
  VMM_SIDES_VMM,
  VMM_SIDES_LABEL,
} VmmSides;

typedef struct {
  char         **ids; /* asked for */
  VmmSides       sides;
  GPtrArray     *results;    /* of VmmResult *: those that can be read */
  GPtrArray     *problems;   /* of char *: why the others cannot */
  VmmComparison *comparison; /* NULL with less than two sides */
  VmmAccount    *account;    /* what it says, or NULL */
} VmmSelection;

/* `ids` is taken over. */
VmmSelection *vmm_selection_new (char **ids, VmmSides sides);
void          vmm_selection_free (VmmSelection *selection);

/* Reads and compares; decides on `sides`. May take long. */
void vmm_selection_read (VmmStore *store, VmmSelection *selection);

/* What to call a run: its label or VMM, and when it was, if `precisely`. Free with g_free(). */
char *vmm_selection_name_run (const VmmResult *result, gboolean precisely);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmSelection, vmm_selection_free)
