/* SPDX-License-Identifier: MIT */
/* loopback: a TCP connection of this process with itself, over 127.0.0.1. */
#include "loopback.h"

#include "vmm/error.h"
#include "vmm/language.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define MAX_WAIT_S 1
#define MAX_STRANGERS 8

typedef struct sockaddr_in Address;

/* On an address of the loopback device, and for no route but a direct one. */
static int
open_socket (void)
{
  const struct timeval patience = { .tv_sec = MAX_WAIT_S };
  const int            on = 1;
  Address              address = { .sin_family = AF_INET };
  int                  end = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (end < 0)
    return -1;
  setsockopt (end, SOL_SOCKET, SO_DONTROUTE, &on, sizeof on);
  setsockopt (end, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt (end, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  setsockopt (end, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (bind (end, (const struct sockaddr *) &address, sizeof address) == 0)
    return end;
  int problem = errno;
  close (end);
  errno = problem;
  return -1;
}

static gboolean
is_same (const Address *a, const Address *b)
{
  return a->sin_port == b->sin_port && a->sin_addr.s_addr == b->sin_addr.s_addr;
}

/* Another process may have come first: it is sent away. */
static int
accept_own (int listener, const Address *own)
{
  for (guint i = 0; i < MAX_STRANGERS; i++) {
    Address   peer = { 0 };
    socklen_t length = sizeof peer;
    int       end = accept4 (listener, (struct sockaddr *) &peer, &length, SOCK_CLOEXEC);

    if (end < 0 || is_same (&peer, own))
      return end;
    close (end);
  }
  errno = ECONNABORTED;
  return -1;
}

static int
join (int listener, int caller)
{
  const struct timeval patience = { .tv_sec = MAX_WAIT_S }, forever = { 0 };
  const int            on = 1;
  Address              address = { 0 };
  socklen_t            length = sizeof address;

  if (listen (listener, 1) < 0 ||
      getsockname (listener, (struct sockaddr *) &address, &length) < 0 ||
      connect (caller, (const struct sockaddr *) &address, length) < 0 ||
      getsockname (caller, (struct sockaddr *) &address, &length) < 0)
    return -1;
  int end = accept_own (listener, &address);
  if (end >= 0) {
    setsockopt (end, SOL_SOCKET, SO_RCVTIMEO, &forever, sizeof forever); /* for the next round */
    setsockopt (end, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    setsockopt (end, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  return end;
}

gboolean
vmm_loopback_connect (int ret_ends[2], GError **error)
{
  int listener = open_socket (), caller = listener < 0 ? -1 : open_socket ();

  ret_ends[0] = caller < 0 ? -1 : join (listener, caller);
  ret_ends[1] = caller;
  if (ret_ends[0] < 0)
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "127.0.0.1: %s", vmm_strerror (errno));
  if (listener >= 0)
    close (listener);
  if (ret_ends[0] < 0 && caller >= 0)
    close (caller);
  return ret_ends[0] >= 0;
}
