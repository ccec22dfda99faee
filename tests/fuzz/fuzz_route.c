/* SPDX-License-Identifier: MIT */
/* fuzz_route: any text is a routing table with a gateway, or an error; and as what is to be pinged,
 * the address of one host, or an error. */
#include "route.h"
#include "target.h"

#include <arpa/inet.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef gboolean (*Parse) (const char *text, gsize length, VmmGateway *ret_gateway, GError **error);

static void
check (Parse parse, int family, const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  VmmGateway gateway;
  char       text[INET6_ADDRSTRLEN];

  if (!parse ((const char *) data, size, &gateway, &error)) {
    g_assert_nonnull (error);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpint (gateway.family, ==, family);
  g_assert_nonnull (inet_ntop (family, &gateway.address, text, sizeof text));
  gsize length = strnlen (gateway.interface, IF_NAMESIZE);
  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (length, <, IF_NAMESIZE);
  g_assert_true (g_utf8_validate (gateway.interface, -1, NULL));
}

static void
check_target (const char *text)
{
  g_autoptr (GError) error = NULL;
  VmmTarget target;

  if (!vmm_target_find ("/", text, &target, &error)) {
    g_assert_nonnull (error);
    return;
  }
  g_assert_no_error (error);
  g_assert_true (target.kind == VMM_TARGET_GIVEN || target.kind == VMM_TARGET_SELF);
  g_assert_cmpuint (strnlen (target.text, sizeof target.text), <, sizeof target.text);
  g_assert_cmpuint (target.length, <=, sizeof target.address);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_target (text);
  check (vmm_route_parse_ipv4, AF_INET, data, size);
  check (vmm_route_parse_ipv6, AF_INET6, data, size);
  return 0;
}
