/* SPDX-License-Identifier: MIT */
/* test_route: the default gateway is found among the routes, and the right one of several. */
#include "machine.h"
#include "route.h"
#include "target.h"
#include "vmm/error.h"

#include <arpa/inet.h>

#define HEAD "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
#define NET "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0      \n"
#define GATEWAY "eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0      \n"

#define ANY "00000000000000000000000000000000"
#define NEXT "fe80000000000000000000000000000a"
#define NET6                                                                                       \
  "fd000000000000000000000000000000 40 " ANY " 00 " ANY                                            \
  " 00000100 00000001 00000000 00000001     eth0\n"
#define GATEWAY6 ANY " 00 " ANY " 00 " NEXT " 00000400 00000002 00000000 00000003     eth0\n"
#define REJECT6 ANY " 00 " ANY " 00 " ANY " ffffffff 00000001 00000000 00200200       lo\n"

typedef struct {
  const char *name, *text;
  const char *address; /* NULL = none is found */
  const char *interface;
  int         code; /* then */
} Case;

/* clang-format off */
static const Case ipv4_cases[] = {
  { "plain", HEAD GATEWAY NET, "192.0.2.1", "eth0" },
  { "no header", GATEWAY NET, "192.0.2.1", "eth0" },
  { "last", HEAD NET GATEWAY, "192.0.2.1", "eth0" },
  { "smaller metric", HEAD GATEWAY "wlan0\t00000000\t0A0200C0\t0003\t0\t0\t99\t00000000\t0\t0\t0\n", "192.0.2.10", "wlan0" },
  { "larger metric", HEAD GATEWAY "wlan0\t00000000\t0A0200C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n", "192.0.2.1", "eth0" },
  { "equal metric", HEAD GATEWAY "wlan0\t00000000\t0A0200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n", "192.0.2.1", "eth0" },
  { "largest metric", "eth0\t00000000\t010200C0\t0003\t0\t0\t4294967295\t00000000\t0\t0\t0\n", "192.0.2.1", "eth0" },
  { "no trailing fields", "eth0 00000000 010200C0 0003 0 0 0 00000000\n", "192.0.2.1", "eth0" },
  { "down", HEAD "eth0\t00000000\t010200C0\t0002\t0\t0\t0\t00000000\t0\t0\t0\n", NULL, NULL, VMM_ERROR_MISSING },
  { "reject", HEAD "eth0\t00000000\t010200C0\t0203\t0\t0\t0\t00000000\t0\t0\t0\n", NULL, NULL, VMM_ERROR_MISSING },
  { "tunnel", HEAD "tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n", NULL, NULL, VMM_ERROR_MISSING },
  { "half of the world", HEAD "tun0\t00000000\t010200C0\t0003\t0\t0\t0\t00000080\t0\t0\t0\n", NULL, NULL, VMM_ERROR_MISSING },
  { "a net", HEAD NET, NULL, NULL, VMM_ERROR_MISSING },
  { "header alone", HEAD, NULL, NULL, VMM_ERROR_MISSING },
  { "empty", "", NULL, NULL, VMM_ERROR_MISSING },
  { "cut off within the gateway", HEAD "eth0\t00000000\t0102", NULL, NULL, VMM_ERROR_MISSING },
  { "cut off behind it", HEAD GATEWAY "wlan0\t000", "192.0.2.1", "eth0" },
  { "garbage", "\x7f" "ELF\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "blank line", HEAD "\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "header twice", HEAD HEAD, NULL, NULL, VMM_ERROR_FORMAT },
  { "garbage behind it", HEAD GATEWAY "eth0\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "not hexadecimal", "eth0\t00000000\t0102x0C0\t0003\t0\t0\t0\t00000000\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "nine digits", "eth0\t000000000\t010200C0\t0003\t0\t0\t0\t00000000\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "negative metric", "eth0\t00000000\t010200C0\t0003\t0\t0\t-1\t00000000\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "metric too large", "eth0\t00000000\t010200C0\t0003\t0\t0\t4294967296\t00000000\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "name too long", "sixteen-byte-nam\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "name of 15", "fifteen-byte-na\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\n", "192.0.2.1", "fifteen-byte-na" },
  { "name not UTF-8", "eth\xff\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\n", NULL, NULL, VMM_ERROR_FORMAT },
};

static const Case ipv6_cases[] = {
  { "plain", NET6 GATEWAY6 REJECT6, "fe80::a", "eth0" },
  { "smaller metric", GATEWAY6 ANY " 00 " ANY " 00 fd000000000000000000000000000001 000003ff 00000002 00000000 00000003 eth1\n", "fd00::1", "eth1" },
  { "larger metric", GATEWAY6 ANY " 00 " ANY " 00 fd000000000000000000000000000001 00000401 00000002 00000000 00000003 eth1\n", "fe80::a", "eth0" },
  { "of some sources", ANY " 00 fd000000000000000000000000000000 40 " NEXT " 00000400 00000002 00000000 00000003 eth0\n", NULL, NULL, VMM_ERROR_MISSING },
  { "half of the world", ANY " 01 " ANY " 00 " NEXT " 00000400 00000002 00000000 00000003 eth0\n", NULL, NULL, VMM_ERROR_MISSING },
  { "down", ANY " 00 " ANY " 00 " NEXT " 00000400 00000002 00000000 00000002 eth0\n", NULL, NULL, VMM_ERROR_MISSING },
  { "reject alone", REJECT6, NULL, NULL, VMM_ERROR_MISSING },
  { "empty", "", NULL, NULL, VMM_ERROR_MISSING },
  { "cut off", ANY " 00 " ANY " 00 " NEXT " 00000400 00000002 00000000 00000003     eth0", NULL, NULL, VMM_ERROR_MISSING },
  { "short address", "0000 00 " ANY " 00 " NEXT " 00000400 00000002 00000000 00000003 eth0\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "long address", ANY "0 00 " ANY " 00 " NEXT " 00000400 00000002 00000000 00000003 eth0\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "not hexadecimal", ANY " 00 " ANY " 00 fe80000000000000000000000000000g 00000400 00000002 00000000 00000003 eth0\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "no interface", ANY " 00 " ANY " 00 " NEXT " 00000400 00000002 00000000 00000003\n", NULL, NULL, VMM_ERROR_FORMAT },
  { "the other table", HEAD GATEWAY, NULL, NULL, VMM_ERROR_FORMAT },
};
/* clang-format on */

typedef gboolean (*Parse) (const char *text, gsize length, VmmGateway *ret_gateway, GError **error);

static void
check (const Case *row, Parse parse)
{
  g_autoptr (GError) error = NULL;
  /* A copy without a terminator, for the sanitizers to guard. */
  gsize            length = strlen (row->text);
  g_autofree char *copy = g_memdup2 (row->text, length);
  VmmGateway       gateway = { AF_UNIX };
  char             text[INET6_ADDRSTRLEN];

  g_test_message ("%s", row->name);
  g_assert_cmpint (parse (copy, length, &gateway, &error), ==, row->address != NULL);
  if (!row->address) {
    g_assert_error (error, VMM_ERROR, row->code);
    g_assert_true (g_str_has_prefix (error->message, "proc/net/"));
    g_assert_cmpint (gateway.family, ==, AF_UNIX); /* untouched */
    return;
  }
  g_assert_no_error (error);
  g_assert_nonnull (inet_ntop (gateway.family, &gateway.address, text, sizeof text));
  g_assert_cmpstr (text, ==, row->address);
  g_assert_cmpstr (gateway.interface, ==, row->interface);
}

static void
test_ipv4 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ipv4_cases); i++)
    check (&ipv4_cases[i], vmm_route_parse_ipv4);
}

static void
test_ipv6 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ipv6_cases); i++)
    check (&ipv6_cases[i], vmm_route_parse_ipv6);
}

static void
test_message (void)
{
  g_autoptr (GError) error = NULL;
  const char text[] = HEAD NET "nonsense\n";
  VmmGateway               gateway;

  g_assert_false (vmm_route_parse_ipv4 (text, strlen (text), &gateway, &error));
  g_assert_cmpstr (error->message, ==, "proc/net/route: line 3 is not a route");
}

/* IPv4 before IPv6, whatever the metrics; and what is said when there is neither. */
static void
test_machine (void)
{
  g_autoptr (GError) error = NULL;
  char      *root = machine_new ();
  VmmGateway gateway;

  g_assert_false (vmm_route_find (root, &gateway, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_MISSING);
  g_clear_error (&error);

  machine_write (root, "proc/net/route", HEAD NET);
  g_assert_false (vmm_route_find (root, &gateway, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_MISSING);
  g_assert_cmpstr (error->message, ==,
                   "no default gateway in proc/net/route or proc/net/ipv6_route");
  g_clear_error (&error);

  machine_write (root, "proc/net/ipv6_route", NET6 GATEWAY6);
  g_assert_true (vmm_route_find (root, &gateway, NULL));
  g_assert_cmpint (gateway.family, ==, AF_INET6);

  machine_write (root, "proc/net/route", HEAD GATEWAY);
  g_assert_true (vmm_route_find (root, &gateway, NULL));
  g_assert_cmpint (gateway.family, ==, AF_INET);

  /* A table that cannot be read is not "no gateway", unless the other one has it. */
  machine_write (root, "proc/net/route", "garbage\n");
  g_assert_true (vmm_route_find (root, &gateway, NULL));
  g_assert_cmpint (gateway.family, ==, AF_INET6);
  machine_write (root, "proc/net/ipv6_route", NET6);
  g_assert_false (vmm_route_find (root, &gateway, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_FORMAT);
  machine_free (root);
}

static void
assert_target (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  VmmTarget target = { VMM_TARGET_NONE };

  g_assert_cmpint (vmm_target_find ("/nowhere", text, &target, &error), ==, expected != NULL);
  if (expected) {
    g_assert_cmpstr (target.text, ==, expected);
    gboolean self = g_str_has_prefix (expected, "127.") || g_str_equal (expected, "::1");
    g_assert_cmpint (target.kind, ==, self ? VMM_TARGET_SELF : VMM_TARGET_GIVEN);
  } else {
    g_assert_true (strstr (error->message, "ping target") != NULL);
    g_assert_cmpint (target.kind, ==, VMM_TARGET_NONE); /* untouched */
  }
}

/* The address of the cloud that the firmware names; of what it does not name, there is none. */
static void
test_cloud (void)
{
  char *root = machine_new ();
  g_autoptr (GError) error = NULL;
  VmmTarget target = { VMM_TARGET_NONE };

  g_assert_false (vmm_target_find (root, "cloud", &target, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_MISSING);
  machine_write (root, "sys/class/dmi/id/product_name", "Alibaba Cloud ECS");
  g_assert_true (vmm_target_find (root, "cloud", &target, NULL));
  g_assert_cmpint (target.kind, ==, VMM_TARGET_CLOUD);
  g_assert_cmpstr (target.text, ==, "100.100.100.200");
  machine_free (root);
}

static void
test_given (void)
{
  assert_target ("127.0.0.1", "127.0.0.1");
  assert_target ("::1", "::1");
  assert_target ("FD00::0:1", "fd00::1");
  assert_target ("fe80::1%lo", "fe80::1%lo");
  assert_target ("fe80::1", NULL);
  assert_target ("fe80::1%", NULL);
  assert_target ("fe80::1%no-such-link", NULL);
  assert_target ("fd00::1%lo", NULL);
  assert_target ("127.0.0.1%lo", NULL);
  assert_target ("", NULL);
  assert_target ("localhost", NULL);
  assert_target ("127.1", NULL);
  assert_target ("0.0.0.0", NULL);
  assert_target ("255.255.255.255", NULL);
  assert_target ("224.0.0.1", NULL);
  assert_target ("::", NULL);
  assert_target ("ff02::1", NULL);
  assert_target ("::ffff:127.0.0.1", NULL);
}

static void
test_gateway (void)
{
  char     *root = machine_new ();
  VmmTarget a, b;

  machine_write (root, "proc/net/route", HEAD GATEWAY);
  g_assert_true (vmm_target_find (root, NULL, &a, NULL));
  g_assert_cmpstr (a.text, ==, "192.0.2.1");
  g_assert_cmpint (a.kind, ==, VMM_TARGET_GATEWAY);
  g_assert_cmpint (a.address.any.sa_family, ==, AF_INET);
  g_assert_true (vmm_target_find (root, "192.0.2.1", &b, NULL));
  g_assert_true (vmm_target_equal (&a, &b));
  g_assert_true (vmm_target_find (root, "192.0.2.2", &b, NULL));
  g_assert_false (vmm_target_equal (&a, &b));
  g_assert_true (vmm_target_find (root, "::1", &b, NULL));
  g_assert_false (vmm_target_equal (&a, &b));

  /* A link-local gateway is one of its interface. */
  machine_write (root, "proc/net/route", HEAD);
  machine_write (root, "proc/net/ipv6_route",
                 ANY " 00 " ANY " 00 " NEXT " 00000400 00000002 00000000 00000003 lo\n");
  g_assert_true (vmm_target_find (root, NULL, &a, NULL));
  g_assert_cmpstr (a.text, ==, "fe80::a%lo");
  g_assert_cmpuint (a.address.v6.sin6_scope_id, ==, if_nametoindex ("lo"));
  machine_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/ipv4", test_ipv4);
  g_test_add_func ("/route/ipv6", test_ipv6);
  g_test_add_func ("/route/message", test_message);
  g_test_add_func ("/route/machine", test_machine);
  g_test_add_func ("/target/given", test_given);
  g_test_add_func ("/target/cloud", test_cloud);
  g_test_add_func ("/target/gateway", test_gateway);
  return g_test_run ();
}
