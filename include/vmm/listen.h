/* SPDX-License-Identifier: MIT */
/* listen: a door for one who collects: GET /metrics is answered with a text, and nothing else is.
 *
 * It is served by the default main context, on its thread. However many clients there are and whatever
 * they send: VMM_LISTEN_CONNECTIONS at once, each for VMM_LISTEN_SECONDS and 8 KiB at most. Behind it
 * stands src/listen/listen.c or src/listen/absent.c, by linking. */
#pragma once

#include <glib.h>

#define VMM_LISTEN_PORT 9780
#define VMM_LISTEN_CONNECTIONS 8
#define VMM_LISTEN_SECONDS 10

typedef struct _VmmListener VmmListener;

/* The text; asked for once a second at most. Free with g_free(). */
typedef char *(*VmmListenerText) (gpointer data);

/* Texts, borrowed for the call. */
typedef struct {
  const char *address;     /* "ADDR:PORT", "[ADDR]:PORT" or ADDR alone, in figures */
  const char *certificate; /* PEM, and its key; NULL = not encrypted */
  const char *key;
  const char *password; /* "USER:PASSWORD" that each request must bring; NULL = none */
  gboolean    open;     /* anybody may read, from anywhere */
} VmmDoor;

/* NULL and VMM_ERROR_RANGE when the address is not one, or neither this machine's own (127.0.0.1, ::1) nor
 * behind both a certificate and a password nor `open`; VMM_ERROR_IO when it cannot be had;
 * VMM_ERROR_FORMAT when certificate and key are none; VMM_ERROR_UNSUPPORTED in a build without it. */
VmmListener *vmm_listener_new (const VmmDoor *door, VmmListenerText text, gpointer data,
                               GError **error);
void         vmm_listener_free (VmmListener *listener); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmListener, vmm_listener_free)
