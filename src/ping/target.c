/* SPDX-License-Identifier: MIT */
/* target: whom to ping: a numeric address that was given, the cloud, or the default gateway. */
#include "target.h"

#include "route.h"
#include "vmm/error.h"
#include "vmm/host.h"
#include "vmm/language.h"

#include <arpa/inet.h>
#include <string.h>
#include <unistd.h>

static void
set_ipv4 (VmmTarget *target, const struct in_addr *address)
{
  target->address.v4 = (struct sockaddr_in){ .sin_family = AF_INET, .sin_addr = *address };
  target->length = sizeof target->address.v4;
  inet_ntop (AF_INET, address, target->text, sizeof target->text);
}

/* A link-local address means something on one interface only. */
static gboolean
set_ipv6 (VmmTarget *target, const struct in6_addr *address, const char *interface, GError **error)
{
  struct sockaddr_in6 *v6 = &target->address.v6;
  char                 text[INET6_ADDRSTRLEN];

  *v6 = (struct sockaddr_in6){ .sin6_family = AF_INET6, .sin6_addr = *address };
  target->length = sizeof *v6;

  inet_ntop (AF_INET6, address, text, sizeof text);
  g_strlcpy (target->text, text, sizeof target->text);
  if (IN6_IS_ADDR_LINKLOCAL (address)) {
    v6->sin6_scope_id = if_nametoindex (interface);
    if (!v6->sin6_scope_id) {
      g_set_error (error, VMM_ERROR, VMM_ERROR_MISSING,
                   VMM_SAID ("ping target %s: no interface \"%s\""), text, interface);
      return FALSE;
    }
    g_snprintf (target->text, sizeof target->text, "%s%%%s", text, interface);
  }
  return TRUE;
}

static gboolean
is_one_host_ipv4 (const struct in_addr *address)
{
  in_addr_t host = ntohl (address->s_addr);
  return host != INADDR_ANY && host != INADDR_BROADCAST && !IN_MULTICAST (host);
}

static gboolean
is_one_host_ipv6 (const struct in6_addr *address)
{
  return !IN6_IS_ADDR_UNSPECIFIED (address) && !IN6_IS_ADDR_MULTICAST (address) &&
         !IN6_IS_ADDR_V4MAPPED (address);
}

static gboolean
parse (VmmTarget *target, const char *text, GError **error)
{
  g_autofree char *address = g_strndup (text, strcspn (text, "%"));
  const char      *scope = strchr (text, '%');
  struct in_addr   v4;
  struct in6_addr  v6;

  if (!scope && inet_pton (AF_INET, text, &v4) == 1 && is_one_host_ipv4 (&v4)) {
    set_ipv4 (target, &v4);
    return TRUE;
  }
  if (inet_pton (AF_INET6, address, &v6) == 1 && is_one_host_ipv6 (&v6) &&
      (!scope || IN6_IS_ADDR_LINKLOCAL (&v6)))
    return set_ipv6 (target, &v6, scope ? scope + 1 : "", error);

  g_set_error (
      error, VMM_ERROR, VMM_ERROR_FORMAT,
      VMM_SAID ("ping target \"%s\": expected the numeric IPv4 or IPv6 address of one host"), text);
  return FALSE;
}

static gboolean
is_same_host (const VmmAddress *a, const VmmAddress *b)
{
  if (a->any.sa_family == AF_INET)
    return a->v4.sin_addr.s_addr == b->v4.sin_addr.s_addr;
  return IN6_ARE_ADDR_EQUAL (&a->v6.sin6_addr, &b->v6.sin6_addr);
}

static gboolean
is_loopback (const VmmAddress *address)
{
  if (address->any.sa_family == AF_INET)
    return ntohl (address->v4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
  return IN6_IS_ADDR_LOOPBACK (&address->v6.sin6_addr);
}

/* A guest's own address is one that it reaches from that same address. Connecting a datagram socket
 * asks the kernel for the way, and sends nothing. */
static gboolean
is_self (const VmmTarget *target)
{
  VmmAddress peer = target->address, own = { 0 };
  socklen_t  length = sizeof own;
  gboolean   same = FALSE;

  if (is_loopback (&peer))
    return TRUE;
  int fd = socket (peer.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return FALSE;
  if (peer.any.sa_family == AF_INET)
    peer.v4.sin_port = htons (9); /* discard: any port but 0 */
  else
    peer.v6.sin6_port = htons (9);
  if (connect (fd, &peer.any, target->length) == 0 && getsockname (fd, &own.any, &length) == 0)
    same = is_same_host (&peer, &own);
  close (fd);
  return same;
}

static gboolean
find_cloud (VmmTarget *target, const char *root, GError **error)
{
  const char *address = vmm_host_cloud_address (root);

  target->kind = VMM_TARGET_CLOUD;
  if (address)
    return parse (target, address, error);
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_MISSING,
                       vmm_cause_sentence (VMM_CAUSE_NO_CLOUD_SERVICE));
  return FALSE;
}

gboolean
vmm_target_find (const char *root, const char *text, VmmTarget *ret_target, GError **error)
{
  VmmTarget  target = { .kind = text ? VMM_TARGET_GIVEN : VMM_TARGET_GATEWAY };
  VmmGateway gateway;

  if (g_strcmp0 (text, "cloud") == 0) {
    if (!find_cloud (&target, root, error))
      return FALSE;
  } else if (text) {
    if (!parse (&target, text, error))
      return FALSE;
    if (is_self (&target))
      target.kind = VMM_TARGET_SELF;
  } else {
    if (!vmm_route_find (root, &gateway, error))
      return FALSE;
    if (gateway.family == AF_INET)
      set_ipv4 (&target, &gateway.address.v4);
    else if (!set_ipv6 (&target, &gateway.address.v6, gateway.interface, error))
      return FALSE;
  }
  *ret_target = target;
  return TRUE;
}

gboolean
vmm_target_equal (const VmmTarget *a, const VmmTarget *b)
{
  return a->length == b->length && memcmp (&a->address, &b->address, a->length) == 0;
}
