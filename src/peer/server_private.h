/* SPDX-License-Identifier: MIT */
/* server_private: what the tests of the server call. */
#pragma once

#include "vmm/peer.h"

/* Closes the connections that last too long at `now_us`. */
void vmm_peer_server_expire (VmmPeerServer *server, gint64 now_us);

/* Connections that are open. */
guint vmm_peer_server_count (const VmmPeerServer *server);
