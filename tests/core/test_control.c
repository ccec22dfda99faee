/* SPDX-License-Identifier: MIT */
/* test_control: what the kernel says beside a packet is read, and what it does not say is not. */
#include "control.h"

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <string.h>
#include <time.h>

#define STAMP_NS G_GINT64_CONSTANT (1700000000123456789)

typedef struct {
  _Alignas(struct cmsghdr) guint8 bytes[VMM_CONTROL_SIZE];
  struct msghdr message;
  gsize         used;
} Message;

static void
add (Message *message, int level, int type, gconstpointer data, gsize length)
{
  struct cmsghdr *c = (struct cmsghdr *) (message->bytes + message->used);

  c->cmsg_level = level;
  c->cmsg_type = type;
  c->cmsg_len = CMSG_LEN (length);
  memcpy (CMSG_DATA (c), data, length);
  message->used += CMSG_SPACE (length);
  message->message.msg_control = message->bytes;
  message->message.msg_controllen = message->used;
}

static void
add_stamp (Message *message, int type, gsize length)
{
  const struct timespec times[3] = { { 1700000000, 123456789 }, { 0, 0 }, { 5, 5 } };
  add (message, SOL_SOCKET, type, times, length);
}

static void
test_nothing (void)
{
  Message    message = { 0 };
  VmmControl control;
  int        hops = 64;

  vmm_control_read (&control, &message.message);
  g_assert_cmpint (control.stamp_ns, ==, 0);
  g_assert_false (control.is_departure || control.is_error);
  add (&message, SOL_IP, IP_TTL, &hops, sizeof hops);
  vmm_control_read (&control, &message.message);
  g_assert_cmpint (control.stamp_ns, ==, 0);
  g_assert_false (control.is_departure || control.is_error);
}

static void
test_stamps (void)
{
  const struct {
    int   type;
    gsize length;
  } cases[] = {
    { SO_TIMESTAMPING, 3 * sizeof (struct timespec) },
    { SO_TIMESTAMPNS, sizeof (struct timespec) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Message    message = { 0 }, cut = { 0 };
    VmmControl control;

    add_stamp (&message, cases[i].type, cases[i].length);
    vmm_control_read (&control, &message.message);
    g_assert_cmpint (control.stamp_ns, ==, STAMP_NS);
    g_assert_false (control.is_departure || control.is_error);
    add_stamp (&cut, cases[i].type, sizeof (struct timespec) - 1);
    vmm_control_read (&control, &cut.message);
    g_assert_cmpint (control.stamp_ns, ==, 0);
  }
}

static void
test_departure (void)
{
  const struct sock_extended_err report = { .ee_errno = 42, /* ENOMSG, as the kernel has it */
                                            .ee_origin = SO_EE_ORIGIN_TIMESTAMPING,
                                            .ee_data = 0xfffffffe };
  const struct {
    int level, type;
  } families[] = { { SOL_IP, IP_RECVERR }, { SOL_IPV6, IPV6_RECVERR } };

  for (guint i = 0; i < G_N_ELEMENTS (families); i++) {
    Message    message = { 0 };
    VmmControl control;

    add_stamp (&message, SO_TIMESTAMPING, 3 * sizeof (struct timespec));
    add (&message, families[i].level, families[i].type, &report, sizeof report);
    vmm_control_read (&control, &message.message);
    g_assert_true (control.is_departure);
    g_assert_false (control.is_error);
    g_assert_cmpint (control.stamp_ns, ==, STAMP_NS);
    g_assert_cmpuint (control.key, ==, 0xfffffffe);
  }
}

static void
test_error (void)
{
  struct sock_extended_err report = {
    .ee_errno = 113, .ee_origin = SO_EE_ORIGIN_ICMP, .ee_type = 3, .ee_code = 1
  };
  Message    network = { 0 }, local = { 0 }, cut = { 0 };
  VmmControl control;

  add (&network, SOL_IP, IP_RECVERR, &report, sizeof report);
  vmm_control_read (&control, &network.message);
  g_assert_true (control.is_error && control.is_icmp);
  g_assert_false (control.is_departure);
  g_assert_cmpuint (control.type, ==, 3);
  g_assert_cmpuint (control.code, ==, 1);

  report.ee_origin = SO_EE_ORIGIN_LOCAL;
  add (&local, SOL_IP, IP_RECVERR, &report, sizeof report);
  vmm_control_read (&control, &local.message);
  g_assert_true (control.is_error && !control.is_icmp);
  g_assert_cmpint (control.number, ==, 113);

  add (&cut, SOL_IP, IP_RECVERR, &report, sizeof report - 1);
  vmm_control_read (&control, &cut.message);
  g_assert_false (control.is_error || control.is_departure);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/nothing", test_nothing);
  g_test_add_func ("/control/stamps", test_stamps);
  g_test_add_func ("/control/departure", test_departure);
  g_test_add_func ("/control/error", test_error);
  return g_test_run ();
}
