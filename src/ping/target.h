/* SPDX-License-Identifier: MIT */
/* target: whom to ping: a numeric address that was given, the cloud, or the default gateway. */
#pragma once

#include "vmm/sources.h"

#include <netinet/in.h>

typedef union {
  struct sockaddr     any; /* its family tells which of the others it is */
  struct sockaddr_in  v4;
  struct sockaddr_in6 v6;
} VmmAddress;

typedef struct {
  VmmTargetKind kind;
  VmmAddress    address; /* port 0; IPv6 link-local with its scope */
  socklen_t     length;
  char          text[64]; /* "192.0.2.1", "fe80::1%eth0" */
} VmmTarget;

/* `text` as in vmm_ping_new(), not "none". VMM_ERROR_MISSING when there is no default gateway,
 * VMM_ERROR_FORMAT when `text` or a routing table is not what it should be. */
gboolean vmm_target_find (const char *root, const char *text, VmmTarget *ret_target,
                          GError **error);

gboolean vmm_target_equal (const VmmTarget *a, const VmmTarget *b);
