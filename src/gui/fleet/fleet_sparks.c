/* SPDX-License-Identifier: MIT */
/* fleet_sparks: asks for what is to be seen and not known, once the list stands still. */
#include "fleet_sparks.h"

#include "vmm/channel.h"

#include <string.h>

#define STILL_MS 200
#define OLD_US (10 * G_TIME_SPAN_MINUTE)
#define MAX_ASKED 100  /* by one question */
#define MAX_KNOWN 2000 /* 500 KiB; of more, all are asked for again */

typedef struct {
  float  points[VMM_FLEET_POINTS]; /* first: it is what the list shows */
  gint64 at_us;
} Spark;

struct _VmmFleetSparks {
  VmmFleetList *list;
  VmmFleetWhom  whom;
  gpointer      data;
  GHashTable   *known; /* vmm_fleet_key() -> Spark * */
  GPtrArray    *asked; /* keys */
  VmmFleetAsk  *ask;   /* under way */
  gulong        scrolled, resized;
  guint         timer;
};

static GtkAdjustment *
get_place (const VmmFleetSparks *sparks)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (sparks->list));
}

/* ---- Answers */

static void
take (VmmFleetSparks *sparks, const VmmFleet *fleet)
{
  if (g_hash_table_size (sparks->known) > MAX_KNOWN)
    g_hash_table_remove_all (sparks->known);
  for (guint i = 0; i < sparks->asked->len; i++) {
    const float *points = g_hash_table_lookup (fleet->curves, sparks->asked->pdata[i]);
    Spark       *spark = g_new (Spark, 1);
    for (guint k = 0; k < VMM_FLEET_POINTS; k++)
      spark->points[k] = points ? points[k] : vmm_absent (VMM_NOT_EXPOSED);
    spark->at_us = fleet->now_us;
    g_hash_table_insert (sparks->known, g_strdup (sparks->asked->pdata[i]), spark);
  }
}

/* Why there is none, the table's own question tells. */
static void
on_answered (VmmFleet *fleet, const GError *error, gpointer data)
{
  VmmFleetSparks *sparks = data;

  sparks->ask = NULL;
  if (!fleet)
    return;
  take (sparks, fleet);
  vmm_fleet_free (fleet);
  gtk_widget_queue_draw (GTK_WIDGET (sparks->list));
  vmm_fleet_sparks_look (sparks);
}

/* ---- Questions */

static gboolean
is_fresh (const VmmFleetSparks *sparks, const char *key, gint64 now_us)
{
  const Spark *spark = g_hash_table_lookup (sparks->known, key);

  return spark && now_us - spark->at_us < OLD_US;
}

/* Those of `seen` that are not known; their keys are remembered. */
static GPtrArray *
choose (VmmFleetSparks *sparks, const GPtrArray *seen, gint64 now_us)
{
  GPtrArray *chosen = g_ptr_array_new ();

  g_ptr_array_set_size (sparks->asked, 0);
  for (guint i = 0; i < seen->len && chosen->len < MAX_ASKED; i++) {
    VmmFleetGuest   *guest = seen->pdata[i];
    g_autofree char *key = vmm_fleet_key (guest->job, guest->guest);
    if (is_fresh (sparks, key, now_us))
      continue;
    g_ptr_array_add (sparks->asked, g_steal_pointer (&key));
    g_ptr_array_add (chosen, guest);
  }
  return chosen;
}

static gboolean
on_still (gpointer data)
{
  VmmFleetSparks *sparks = data;
  gint64          now_us;
  g_autoptr (GPtrArray) seen = vmm_fleet_list_get_seen (sparks->list, &now_us);
  g_auto (VmmFleetServer) server = { 0 };

  sparks->timer = 0;
  if (sparks->ask)
    return G_SOURCE_REMOVE;
  g_autoptr (GPtrArray) chosen = choose (sparks, seen, now_us);
  if (chosen->len > 0 && sparks->whom (sparks->data, &server))
    sparks->ask = vmm_fleet_ask_curves (&server, chosen, now_us, on_answered, sparks);
  return G_SOURCE_REMOVE;
}

void
vmm_fleet_sparks_look (VmmFleetSparks *sparks)
{
  g_clear_handle_id (&sparks->timer, g_source_remove);
  sparks->timer = g_timeout_add (STILL_MS, on_still, sparks);
}

void
vmm_fleet_sparks_forget (VmmFleetSparks *sparks)
{
  g_clear_pointer (&sparks->ask, vmm_fleet_ask_end);
  g_hash_table_remove_all (sparks->known);
}

/* ---- Its life */

VmmFleetSparks *
vmm_fleet_sparks_new (VmmFleetList *list, VmmFleetWhom whom, gpointer data)
{
  VmmFleetSparks *sparks = g_new0 (VmmFleetSparks, 1);

  sparks->list = list;
  sparks->whom = whom;
  sparks->data = data;
  sparks->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sparks->asked = g_ptr_array_new_with_free_func (g_free);
  vmm_fleet_list_set_curves (list, sparks->known);
  sparks->scrolled = g_signal_connect_swapped (get_place (sparks), "value-changed",
                                               G_CALLBACK (vmm_fleet_sparks_look), sparks);
  sparks->resized = g_signal_connect_swapped (get_place (sparks), "changed",
                                              G_CALLBACK (vmm_fleet_sparks_look), sparks);
  return sparks;
}

void
vmm_fleet_sparks_free (VmmFleetSparks *sparks)
{
  if (!sparks)
    return;
  g_clear_handle_id (&sparks->timer, g_source_remove);
  vmm_fleet_ask_end (sparks->ask);
  g_signal_handler_disconnect (get_place (sparks), sparks->scrolled);
  g_signal_handler_disconnect (get_place (sparks), sparks->resized);
  vmm_fleet_list_set_curves (sparks->list, NULL);
  g_hash_table_unref (sparks->known);
  g_ptr_array_unref (sparks->asked);
  g_free (sparks);
}
