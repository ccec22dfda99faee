/* SPDX-License-Identifier: MIT */
/* members: a struct's members (vmm/member.h) as members of a JSON object, there and back. Private to
 * src/results/. */
#pragma once

#include "vmm/json.h"
#include "vmm/member.h"

/* What rows of members are written with. */
#define AT(type, member) G_STRUCT_OFFSET (type, member)
#define MAX_VALUE 1e15 /* no unit has a use for more */
#define MAX_COUNT 1e9

/* Sets what `member` of `record` holds, within its bounds. VMM_MEMBER_ROWS sets nothing. */
void vmm_member_build (const VmmMember *member, gconstpointer record, JsonObject *object);

/* Reads it back, or complains. Texts are borrowed from the document, lines are a new array of such
 * texts. VMM_MEMBER_ROWS reads nothing, and a late member that is not there leaves the record as it
 * is. */
void vmm_member_read (const VmmMember *member, gpointer record, const VmmJsonPlace *place);

/* The same for a table of `n`, in its order. */
void vmm_members_build (const VmmMember *members, guint n, gconstpointer record,
                        JsonObject *object);
void vmm_members_read (const VmmMember *members, guint n, gpointer record,
                       const VmmJsonPlace *place);

/* The same for a whole array. */
#define VMM_MEMBERS_BUILD(members, record, object)                                                 \
  vmm_members_build (members, G_N_ELEMENTS (members), record, object)
#define VMM_MEMBERS_READ(members, record, place)                                                   \
  vmm_members_read (members, G_N_ELEMENTS (members), record, place)
