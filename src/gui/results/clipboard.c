/* SPDX-License-Identifier: MIT */
/* clipboard: that of the display. */
#include "clipboard.h"

#include "vmm/card.h"

static GtkClipboard *
get_clipboard (GtkWidget *widget)
{
  return gtk_widget_get_clipboard (widget, GDK_SELECTION_CLIPBOARD);
}

static void
keep (GtkClipboard *clipboard)
{
  gtk_clipboard_set_can_store (clipboard, NULL, 0);
}

void
vmm_clipboard_put_text (GtkWidget *widget, const char *text)
{
  gtk_clipboard_set_text (get_clipboard (widget), text, -1);
  keep (get_clipboard (widget));
}

static GdkPixbuf *
read_picture (GBytes *png, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  gboolean   wrote = gdk_pixbuf_loader_write_bytes (loader, png, error);
  gboolean   closed = gdk_pixbuf_loader_close (loader, wrote ? error : NULL);
  GdkPixbuf *picture = wrote && closed ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;

  return picture ? g_object_ref (picture) : NULL;
}

gboolean
vmm_clipboard_put_card (GtkWidget *widget, const VmmShare *share, GError **error)
{
  g_autoptr (GBytes) png = vmm_card_render (share, error);
  g_autoptr (GdkPixbuf) picture = png ? read_picture (png, error) : NULL;

  if (!picture)
    return FALSE;
  gtk_clipboard_set_image (get_clipboard (widget), picture);
  keep (get_clipboard (widget));
  return TRUE;
}
