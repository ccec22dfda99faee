/* SPDX-License-Identifier: MIT */
/* compare_json: a comparison as a document for programs. */
#include "compare_private.h"

#include "result_private.h"

static void
build_sides (const VmmComparison *comparison, JsonObject *root)
{
  JsonArray *sides = vmm_json_set_array (root, "sides");

  for (guint i = 0; i < comparison->n_sides; i++) {
    const VmmSide *side = &comparison->sides[i];
    JsonObject    *object = json_object_new ();
    vmm_json_set_text (object, "name", side->name, VMM_RESULT_MAX_TEXT);
    vmm_json_set_text_or_null (object, "letter", side->letter, VMM_RESULT_MAX_TEXT);
    vmm_json_set_count (object, "windows", side->windows);
    vmm_json_set_count (object, "left_out", side->left_out);
    vmm_json_set_text_or_null (object, "note", side->note, VMM_RESULT_MAX_TEXT);
    json_array_add_object_element (sides, object);
  }
}

static void
build_likeness (const VmmComparison *comparison, JsonObject *root)
{
  JsonArray *rows = vmm_json_set_array (root, "likeness");

  for (guint i = 0; i < comparison->likeness->len; i++) {
    const VmmLikeness *row = comparison->likeness->pdata[i];
    JsonObject        *object = json_object_new ();
    JsonArray         *values;
    vmm_json_set_text (object, "name", row->name, VMM_RESULT_MAX_TEXT);
    json_object_set_boolean_member (object, "same", row->same);
    values = vmm_json_set_array (object, "values");
    for (guint side = 0; side < comparison->n_sides; side++)
      json_array_add_string_element (values, row->values[side]);
    vmm_json_set_text_or_null (object, "consequence", row->consequence, VMM_RESULT_MAX_TEXT);
    json_array_add_object_element (rows, object);
  }
}

static void
build_pair (const VmmPair *pair, JsonArray *pairs)
{
  JsonObject *object = json_object_new ();

  vmm_json_set_count (object, "better", pair->better);
  vmm_json_set_count (object, "worse", pair->worse);
  vmm_json_set_text (object, "verdict", vmm_verdict_id (pair->verdict), VMM_RESULT_MAX_TEXT);
  vmm_json_set_number (object, "ratio", pair->ratio);
  vmm_json_set_number (object, "low", pair->low);
  vmm_json_set_number (object, "high", pair->high);
  vmm_json_set_number (object, "p", pair->p);
  vmm_json_set_number (object, "detectable", pair->detectable);
  vmm_json_set_text (object, "text", pair->text, VMM_RESULT_MAX_FLAGS);
  json_array_add_object_element (pairs, object);
}

static void
build_item (const VmmItem *item, JsonArray *items)
{
  static const char *const levels[] = { "total", "category", "probe" };
  JsonObject              *object = json_object_new ();
  JsonArray               *sides, *pairs;

  json_array_add_object_element (items, object);
  vmm_json_set_text (object, "level", levels[item->level], VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (object, "id", item->id, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "unit", item->unit, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "reason", item->reason, VMM_RESULT_MAX_REASON);
  sides = vmm_json_set_array (object, "sides");
  for (guint i = 0; i < item->n_sides; i++) {
    JsonObject *side = json_object_new ();
    vmm_json_set_count (side, "windows", item->sides[i].windows);
    vmm_json_set_number (side, "value", item->sides[i].value);
    vmm_json_set_number (side, "low", item->sides[i].low);
    vmm_json_set_number (side, "high", item->sides[i].high);
    vmm_json_set_count (side, "rank", item->sides[i].rank);
    vmm_json_set_count (side, "rank_to", item->sides[i].rank_to);
    json_array_add_object_element (sides, side);
  }
  pairs = vmm_json_set_array (object, "pairs");
  for (guint i = 0; i < item->n_pairs; i++)
    build_pair (&item->pairs[i], pairs);
}

char *
vmm_comparison_to_json (const VmmComparison *comparison)
{
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();
  JsonArray  *items;

  json_node_take_object (document, root);
  vmm_json_set_text (root, "verdict", comparison->verdict, VMM_RESULT_MAX_FLAGS);
  build_sides (comparison, root);
  build_likeness (comparison, root);
  items = vmm_json_set_array (root, "items");
  for (guint i = 0; i < comparison->items->len; i++)
    build_item (comparison->items->pdata[i], items);
  return vmm_json_write (document);
}
