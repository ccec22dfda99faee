/* SPDX-License-Identifier: MIT */
/* control: what the kernel says beside a packet: when it passed, what became of it. */
#include "control.h"

#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <string.h>
#include <time.h>

#define FLAGS                                                                                      \
  (SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE |       \
   SOF_TIMESTAMPING_OPT_ID | SOF_TIMESTAMPING_OPT_TSONLY)

static gboolean
set_option (int fd, int level, int option, guint32 value)
{
  return setsockopt (fd, level, option, &value, sizeof value) == 0;
}

VmmStamps
vmm_control_enable (int fd)
{
  if (set_option (fd, SOL_SOCKET, SO_TIMESTAMPING, FLAGS))
    return VMM_STAMPS_KERNEL;
  if (set_option (fd, SOL_SOCKET, SO_TIMESTAMPNS, 1))
    return VMM_STAMPS_KERNEL_RECEIVE;
  return VMM_STAMPS_USER;
}

void
vmm_control_restart (int fd)
{
  set_option (fd, SOL_SOCKET, SO_TIMESTAMPING, 0);
  set_option (fd, SOL_SOCKET, SO_TIMESTAMPING, FLAGS);
}

gboolean
vmm_control_enable_errors (int fd, int family)
{
  return family == AF_INET6 ? set_option (fd, SOL_IPV6, IPV6_RECVERR, 1)
                            : set_option (fd, SOL_IP, IP_RECVERR, 1);
}

static void
read_time (VmmControl *control, const void *data)
{
  struct timespec time;

  memcpy (&time, data, sizeof time);
  control->stamp_ns = (gint64) time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

static void
read_error (VmmControl *control, const void *data)
{
  struct sock_extended_err report;

  memcpy (&report, data, sizeof report);
  control->is_departure = report.ee_origin == SO_EE_ORIGIN_TIMESTAMPING;
  control->is_error = !control->is_departure;
  control->is_icmp =
      report.ee_origin == SO_EE_ORIGIN_ICMP || report.ee_origin == SO_EE_ORIGIN_ICMP6;
  control->type = report.ee_type;
  control->code = report.ee_code;
  control->number = (int) report.ee_errno;
  control->key = report.ee_data;
}

void
vmm_control_read (VmmControl *ret_control, struct msghdr *message)
{
  *ret_control = (VmmControl){ 0 };
  for (struct cmsghdr *c = CMSG_FIRSTHDR (message); c; c = CMSG_NXTHDR (message, c)) {
    gsize length = c->cmsg_len - CMSG_LEN (0);

    if (c->cmsg_level == SOL_SOCKET &&
        (c->cmsg_type == SO_TIMESTAMPING || c->cmsg_type == SO_TIMESTAMPNS)) {
      if (length >= sizeof (struct timespec)) /* the first of three: software */
        read_time (ret_control, CMSG_DATA (c));
    } else if ((c->cmsg_level == SOL_IP && c->cmsg_type == IP_RECVERR) ||
               (c->cmsg_level == SOL_IPV6 && c->cmsg_type == IPV6_RECVERR)) {
      if (length >= sizeof (struct sock_extended_err))
        read_error (ret_control, CMSG_DATA (c));
    }
  }
}
