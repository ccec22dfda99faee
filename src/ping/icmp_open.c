/* SPDX-License-Identifier: MIT */
/* icmp_open: opens a socket for echoes with whatever right this process has. */
#include "icmp_open.h"

#include "icmp_socket.h"
#include "privilege.h"
#include "vmm/error.h"
#include "vmm/language.h"

#include <errno.h>
#include <linux/icmp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <unistd.h>

/* Nothing but echo replies; errors come by the error queue all the same. */
static void
set_raw_filter (int fd, gboolean is_v6)
{
  if (is_v6) {
    struct icmp6_filter filter;
    ICMP6_FILTER_SETBLOCKALL (&filter);
    ICMP6_FILTER_SETPASS (ICMP6_ECHO_REPLY, &filter);
    setsockopt (fd, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof filter);
  } else {
    struct icmp_filter filter = { ~(1u << ICMP_ECHOREPLY) };
    setsockopt (fd, SOL_RAW, ICMP_FILTER, &filter, sizeof filter);
  }
}

/* The kernel gives a datagram socket its identifier, in the place of the port. */
static guint16
get_datagram_id (int fd)
{
  VmmAddress address = { 0 };
  socklen_t  length = sizeof address;

  getsockname (fd, &address.any, &length);
  return ntohs (address.any.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
}

static int
open_kind (gboolean is_v6, int type)
{
  return socket (is_v6 ? AF_INET6 : AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC,
                 is_v6 ? (int) IPPROTO_ICMPV6 : (int) IPPROTO_ICMP);
}

static void
set_refusal (GError **error, int datagram, int raw)
{
  gboolean is_refused = raw == EPERM || raw == EACCES;

  g_set_error (error, VMM_ERROR, is_refused ? VMM_ERROR_PERMISSION : VMM_ERROR_UNSUPPORTED,
               is_refused
                   ? VMM_SAID ("ICMP datagram socket: %s; raw socket: %s; to allow it: sysctl -w "
                               "net.ipv4.ping_group_range=\"0 2147483647\"")
                   : VMM_SAID ("ICMP datagram socket: %s; raw socket: %s"),
               vmm_strerror (datagram), vmm_strerror (raw));
}

/* One of the sort that is allowed; -1 and the error when none is. */
static int
open_any (gboolean is_v6, VmmPingMethod *ret_method, GError **error)
{
  int fd = open_kind (is_v6, SOCK_DGRAM), datagram = errno;
  if (fd >= 0) {
    *ret_method = VMM_PING_ICMP_DATAGRAM;
    return fd;
  }
  fd = open_kind (is_v6, SOCK_RAW);
  if (fd < 0) {
    set_refusal (error, datagram, errno);
    return -1;
  }
  set_raw_filter (fd, is_v6);
  *ret_method = VMM_PING_ICMP_RAW;
  return fd;
}

VmmWire *
vmm_icmp_open (const VmmTarget *target, GError **error)
{
  gboolean      is_v6 = target->address.any.sa_family == AF_INET6;
  VmmPingMethod method;

  int fd = open_any (is_v6, &method, error);
  if (fd < 0)
    return NULL;
  vmm_privilege_drop_net_raw ();
  if (connect (fd, &target->address.any, target->length) != 0) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "%s: %s", target->text, vmm_strerror (errno));
    close (fd);
    return NULL;
  }
  if (method == VMM_PING_ICMP_DATAGRAM)
    return vmm_icmp_socket_new (fd, is_v6 ? VMM_ICMP_V6 : VMM_ICMP_V4, method,
                                get_datagram_id (fd));
  return vmm_icmp_socket_new (fd, is_v6 ? VMM_ICMP_V6 : VMM_ICMP_V4_RAW, method,
                              (guint16) g_random_int ());
}
