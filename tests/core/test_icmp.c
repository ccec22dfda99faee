/* SPDX-License-Identifier: MIT */
/* test_icmp: a request is what the standard says, and only its own reply is taken for one. */
#include "icmp.h"

#include <string.h>

#define IP_HEADER 20
#define RAW_SIZE (IP_HEADER + VMM_ICMP_SIZE)

static const VmmIcmpForm forms[] = { VMM_ICMP_V4, VMM_ICMP_V4_RAW, VMM_ICMP_V6 };

static VmmIcmpEcho
make_echo (void)
{
  VmmIcmpEcho echo = { 0x1234, 0xfedc };
  for (guint i = 0; i < VMM_ICMP_PAYLOAD; i++)
    echo.payload[i] = (guint8) (i * 7 + 3);
  return echo;
}

/* RFC 1071, the slow way: the one's complement sum of all words is all ones. */
static guint
get_sum (const guint8 *bytes, gsize length)
{
  guint sum = 0;
  for (gsize i = 0; i < length; i += 2)
    sum += (guint) bytes[i] << 8 | bytes[i + 1];
  return (sum & 0xffff) + (sum >> 16);
}

static void
set_checksum (guint8 *bytes)
{
  bytes[2] = bytes[3] = 0;
  guint sum = ~get_sum (bytes, VMM_ICMP_SIZE);
  bytes[2] = (guint8) (sum >> 8);
  bytes[3] = (guint8) sum;
}

/* The reply that a host would send, as a socket of `form` hands it up; returns its length. */
static gsize
make_reply (guint8 bytes[RAW_SIZE], VmmIcmpForm form, const VmmIcmpEcho *echo)
{
  guint8 *message = bytes + (form == VMM_ICMP_V4_RAW ? IP_HEADER : 0);

  memset (bytes, 0, RAW_SIZE);
  vmm_icmp_build (message, form, echo);
  message[0] = form == VMM_ICMP_V6 ? 129 : 0;
  if (form == VMM_ICMP_V6)
    return VMM_ICMP_SIZE;
  set_checksum (message);
  if (form == VMM_ICMP_V4)
    return VMM_ICMP_SIZE;
  bytes[0] = 0x45;
  bytes[3] = RAW_SIZE;
  bytes[6] = 0x40; /* don't fragment */
  bytes[9] = 1;
  return RAW_SIZE;
}

static gboolean
is_taken (const guint8 *bytes, gsize length, VmmIcmpForm form)
{
  VmmIcmpEcho request = make_echo (), reply;
  /* A copy of exactly this length, for the sanitizers to guard. */
  g_autofree guint8 *copy = g_memdup2 (bytes, length);

  memset (&reply, 0xee, sizeof reply);
  const VmmIcmpEcho untouched = reply;
  if (vmm_icmp_parse (copy, length, form, &reply))
    return vmm_icmp_answers (&reply, &request);
  g_assert_cmpmem (&reply, sizeof reply, &untouched, sizeof untouched);
  return FALSE;
}

static void
test_build (void)
{
  VmmIcmpEcho echo = make_echo ();
  guint8      bytes[VMM_ICMP_SIZE];

  vmm_icmp_build (bytes, VMM_ICMP_V4, &echo);
  g_assert_cmpuint (bytes[0], ==, 8);
  g_assert_cmpuint (bytes[1], ==, 0);
  g_assert_cmpuint (bytes[4] << 8 | bytes[5], ==, 0x1234);
  g_assert_cmpuint (bytes[6] << 8 | bytes[7], ==, 0xfedc);
  g_assert_cmpmem (bytes + 8, VMM_ICMP_PAYLOAD, echo.payload, VMM_ICMP_PAYLOAD);
  g_assert_cmpuint (get_sum (bytes, sizeof bytes), ==, 0xffff);

  vmm_icmp_build (bytes, VMM_ICMP_V6, &echo);
  g_assert_cmpuint (bytes[0], ==, 128);
  g_assert_cmpuint (bytes[2] | bytes[3], ==, 0); /* the kernel's */
}

static void
test_reply (void)
{
  VmmIcmpEcho echo = make_echo ();
  guint8      bytes[RAW_SIZE];

  for (guint f = 0; f < G_N_ELEMENTS (forms); f++) {
    gsize length = make_reply (bytes, forms[f], &echo);
    g_assert_true (is_taken (bytes, length, forms[f]));
  }
}

/* A request that comes by, as on loopback, is no reply. */
static void
test_request (void)
{
  VmmIcmpEcho echo = make_echo ();
  guint8      bytes[VMM_ICMP_SIZE];

  vmm_icmp_build (bytes, VMM_ICMP_V4, &echo);
  g_assert_false (is_taken (bytes, sizeof bytes, VMM_ICMP_V4));
  vmm_icmp_build (bytes, VMM_ICMP_V6, &echo);
  g_assert_false (is_taken (bytes, sizeof bytes, VMM_ICMP_V6));
}

static void
test_cut_off (void)
{
  VmmIcmpEcho echo = make_echo ();
  guint8      bytes[RAW_SIZE + 1];

  for (guint f = 0; f < G_N_ELEMENTS (forms); f++) {
    gsize length = make_reply (bytes, forms[f], &echo);
    for (gsize cut = 0; cut < length; cut++)
      g_assert_false (is_taken (bytes, cut, forms[f]));
    if (forms[f] == VMM_ICMP_V4_RAW)
      continue; /* there the IPv4 header says where it ends */
    bytes[length] = 0;
    g_assert_false (is_taken (bytes, length + 1, forms[f]));
  }
}

/* Every single bit matters: of the header, or as a part of what the sender drew. IPv6 leaves its
 * checksum to the kernel. */
static void
test_flipped (void)
{
  VmmIcmpEcho echo = make_echo ();
  guint8      bytes[RAW_SIZE];

  for (guint f = 0; f < G_N_ELEMENTS (forms); f++) {
    gsize length = make_reply (bytes, forms[f], &echo);
    gsize first = forms[f] == VMM_ICMP_V4_RAW ? IP_HEADER : 0;
    for (gsize bit = first * 8; bit < length * 8; bit++) {
      gboolean is_checksum = bit / 8 == first + 2 || bit / 8 == first + 3;
      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      g_assert_cmpint (is_taken (bytes, length, forms[f]), ==,
                       forms[f] == VMM_ICMP_V6 && is_checksum);
      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  }
}

/* Well formed, checksum and all, and not the answer. */
static void
test_forged (void)
{
  guint8 bytes[RAW_SIZE];

  for (guint f = 0; f < G_N_ELEMENTS (forms); f++) {
    VmmIcmpEcho other = make_echo ();
    other.id++;
    g_assert_false (is_taken (bytes, make_reply (bytes, forms[f], &other), forms[f]));
    other = make_echo ();
    other.sequence--;
    g_assert_false (is_taken (bytes, make_reply (bytes, forms[f], &other), forms[f]));
    other = make_echo ();
    other.payload[VMM_ICMP_PAYLOAD - 1]++;
    g_assert_false (is_taken (bytes, make_reply (bytes, forms[f], &other), forms[f]));
  }
}

static void
test_ipv4_header (void)
{
  const struct {
    guint  offset;
    guint8 value;
    guint  is_good;
  } cases[] = {
    { 0, 0x65, FALSE },         /* version 6 */
    { 0, 0x44, FALSE },         /* header of 16 bytes */
    { 0, 0x4f, FALSE },         /* of 60: nothing is left */
    { 2, 1, FALSE },            /* longer than what came */
    { 3, RAW_SIZE - 1, FALSE }, /* ends within the payload */
    { 3, IP_HEADER - 1, FALSE },
    { 6, 0x20, FALSE }, /* more fragments */
    { 7, 1, FALSE },    /* a later fragment */
    { 9, 17, FALSE },   /* UDP */
    { 8, 64, TRUE },    /* time to live */
  };
  VmmIcmpEcho echo = make_echo ();
  guint8      bytes[RAW_SIZE + 4];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    make_reply (bytes, VMM_ICMP_V4_RAW, &echo);
    bytes[cases[i].offset] = cases[i].value;
    g_assert_cmpint (is_taken (bytes, RAW_SIZE, VMM_ICMP_V4_RAW), ==, cases[i].is_good);
  }

  /* With an option of 4 bytes. */
  make_reply (bytes, VMM_ICMP_V4_RAW, &echo);
  memmove (bytes + IP_HEADER + 4, bytes + IP_HEADER, VMM_ICMP_SIZE);
  bytes[0] = 0x46;
  bytes[3] = RAW_SIZE + 4;
  g_assert_true (is_taken (bytes, RAW_SIZE + 4, VMM_ICMP_V4_RAW));
}

static void
test_error_text (void)
{
  g_assert_cmpstr (vmm_icmp_error_text (VMM_ICMP_V4, 3, 1), ==, "host unreachable");
  g_assert_cmpstr (vmm_icmp_error_text (VMM_ICMP_V4_RAW, 3, 13), ==, "administratively prohibited");
  g_assert_cmpstr (vmm_icmp_error_text (VMM_ICMP_V4, 3, 200), ==, "destination unreachable");
  g_assert_cmpstr (vmm_icmp_error_text (VMM_ICMP_V6, 1, 3), ==, "address unreachable");
  g_assert_cmpstr (vmm_icmp_error_text (VMM_ICMP_V6, 11, 0), ==, "refused on the way");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/icmp/build", test_build);
  g_test_add_func ("/icmp/reply", test_reply);
  g_test_add_func ("/icmp/request", test_request);
  g_test_add_func ("/icmp/cut-off", test_cut_off);
  g_test_add_func ("/icmp/flipped", test_flipped);
  g_test_add_func ("/icmp/forged", test_forged);
  g_test_add_func ("/icmp/ipv4-header", test_ipv4_header);
  g_test_add_func ("/icmp/error-text", test_error_text);
  return g_test_run ();
}
