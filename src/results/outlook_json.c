/* SPDX-License-Identifier: MIT */
/* outlook_json: what a document says of what comes, there and back. */
#include "result_private.h"

#include "members.h"

/* What documents hold beside the values themselves: 0 = none of the resources. */
typedef struct {
  VmmHeadroom values;
  guint       first, second;
} Headroom;

/* NULL of 0: none. */
static const char *
get_resource (guint number)
{
  return number > 0 ? vmm_resource_id (number - 1) : NULL;
}

#define MAX_SECONDS 1e9

/* clang-format off */
static const VmmMember item_members[] = {
  { "state",       VMM_MEMBER_CHOICE,         AT (VmmOutlookItem, why),            VMM_N_OUTLOOK_WHYS, vmm_outlook_why_id },
  { "nearly_full", VMM_MEMBER_BOOLEAN,        AT (VmmOutlookItem, is_nearly_full) },
  { "when_s",      VMM_MEMBER_NUMBER_OR_NULL, AT (VmmOutlookItem, when_s),         MAX_SECONDS },
  { "low_s",       VMM_MEMBER_NUMBER_OR_NULL, AT (VmmOutlookItem, low_s),          MAX_SECONDS },
  { "high_s",      VMM_MEMBER_NUMBER_OR_NULL, AT (VmmOutlookItem, high_s),         MAX_SECONDS },
  { "level",       VMM_MEMBER_NUMBER_OR_NULL, AT (VmmOutlookItem, level),          100 },
  { "rate",        VMM_MEMBER_NUMBER_OR_NULL, AT (VmmOutlookItem, rate),           MAX_VALUE },
  { "shortest_s",  VMM_MEMBER_NUMBER_OR_NULL, AT (VmmOutlookItem, shortest_s),     MAX_SECONDS },
  { "longest_s",   VMM_MEMBER_NUMBER_OR_NULL, AT (VmmOutlookItem, longest_s),      MAX_SECONDS },
  { "seen",        VMM_MEMBER_COUNT,          AT (VmmOutlookItem, seen),           MAX_COUNT },
  { "needed",      VMM_MEMBER_COUNT,          AT (VmmOutlookItem, needed),         MAX_COUNT },
  { "right",       VMM_MEMBER_COUNT,          AT (VmmOutlookItem, right),          MAX_COUNT },
  { "of",          VMM_MEMBER_COUNT,          AT (VmmOutlookItem, of),             MAX_COUNT },
};
static const VmmMember headroom_members[] = {
  { "state",   VMM_MEMBER_CHOICE,         AT (Headroom, values.why),       VMM_N_HEADROOM_WHYS, vmm_headroom_why_id },
  { "first",   VMM_MEMBER_CHOICE_OR_NULL, AT (Headroom, first),            VMM_N_RESOURCES + 1, get_resource },
  { "second",  VMM_MEMBER_CHOICE_OR_NULL, AT (Headroom, second),           VMM_N_RESOURCES + 1, get_resource },
  { "close",   VMM_MEMBER_BOOLEAN,        AT (Headroom, values.are_close) },
  { "steady",  VMM_MEMBER_BOOLEAN,        AT (Headroom, values.is_ratio) },
  { "or_more", VMM_MEMBER_BOOLEAN,        AT (Headroom, values.or_more) },
  { "seen",    VMM_MEMBER_COUNT,          AT (Headroom, values.seen),      MAX_COUNT },
  { "needed",  VMM_MEMBER_COUNT,          AT (Headroom, values.needed),    MAX_COUNT },
};
static const VmmMember resource_members[] = {
  { "use",      VMM_MEMBER_NUMBER_OR_NULL, AT (VmmHeadroomResource, use),      MAX_VALUE },
  { "capacity", VMM_MEMBER_NUMBER_OR_NULL, AT (VmmHeadroomResource, capacity), MAX_VALUE },
  { "multiple", VMM_MEMBER_NUMBER_OR_NULL, AT (VmmHeadroomResource, multiple), MAX_VALUE },
  { "class",    VMM_MEMBER_CHOICE,         AT (VmmHeadroomResource, class),    VMM_N_HEADROOM_CLASSES, vmm_headroom_class_id },
};
/* clang-format on */

static void
build_headroom (const VmmHeadroom *headroom, JsonObject *outlook)
{
  JsonObject    *object = vmm_json_set_object (outlook, "headroom");
  const Headroom row = { *headroom, (headroom->first + 1) % (VMM_N_RESOURCES + 1),
                         (headroom->second + 1) % (VMM_N_RESOURCES + 1) };

  VMM_MEMBERS_BUILD (headroom_members, &row, object);
  JsonObject *resources = vmm_json_set_object (object, "resources");
  for (guint i = 0; i < VMM_N_RESOURCES; i++)
    VMM_MEMBERS_BUILD (resource_members, &headroom->resources[i],
                       vmm_json_set_object (resources, vmm_resource_id (i)));
}

void
vmm_outlook_build_json (const VmmResult *result, JsonObject *root)
{
  if (!result->has_outlook)
    return;
  JsonObject *outlook = vmm_json_set_object (root, "outlook");
  JsonObject *forecasts = vmm_json_set_object (outlook, "forecasts");
  for (guint i = 0; i < VMM_N_OUTLOOKS; i++)
    VMM_MEMBERS_BUILD (item_members, &result->outlook.items[i],
                       vmm_json_set_object (forecasts, vmm_outlook_id (i)));
  build_headroom (&result->outlook.headroom, outlook);
}

static void
read_headroom (VmmHeadroom *headroom, const VmmJsonPlace *outlook)
{
  VmmJsonPlace place = vmm_json_enter (outlook, "headroom");
  VmmJsonPlace resources = vmm_json_enter (&place, "resources");
  Headroom     row = { 0 };

  VMM_MEMBERS_READ (headroom_members, &row, &place);
  *headroom = row.values;
  headroom->first = (row.first + VMM_N_RESOURCES) % (VMM_N_RESOURCES + 1);
  headroom->second = (row.second + VMM_N_RESOURCES) % (VMM_N_RESOURCES + 1);
  for (guint i = 0; i < VMM_N_RESOURCES; i++) {
    VmmJsonPlace resource = vmm_json_enter (&resources, vmm_resource_id (i));
    VMM_MEMBERS_READ (resource_members, &headroom->resources[i], &resource);
  }
  if (headroom->why == VMM_HEADROOM_KNOWN && headroom->first == VMM_N_RESOURCES)
    vmm_json_complain (&place, "first", VMM_SAID ("a resource was expected"));
  if (headroom->are_close && headroom->second == VMM_N_RESOURCES)
    vmm_json_complain (&place, "second", VMM_SAID ("a resource was expected"));
}

/* Documents of before do not tell. */
void
vmm_outlook_read_json (VmmResult *result, const VmmJsonPlace *root)
{
  if (!vmm_json_has (root, "outlook"))
    return;
  VmmJsonPlace outlook = vmm_json_enter (root, "outlook");
  VmmJsonPlace forecasts = vmm_json_enter (&outlook, "forecasts");
  for (guint i = 0; i < VMM_N_OUTLOOKS; i++) {
    VmmJsonPlace item = vmm_json_enter (&forecasts, vmm_outlook_id (i));
    VMM_MEMBERS_READ (item_members, &result->outlook.items[i], &item);
  }
  read_headroom (&result->outlook.headroom, &outlook);
  result->has_outlook = TRUE;
}
