/* SPDX-License-Identifier: MIT */
/* route: the default gateway of a machine, from its routing tables as text.
 *
 * Of several default routes the one with the smallest metric counts, of equal ones the first. A
 * default route without a gateway (a tunnel, a serial line) has nobody to ask and is passed over. */
#pragma once

#include <glib.h>
#include <net/if.h>
#include <netinet/in.h>

typedef struct {
  int family; /* AF_INET or AF_INET6 */
  union {
    struct in_addr  v4;
    struct in6_addr v6;
  } address;
  char    interface[IF_NAMESIZE];
  guint32 metric;
} VmmGateway;

/* From the text of proc/net/route and proc/net/ipv6_route. FALSE and VMM_ERROR_MISSING when they
 * have no default gateway, VMM_ERROR_FORMAT when a line is not a route. A last line without its
 * newline was cut off and is not looked at. */
gboolean vmm_route_parse_ipv4 (const char *text, gsize length, VmmGateway *ret_gateway,
                               GError **error);
gboolean vmm_route_parse_ipv6 (const char *text, gsize length, VmmGateway *ret_gateway,
                               GError **error);

/* Of the machine under `root`: the IPv4 gateway, else the IPv6 one. VMM_ERROR_MISSING when there
 * are tables and no gateway in them. */
gboolean vmm_route_find (const char *root, VmmGateway *ret_gateway, GError **error);
