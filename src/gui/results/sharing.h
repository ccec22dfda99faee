/* SPDX-License-Identifier: MIT */
/* sharing: what is shown of the chosen runs, as others are to see it. No widget. */
#pragma once

#include "selection.h"
#include "vmm/share.h"

typedef enum {
  VMM_SHARED_AS_TEXT,
  VMM_SHARED_AS_MARKDOWN,
  VMM_SHARED_AS_PICTURE,
  VMM_SHARED_AS_PAGE, /* from here on into a file */
  VMM_SHARED_AS_CARD,
  VMM_N_SHARED_AS,
} VmmSharedAs;

/* "text" "markdown" "picture" "page" "card": of the action. */
const char *vmm_shared_as_id (VmmSharedAs form);

typedef struct {
  VmmSelection *selection;
  VmmShare     *share; /* or NULL, and `error` says why */
  char         *path;  /* of the file, or NULL */
  char         *text;  /* of a text or a page */
  GError       *error;
  VmmSharedAs   form;
} VmmSharing;

/* Takes `ids` and `path` over. */
VmmSharing *vmm_sharing_new (char **ids, VmmSides sides, VmmSharedAs form, char *path);
void        vmm_sharing_free (VmmSharing *sharing);

/* Reads, and writes what is text. May take long. Pictures are drawn where the window is. */
void vmm_sharing_do (VmmStore *store, VmmSharing *sharing);
