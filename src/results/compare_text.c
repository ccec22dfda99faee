/* SPDX-License-Identifier: MIT */
/* compare_text: a comparison as a page for people and as a document for programs. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "compare_private.h"
#include "result_private.h"

#define GAP 2 /* blanks between two columns */

/* ---- Page */

static glong
count_columns (const char *text)
{
  glong columns = 0;

  for (const char *p = text; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    columns += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
  }
  return columns;
}

/* `text` and blanks up to `width` columns. */
static void
append_padded (GString *page, const char *text, glong width)
{
  glong columns = count_columns (text);

  g_string_append_printf (page, "%s%*s", text, (int) MAX (width - columns, 0), "");
}

/* Of the column of what is not alike, and of that of the items: the longest of its texts has two
 * blanks after it, in any language. */
static glong
measure_likeness (const VmmComparison *comparison)
{
  glong longest = 0;

  for (guint i = 0; i < comparison->likeness->len; i++) {
    const VmmLikeness *row = comparison->likeness->pdata[i];
    if (!row->same)
      longest = MAX (longest, count_columns (row->name));
  }
  return longest + GAP;
}

static glong
measure_items (const VmmComparison *comparison)
{
  glong longest = 0;

  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    longest = MAX (longest, count_columns (item->title));
  }
  return longest + GAP;
}

static void
append_heading (GString *page, const char *heading)
{
  g_string_append_printf (page, "%s\n", heading);
}

static char *
describe_side (const VmmSide *side, VmmLanguage language)
{
  g_autofree char *windows = g_strdup_printf (
      vmm_text_of (language, "%1$s: %2$u window", "%1$s: %2$u windows", side->windows), side->name,
      side->windows);

  /* TRANSLATORS: after "KVM: 3 windows": "1 disturbed, 2 invalid" */
  return side->note ? g_strdup_printf (vmm_text (language, N_ ("%1$s; left out: %2$s")), windows,
                                       side->note)
                    : g_steal_pointer (&windows);
}

static void
append_sides (GString *page, const VmmComparison *comparison)
{
  append_heading (page, vmm_text (comparison->language, N_ ("Sides")));
  for (guint i = 0; i < comparison->n_sides; i++) {
    const VmmSide   *side = &comparison->sides[i];
    g_autofree char *line = describe_side (side, comparison->language);
    g_string_append_printf (page, "  %s\n", line);
  }
}

static void
append_likeness (GString *page, const VmmComparison *comparison)
{
  glong width = measure_likeness (comparison);
  guint told = 0;

  for (guint i = 0; i < comparison->likeness->len; i++) {
    const VmmLikeness *row = comparison->likeness->pdata[i];
    g_autofree char   *values = g_strjoinv (" | ", row->values);
    if (row->same)
      continue;
    if (!told++) {
      g_string_append_c (page, '\n');
      append_heading (page, vmm_text (comparison->language, N_ ("Not alike")));
    }
    g_string_append (page, "  ");
    append_padded (page, row->name, width);
    if (row->consequence)
      g_string_append_printf (page, vmm_text (comparison->language, N_ ("%s: %s")), values,
                              row->consequence);
    else
      g_string_append (page, values);
    g_string_append_c (page, '\n');
  }
  if (!told)
    g_string_append_printf (page, "\n%s\n",
                            vmm_text (comparison->language, N_ ("Like is compared with like.")));
}

static void
append_item (GString *page, const VmmItem *item, const VmmComparison *comparison, glong width)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint values = 0;

  g_string_append (page, "  ");
  append_padded (page, item->title, width);
  for (guint i = 0; i < item->n_sides; i++)
    values += item->sides[i].windows > 0;
  for (guint i = 0; i < item->n_sides && values; i++) {
    g_autofree char *figures =
        vmm_side_value_to_text (&item->sides[i], item->unit, comparison->language);
    g_string_append_printf (text, "%s%s %s", i ? ", " : "", comparison->sides[i].name, figures);
  }
  if (item->reason) {
    g_autofree char *why =
        g_strdup_printf (vmm_text (comparison->language, N_ ("not compared: %s")), item->reason);
    if (values)
      g_string_append_printf (page, vmm_text (comparison->language, N_ ("%s; %s")), text->str, why);
    else
      g_string_append (page, why);
  } else
    g_string_append (page, text->str);
  g_string_append_c (page, '\n');
  for (guint i = 0; i < item->n_pairs; i++)
    if (!item->reason && (item->n_sides == 2 || item->level == VMM_LEVEL_TOTAL ||
                          item->pairs[i].verdict == VMM_VERDICT_DIFFERENT))
      g_string_append_printf (page, "%*s%s\n", (int) width + 2, "", item->pairs[i].text);
}

static gboolean
has_windows (const VmmComparison *comparison)
{
  for (guint i = 0; i < comparison->n_sides; i++)
    if (!comparison->sides[i].windows)
      return FALSE;
  return comparison->n_sides >= 2;
}

char *
vmm_comparison_to_text (const VmmComparison *comparison)
{
  static const char *const titles[] = { N_ ("Total"), N_ ("Categories, most decisive first"),
                                        N_ ("Probes, most decisive first") };
  GString                 *page = g_string_new (NULL);
  glong                    width = measure_items (comparison);
  int                      level = -1;

  append_sides (page, comparison);
  if (has_windows (comparison))
    append_likeness (page, comparison);
  g_string_append_c (page, '\n');
  append_heading (page, vmm_text (comparison->language, N_ ("Verdict")));
  g_string_append_printf (page, "  %s\n", comparison->verdict);
  if (!has_windows (comparison))
    return g_string_free (page, FALSE);
  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    if ((int) item->level != level)
      g_string_append_printf (page, "\n%s\n", vmm_text (comparison->language, titles[item->level]));
    level = (int) item->level;
    append_item (page, item, comparison, width);
  }
  return g_string_free (page, FALSE);
}

/* ---- Document */

static void
build_sides (const VmmComparison *comparison, JsonObject *root)
{
  JsonArray *sides = vmm_json_set_array (root, "sides");

  for (guint i = 0; i < comparison->n_sides; i++) {
    const VmmSide *side = &comparison->sides[i];
    JsonObject    *object = json_object_new ();
    vmm_json_set_text (object, "name", side->name, VMM_RESULT_MAX_TEXT);
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
