/* SPDX-License-Identifier: MIT */
/* comparison_json: a comparison as a document for programs. */
#include "vmm/account.h"
#include "vmm/json.h"

static void
build_sides (const VmmAccount *account, JsonObject *root)
{
  JsonArray *sides = vmm_json_set_array (root, "sides");

  for (guint i = 0; i < account->comparison->n_sides; i++) {
    const VmmSide      *side = &account->comparison->sides[i];
    const VmmSideWords *words = &account->sides[i];
    JsonObject         *object = json_object_new ();
    vmm_json_set_text (object, "name", words->name, VMM_RESULT_MAX_TEXT);
    vmm_json_set_text_or_null (object, "letter", words->letter, VMM_RESULT_MAX_TEXT);
    vmm_json_set_count (object, "windows", side->windows);
    vmm_json_set_count (object, "left_out", side->left_out);
    vmm_json_set_text_or_null (object, "note", words->note, VMM_RESULT_MAX_TEXT);
    json_array_add_object_element (sides, object);
  }
}

static void
build_trait (const VmmAccount *account, const VmmLikeness *row, JsonArray *rows)
{
  JsonObject *object = json_object_new ();
  JsonArray  *values;

  vmm_json_set_text (object, "name", vmm_account_trait (account, row), VMM_RESULT_MAX_TEXT);
  json_object_set_boolean_member (object, "same", row->same);
  values = vmm_json_set_array (object, "values");
  for (guint side = 0; side < account->comparison->n_sides; side++) {
    g_autofree char *value = vmm_account_trait_of (account, row, side);
    json_array_add_string_element (values, value);
  }
  vmm_json_set_text_or_null (object, "consequence", vmm_account_consequence (account, row),
                             VMM_RESULT_MAX_TEXT);
  json_array_add_object_element (rows, object);
}

static void
build_likeness (const VmmAccount *account, JsonObject *root)
{
  const GPtrArray *likeness = account->comparison->likeness;
  JsonArray       *rows = vmm_json_set_array (root, "likeness");

  for (guint i = 0; i < likeness->len; i++)
    build_trait (account, likeness->pdata[i], rows);
}

static void
build_cures (const VmmAccount *account, JsonObject *root)
{
  const GPtrArray *cures = account->comparison->cures;
  JsonArray       *rows = vmm_json_set_array (root, "findings");

  for (guint i = 0; i < cures->len; i++) {
    const VmmCure   *cure = cures->pdata[i];
    JsonObject      *object = json_object_new ();
    g_autofree char *text = vmm_account_cure (account, cure);
    vmm_json_set_text (object, "id", cure->id, VMM_RESULT_MAX_TEXT);
    vmm_json_set_text (object, "title", cure->symptom, VMM_RESULT_MAX_TEXT);
    vmm_json_set_count (object, "with", cure->with);
    vmm_json_set_count (object, "without", cure->without);
    json_object_set_boolean_member (object, "both", cure->both);
    json_object_set_boolean_member (object, "shared", cure->shared);
    vmm_json_set_number (object, "said", cure->said);
    vmm_json_set_number (object, "said_without", cure->said_without);
    vmm_json_set_number (object, "gained", cure->gained);
    vmm_json_set_number (object, "low", cure->low);
    vmm_json_set_number (object, "high", cure->high);
    vmm_json_set_text (object, "outcome", vmm_outcome_id (cure->outcome), VMM_RESULT_MAX_TEXT);
    vmm_json_set_text_or_null (object, "undo", cure->undo, VMM_RESULT_MAX_FLAGS);
    vmm_json_set_text (object, "text", text, VMM_RESULT_MAX_FLAGS);
    json_array_add_object_element (rows, object);
  }
}

static void
build_pair (const VmmAccount *account, const VmmItem *item, const VmmPair *pair, JsonArray *pairs)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *text = vmm_account_pair (account, item, pair);

  vmm_json_set_count (object, "better", pair->better);
  vmm_json_set_count (object, "worse", pair->worse);
  vmm_json_set_text (object, "verdict", vmm_verdict_id (pair->verdict), VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (object, "tested", vmm_verdict_id (pair->tested), VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (object, "design", vmm_design_id (pair->design), VMM_RESULT_MAX_TEXT);
  vmm_json_set_count (object, "units", pair->units);
  vmm_json_set_number (object, "ratio", pair->ratio);
  vmm_json_set_number (object, "low", pair->low);
  vmm_json_set_number (object, "high", pair->high);
  vmm_json_set_number (object, "p", pair->p);
  vmm_json_set_number (object, "detectable", pair->detectable);
  vmm_json_set_text (object, "text", text, VMM_RESULT_MAX_FLAGS);
  json_array_add_object_element (pairs, object);
}

static void
build_item (const VmmAccount *account, const VmmItem *item, JsonArray *items)
{
  static const char *const levels[] = { "total", "category", "probe" };
  JsonObject              *object = json_object_new ();
  g_autofree char         *barrier = vmm_account_barrier (account, item);
  JsonArray               *sides, *pairs;

  json_array_add_object_element (items, object);
  vmm_json_set_text (object, "level", levels[item->level], VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (object, "id", item->id, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "unit", item->unit, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "reason", barrier, VMM_RESULT_MAX_REASON);
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
    build_pair (account, item, &item->pairs[i], pairs);
}

char *
vmm_comparison_to_json (const VmmComparison *comparison)
{
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
  g_autofree char *verdict = vmm_account_verdict (account);
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();
  JsonArray  *items;

  json_node_take_object (document, root);
  vmm_json_set_text (root, "verdict", verdict, VMM_RESULT_MAX_FLAGS);
  build_sides (account, root);
  build_likeness (account, root);
  build_cures (account, root);
  items = vmm_json_set_array (root, "items");
  for (guint i = 0; i < comparison->items->len; i++)
    build_item (account, comparison->items->pdata[i], items);
  return vmm_json_write (document);
}
