/* SPDX-License-Identifier: MIT */
/* absent: stands in for the listener in a build without libmicrohttpd. */
#include "vmm/listen.h"

#include "vmm/error.h"

#include <glib/gi18n-lib.h>

VmmListener *
vmm_listener_new (const VmmDoor *door, VmmListenerText text, gpointer data, GError **error)
{
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED,
                       _ ("this vmm_monitor was built without --listen"));
  return NULL;
}

void
vmm_listener_free (VmmListener *listener)
{
}
