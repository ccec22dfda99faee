/* SPDX-License-Identifier: MIT */
/* ledger: what was forecast on this machine and what became of it, in a file of the store. */
#include "vmm/store.h"

#include "result_private.h"
#include "vmm/language.h"

#include <string.h>

#define NAME "outlook.ledger"
#define DAMAGED "outlook.damaged"
#define FORMAT "vmm-monitor-ledger"
#define VERSION 1

/* ---- There */

static void
build_claim (const VmmClaim *claim, JsonArray *claims)
{
  JsonObject *object = json_object_new ();

  json_array_add_object_element (claims, object);
  vmm_json_set_count (object, "made_us", (guint64) claim->made_us);
  vmm_json_set_count (object, "low_us", (guint64) claim->low_us);
  vmm_json_set_count (object, "high_us", (guint64) claim->high_us);
  vmm_json_set_count (object, "came_us", (guint64) claim->came_us);
  vmm_json_set_text (object, "fate", vmm_fate_id (claim->fate), VMM_RESULT_MAX_TEXT);
  json_object_set_boolean_member (object, "secret", claim->is_secret);
}

static char *
write_ledger (const VmmLedger *ledger)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();

  json_node_take_object (node, root);
  json_object_set_string_member (root, "format", FORMAT);
  json_object_set_int_member (root, "version", VERSION);
  for (guint i = 0; i < VMM_N_OUTLOOKS; i++) {
    JsonArray *claims = vmm_json_set_array (root, vmm_outlook_id (i));
    for (guint c = 0; c < ledger->pages[i].n; c++)
      build_claim (&ledger->pages[i].claims[c], claims);
  }
  return vmm_json_write (node);
}

/* ---- And back */

static VmmClaim
read_claim (const VmmJsonPlace *place)
{
  return (VmmClaim){
    .made_us = (gint64) vmm_json_count (place, "made_us", 0, VMM_JSON_MAX_INTEGER),
    .low_us = (gint64) vmm_json_count (place, "low_us", 0, VMM_JSON_MAX_INTEGER),
    .high_us = (gint64) vmm_json_count (place, "high_us", 0, VMM_JSON_MAX_INTEGER),
    .came_us = (gint64) vmm_json_count (place, "came_us", 0, VMM_JSON_MAX_INTEGER),
    .fate = vmm_json_choice (place, "fate", VMM_N_FATES, vmm_fate_id),
    .is_secret = vmm_json_boolean (place, "secret"),
  };
}

/* A subject that its writer did not know has no claims. */
static void
read_page (VmmLedgerPage *page, const VmmJsonPlace *root, const char *id)
{
  JsonArray *claims = vmm_json_has (root, id) ? vmm_json_array (root, id, VMM_LEDGER_KEPT) : NULL;

  for (guint c = 0; claims && c < json_array_get_length (claims); c++) {
    VmmJsonPlace place = vmm_json_enter_element (root, id, claims, c);
    page->claims[page->n++] = read_claim (&place);
  }
}

static gboolean
read_ledger (VmmLedger *ledger, const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (JsonNode) document = vmm_json_parse (text, length, name, error);
  g_autoptr (GError) complaint = NULL;

  if (!document)
    return FALSE;
  VmmJsonPlace root = { name, "", json_node_get_object (document), &complaint };
  if (strcmp (vmm_json_text (&root, "format", 64), FORMAT) != 0)
    vmm_json_complain (&root, "format", VMM_SAID ("\"%s\" was expected"), FORMAT);
  vmm_json_count (&root, "version", VERSION, VERSION);
  for (guint i = 0; i < VMM_N_OUTLOOKS; i++)
    read_page (&ledger->pages[i], &root, vmm_outlook_id (i));
  if (!complaint)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&complaint));
  return FALSE;
}

gboolean
vmm_store_load_ledger (const VmmStore *store, VmmLedger *ret_ledger, GError **error)
{
  g_autofree char *path = vmm_beside_path (store, NAME), *name = g_filename_display_name (path);
  g_autofree char *bytes = NULL;
  gsize            length;

  *ret_ledger = (VmmLedger){ 0 };
  if (!vmm_beside_load (store, NAME, &bytes, &length, error))
    return FALSE;
  if (!bytes || read_ledger (ret_ledger, bytes, length, name, error))
    return TRUE;
  *ret_ledger = (VmmLedger){ 0 };
  vmm_beside_put_away (store, NAME, DAMAGED);
  return FALSE;
}

/* ---- Two programs at once */

/* Where the first claim is that was not made before `made_us`. */
static guint
find_place (const VmmLedgerPage *page, gint64 made_us)
{
  guint i = 0;

  while (i < page->n && page->claims[i].made_us < made_us)
    i++;
  return i;
}

/* Of two that are one, what is known better stays. */
static void
merge_claim (VmmClaim *own, const VmmClaim *other)
{
  gboolean is_known = other->fate == VMM_FATE_RIGHT || other->fate == VMM_FATE_WRONG;

  if (own->fate == VMM_FATE_UNSEEN && is_known)
    *own = *other;
}

/* The oldest makes room, and a newer one of somebody else's is not open to us. */
static void
take_claim (VmmLedgerPage *page, const VmmClaim *claim)
{
  guint at = find_place (page, claim->made_us);

  if (at < page->n && page->claims[at].made_us == claim->made_us) {
    merge_claim (&page->claims[at], claim);
    return;
  }
  if (page->n == VMM_LEDGER_KEPT && at == 0)
    return;
  if (page->n == VMM_LEDGER_KEPT) {
    memmove (page->claims, page->claims + 1, --page->n * sizeof *page->claims);
    at--;
  }
  memmove (page->claims + at + 1, page->claims + at, (page->n++ - at) * sizeof *page->claims);
  page->claims[at] = *claim;
  if (claim->fate == VMM_FATE_OPEN)
    page->claims[at].fate = VMM_FATE_UNSEEN;
}

static void
merge (VmmLedger *ledger, const VmmLedger *other)
{
  for (guint i = 0; i < VMM_N_OUTLOOKS; i++)
    for (guint c = 0; c < other->pages[i].n; c++)
      take_claim (&ledger->pages[i], &other->pages[i].claims[c]);
}

gboolean
vmm_store_save_ledger (const VmmStore *store, const VmmLedger *ledger, GError **error)
{
  g_autofree char *path = vmm_beside_path (store, NAME);
  VmmLedger        both = *ledger, other;

  if (!vmm_store_make (store, error))
    return FALSE;
  if (!vmm_store_load_ledger (store, &other, error))
    return FALSE; /* nothing that cannot be read is overwritten */
  merge (&both, &other);
  g_autofree char *text = write_ledger (&both);
  return vmm_save_bytes (path, text, strlen (text), VMM_SAVE_REPLACE, error);
}
