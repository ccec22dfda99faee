/* SPDX-License-Identifier: MIT */
/* listing: the kept runs listed, and one of them labelled. No widget. */
#pragma once

#include "vmm/store.h"

typedef struct {
  GPtrArray *entries; /* of VmmStoreEntry *, or NULL and `error` says why */
  GError    *error;
} VmmListing;

VmmListing *vmm_listing_new (void);
void        vmm_listing_free (VmmListing *listing);
void        vmm_listing_read (VmmStore *store, VmmListing *listing);

/* The id of the newest run that can be read, or NULL. */
const char *vmm_listing_get_newest (const VmmListing *listing);

/* The ids of the two newest runs that can be compared, NULL at the end. Free with g_strfreev(). */
char **vmm_listing_get_last_two (const VmmListing *listing);

typedef struct {
  char   *id, *label;
  GError *error; /* why not, or NULL */
} VmmRelabelling;

VmmRelabelling *vmm_relabelling_new (const char *id, const char *label);
void            vmm_relabelling_free (VmmRelabelling *relabelling);
void            vmm_relabelling_do (VmmStore *store, VmmRelabelling *relabelling);
