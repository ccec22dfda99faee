/* SPDX-License-Identifier: MIT */
/* fleet_page: asks, and shows; the last table stays where there is no newer one. */
#include "fleet_page.h"

#include <glib/gi18n-lib.h>

#include "fleet_curve.h"
#include "fleet_list.h"
#include "fleet_sparks.h"
#include "leaving.h"
#include "template.h"
#include "vmm/fleet_words.h"
#include "vmm/language.h"

#define AGAIN_S 15

struct _VmmFleetPage {
  GtkBox         parent;
  GtkWidget     *url, *search, *summary, *noise, *about, *found;
  VmmFleetList  *list;
  VmmFleetCurve *curve;

  VmmFleetSparks *sparks;
  VmmFleet       *fleet; /* shown; NULL before there was an answer */
  VmmFleetAsk    *ask;   /* under way */
  VmmSettings     offered;
  char           *address;    /* that is asked: not one that is being typed */
  char           *about_whom; /* who was chosen when it was asked for; NULL = nobody */
  char           *complaint;  /* why there is no newer table */
  guint           timer;
};

G_DEFINE_TYPE (VmmFleetPage, vmm_fleet_page, GTK_TYPE_BOX)

/* ---- What is shown */

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, text[0] != '\0');
}

static void
show_summary (VmmFleetPage *page)
{
  g_autofree char *summary = page->fleet ? vmm_fleet_summary (page->fleet) : NULL;
  g_autofree char *age = page->fleet ? vmm_fleet_age (page->fleet) : NULL;
  const char *nobody = page->fleet && page->fleet->guests->len == 0 ? vmm_fleet_nobody () : NULL;
  g_autofree char *text =
      nobody            ? g_strdup (nobody)
      : !page->fleet    ? g_strdup (page->complaint ? page->complaint : _ ("Asking …"))
      : page->complaint ? g_strdup_printf ("%s · %s · %s", summary, age, page->complaint)
                        : g_strdup_printf ("%s · %s", summary, age);

  show_text (page->summary, text);
}

static void
show_noise (VmmFleetPage *page)
{
  g_autoptr (GArray) noisy = vmm_fleet_find_noisy (page->fleet);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (noisy->len, 3); i++) {
    g_autofree char *line = vmm_fleet_noise (&g_array_index (noisy, VmmNoisyHost, i));
    g_string_append_printf (text, "%s%s", i ? "\n" : "", line);
  }
  show_text (page->noise, text->str);
}

static void
show_details (VmmFleetPage *page)
{
  const VmmFleetGuest *guest = vmm_fleet_list_get_chosen (page->list);
  const VmmFleetStory *story = page->fleet ? page->fleet->story : NULL;
  gboolean             is_his = guest && story && g_strcmp0 (page->about_whom, guest->guest) == 0;
  g_autoptr (GString) found = g_string_new (NULL);

  g_autofree char *about = guest ? vmm_fleet_line (page->fleet, guest) : NULL;
  show_text (page->about, about ? about : _ ("Choose a guest to see its last 24 hours."));
  vmm_fleet_curve_show (page->curve, is_his ? story : NULL);
  for (guint i = 0; is_his && i < story->findings->len; i++) {
    g_autofree char *line = vmm_fleet_finding (story->findings->pdata[i]);
    g_string_append_printf (found, "%s%s", i ? "\n" : "", line);
  }
  show_text (page->found, found->str);
}

static void
show_list (VmmFleetPage *page)
{
  vmm_fleet_list_show (page->list, page->fleet, gtk_entry_get_text (GTK_ENTRY (page->search)));
}

/* Whom the filter leaves out is not chosen any more. */
static void
on_search (VmmFleetPage *page)
{
  show_list (page);
  show_details (page);
}

/* ---- Asking */

static void
on_answered (VmmFleet *fleet, const GError *error, gpointer data)
{
  VmmFleetPage *page = data;
  VmmFleet     *before = page->fleet;

  page->ask = NULL;
  g_clear_pointer (&page->complaint, g_free);
  if (error)
    page->complaint = vmm_say (error->message);
  if (fleet) {
    page->fleet = fleet;
    show_list (page);
    show_noise (page);
    vmm_fleet_free (before);
    show_details (page);
    vmm_fleet_sparks_look (page->sparks);
  }
  show_summary (page);
}

/* The files are for whom they were given, and for nobody who is typed in. */
static gboolean
find_server (const VmmFleetPage *page, VmmFleetServer *ret_server, GError **error)
{
  gboolean is_offered = g_strcmp0 (page->address, page->offered.fleet) == 0;

  return vmm_fleet_server_init (ret_server, page->address,
                                is_offered ? page->offered.fleet_password : NULL,
                                is_offered ? page->offered.fleet_ca : NULL, error);
}

static gboolean
find_any (gpointer page, VmmFleetServer *ret_server)
{
  return find_server (page, ret_server, NULL);
}

static void
ask (VmmFleetPage *page)
{
  const VmmFleetGuest *guest = vmm_fleet_list_get_chosen (page->list);
  g_auto (VmmFleetServer) server = { 0 };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&page->ask, vmm_fleet_ask_end);
  if (!find_server (page, &server, &error)) {
    g_free (page->complaint);
    page->complaint = vmm_say (error->message);
    show_summary (page);
    return;
  }
  g_free (page->about_whom);
  page->about_whom = guest ? g_strdup (guest->guest) : NULL;
  page->ask = vmm_fleet_ask_begin (&server, page->about_whom, on_answered, page);
}

static gboolean
on_timer (gpointer data)
{
  VmmFleetPage *page = data;

  if (!page->ask)
    ask (page);
  return G_SOURCE_CONTINUE;
}

static void
set_url (VmmFleetPage *page, const char *url)
{
  g_free (page->address);
  page->address = g_strdup (url);
  if (!g_str_equal (gtk_entry_get_text (GTK_ENTRY (page->url)), url))
    gtk_entry_set_text (GTK_ENTRY (page->url), url);
}

/* Another server: what the one before told is not its. */
static void
turn_to (VmmFleetPage *page, const char *url)
{
  VmmFleet *before = g_steal_pointer (&page->fleet);

  g_clear_pointer (&page->ask, vmm_fleet_ask_end);
  vmm_fleet_sparks_forget (page->sparks);
  set_url (page, url);
  show_list (page);
  show_text (page->noise, "");
  show_details (page);
  vmm_fleet_free (before);
  g_clear_pointer (&page->complaint, g_free);
  show_summary (page);
}

/* Preferences that say of it what they said before change nothing of what is shown. */
void
vmm_fleet_page_offer (VmmFleetPage *page, const VmmSettings *settings)
{
  gboolean is_known = g_strcmp0 (page->offered.fleet, settings->fleet) == 0 &&
                      g_strcmp0 (page->offered.fleet_password, settings->fleet_password) == 0 &&
                      g_strcmp0 (page->offered.fleet_ca, settings->fleet_ca) == 0;

  vmm_settings_clear (&page->offered);
  vmm_settings_copy (&page->offered, settings);
  if (is_known)
    return;
  turn_to (page, settings->fleet);
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    ask (page);
}

static void
on_url (VmmFleetPage *page)
{
  turn_to (page, gtk_entry_get_text (GTK_ENTRY (page->url)));
  ask (page);
}

static void
on_chosen (VmmFleetPage *page)
{
  const VmmFleetGuest *guest = vmm_fleet_list_get_chosen (page->list);

  show_details (page);
  if (guest && g_strcmp0 (page->about_whom, guest->guest) != 0)
    ask (page);
}

static void
on_map (GtkWidget *widget)
{
  VmmFleetPage *page = VMM_FLEET_PAGE (widget);

  GTK_WIDGET_CLASS (vmm_fleet_page_parent_class)->map (widget);
  show_summary (page);
  on_timer (page);
  page->timer = g_timeout_add_seconds (AGAIN_S, on_timer, page);
}

static void
on_unmap (GtkWidget *widget)
{
  VmmFleetPage *page = VMM_FLEET_PAGE (widget);

  g_clear_handle_id (&page->timer, g_source_remove);
  g_clear_pointer (&page->ask, vmm_fleet_ask_end);
  GTK_WIDGET_CLASS (vmm_fleet_page_parent_class)->unmap (widget);
}

void
vmm_fleet_page_focus (VmmFleetPage *page)
{
  gtk_editable_select_region (GTK_EDITABLE (page->url), 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (page->list));
}

static void
on_stop_search (VmmFleetPage *page)
{
  vmm_fleet_page_focus (page);
  vmm_leave_search (GTK_WIDGET (page), page->search, "fleet");
}

static gboolean
on_key_press (GtkWidget *widget, GdkEventKey *event)
{
  VmmFleetPage *page = VMM_FLEET_PAGE (widget);

  if (GTK_WIDGET_CLASS (vmm_fleet_page_parent_class)->key_press_event (widget, event))
    return GDK_EVENT_STOP;
  if (event->keyval != GDK_KEY_f || !(event->state & GDK_CONTROL_MASK))
    return vmm_leave_by_key (widget, event, "fleet");
  gtk_widget_grab_focus (page->search);
  return GDK_EVENT_STOP;
}

/* ---- Making */

static void
dispose (GObject *object)
{
  VmmFleetPage *page = VMM_FLEET_PAGE (object);

  g_clear_handle_id (&page->timer, g_source_remove);
  g_clear_pointer (&page->ask, vmm_fleet_ask_end);
  g_clear_pointer (&page->sparks, vmm_fleet_sparks_free);
  G_OBJECT_CLASS (vmm_fleet_page_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  VmmFleetPage *page = VMM_FLEET_PAGE (object);

  vmm_fleet_free (page->fleet);
  vmm_settings_clear (&page->offered);
  g_free (page->address);
  g_free (page->about_whom);
  g_free (page->complaint);
  G_OBJECT_CLASS (vmm_fleet_page_parent_class)->finalize (object);
}

#define CHILD(name) VMM_CHILD (VmmFleetPage, name)

static const VmmChild children[] = {
  CHILD (url),   CHILD (search), CHILD (summary), CHILD (noise),
  CHILD (about), CHILD (found),  CHILD (list),    CHILD (curve)
};

static void
vmm_fleet_page_class_init (VmmFleetPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (VMM_TYPE_FLEET_LIST);
  g_type_ensure (VMM_TYPE_FLEET_CURVE);
  G_OBJECT_CLASS (class)->dispose = dispose;
  G_OBJECT_CLASS (class)->finalize = finalize;
  widget_class->map = on_map;
  widget_class->unmap = on_unmap;
  widget_class->key_press_event = on_key_press;
  VMM_SET_TEMPLATE (widget_class, "fleet_page.ui", children);
}

static void
vmm_fleet_page_init (VmmFleetPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  page->sparks = vmm_fleet_sparks_new (page->list, find_any, page);
  g_signal_connect_swapped (page->url, "activate", G_CALLBACK (on_url), page);
  g_signal_connect_swapped (page->search, "search-changed", G_CALLBACK (on_search), page);
  g_signal_connect_swapped (page->search, "stop-search", G_CALLBACK (on_stop_search), page);
  g_signal_connect_swapped (page->list, "chosen", G_CALLBACK (on_chosen), page);
}
