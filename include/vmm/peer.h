/* SPDX-License-Identifier: MIT */
/* peer: how much two guests carry to one another over TCP, and how late they answer meanwhile.
 *
 * Nothing of it happens unless both are told to: one serves, the other names its address. What is sent
 * are bytes that say nothing. The server believes nobody and the client believes no server: both end by
 * their own clock, whatever the other does. */
#pragma once

#include <gio/gio.h>

#define VMM_PEER_PORT 9781
#define VMM_PEER_GUESTS 8         /* connections at once; one of them may be a stream */
#define VMM_PEER_STREAM_MIB 1024u /* that a stream may carry */
#define VMM_PEER_ECHO_MIB 1u      /* and what echoes may */
#define VMM_PEER_MS 1000u         /* that a connection may last */

/* The address of `text`: "ADDR:PORT", "[ADDR]:PORT" or ADDR alone, in figures. NULL when it is none. */
GSocketAddress *vmm_peer_parse (const char *text);

/* Whether it may be the peer of a measurement: the address of one host. */
gboolean vmm_peer_is_address (const char *text);

/* ---- The server, on the default main context */

typedef struct _VmmPeerServer VmmPeerServer;

typedef struct {
  guint   streams, refused; /* connections */
  guint64 bytes;            /* taken of streams */
} VmmPeerAccount;

/* NULL and VMM_ERROR_RANGE when `address` is not one, VMM_ERROR_IO when it cannot be had. NULL = every
 * address of this guest, and VMM_PEER_PORT. */
VmmPeerServer *vmm_peer_server_new (const char *address, GError **error);
void           vmm_peer_server_free (VmmPeerServer *server); /* NULL is fine */

/* "127.0.0.1:9781": where it listens. Free with g_free(). */
char *vmm_peer_server_get_address (const VmmPeerServer *server);
void  vmm_peer_server_get_account (const VmmPeerServer *server, VmmPeerAccount *ret_account);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmPeerServer, vmm_peer_server_free)
