/* SPDX-License-Identifier: MIT */
/* route: the default gateway of a machine, from its routing tables as text. */
#include "route.h"

#include "vmm/error.h"
#include "vmm/language.h"
#include "vmm/procfs.h"

#include <string.h>

/* include/uapi/linux/route.h */
#define ROUTE_UP 0x0001
#define ROUTE_GATEWAY 0x0002
#define ROUTE_REJECT 0x0200

/* One word of at most 8 hexadecimal digits. */
static gboolean
next_hex (VmmProcText *line, guint32 *ret_value)
{
  VmmProcText word;
  guint32     value = 0;

  if (!vmm_procfs_next_word (line, &word) || word.end - word.at > 8)
    return FALSE;
  for (const char *at = word.at; at < word.end; at++) {
    int digit = g_ascii_xdigit_value (*at);
    if (digit < 0)
      return FALSE;
    value = value << 4 | (guint32) digit;
  }
  *ret_value = value;
  return TRUE;
}

static gboolean
next_metric (VmmProcText *line, guint32 *ret_value)
{
  guint64 value;
  if (!vmm_procfs_next_number (line, &value) || value > G_MAXUINT32)
    return FALSE;
  *ret_value = (guint32) value;
  return TRUE;
}

/* 32 hexadecimal digits, first byte first. */
static gboolean
next_ipv6 (VmmProcText *line, struct in6_addr *ret_address)
{
  VmmProcText     word;
  struct in6_addr address;

  if (!vmm_procfs_next_word (line, &word) || word.end - word.at != 2 * sizeof address.s6_addr)
    return FALSE;
  for (gsize i = 0; i < sizeof address.s6_addr; i++) {
    int high = g_ascii_xdigit_value (word.at[2 * i]);
    int low = g_ascii_xdigit_value (word.at[2 * i + 1]);
    if (high < 0 || low < 0)
      return FALSE;
    address.s6_addr[i] = (guint8) (high << 4 | low);
  }
  *ret_address = address;
  return TRUE;
}

static gboolean
next_interface (VmmProcText *line, char ret_name[IF_NAMESIZE])
{
  VmmProcText word;

  if (!vmm_procfs_next_word (line, &word) || word.end - word.at >= IF_NAMESIZE ||
      !g_utf8_validate (word.at, word.end - word.at, NULL))
    return FALSE;
  memset (ret_name, 0, IF_NAMESIZE);
  memcpy (ret_name, word.at, word.end - word.at);
  return TRUE;
}

static gboolean
is_usable (guint32 flags)
{
  return (flags & (ROUTE_UP | ROUTE_GATEWAY | ROUTE_REJECT)) == (ROUTE_UP | ROUTE_GATEWAY);
}

/* Iface Destination Gateway Flags RefCnt Use Metric Mask; addresses are printed as one number, so
 * they read back as they lie in memory. */
static gboolean
parse_ipv4_line (VmmProcText line, VmmGateway *ret_route, gboolean *ret_is_default)
{
  guint32 destination, gateway, flags, mask;
  guint64 references, uses;

  if (!next_interface (&line, ret_route->interface) || !next_hex (&line, &destination) ||
      !next_hex (&line, &gateway) || !next_hex (&line, &flags) ||
      !vmm_procfs_next_number (&line, &references) || !vmm_procfs_next_number (&line, &uses) ||
      !next_metric (&line, &ret_route->metric) || !next_hex (&line, &mask))
    return FALSE;
  ret_route->family = AF_INET;
  ret_route->address.v4.s_addr = gateway;
  *ret_is_default = destination == 0 && mask == 0 && gateway != 0 && is_usable (flags);
  return TRUE;
}

/* Destination, its prefix length, source, its prefix length, next hop, metric, references, uses,
 * flags, interface; numbers hexadecimal. A route for some sources only is not the default. */
static gboolean
parse_ipv6_line (VmmProcText line, VmmGateway *ret_route, gboolean *ret_is_default)
{
  struct in6_addr destination, source;
  guint32         length, source_length, references, uses, flags;

  if (!next_ipv6 (&line, &destination) || !next_hex (&line, &length) ||
      !next_ipv6 (&line, &source) || !next_hex (&line, &source_length) ||
      !next_ipv6 (&line, &ret_route->address.v6) || !next_hex (&line, &ret_route->metric) ||
      !next_hex (&line, &references) || !next_hex (&line, &uses) || !next_hex (&line, &flags) ||
      !next_interface (&line, ret_route->interface))
    return FALSE;
  ret_route->family = AF_INET6;
  *ret_is_default = length == 0 && source_length == 0 && is_usable (flags) &&
                    !IN6_IS_ADDR_UNSPECIFIED (&ret_route->address.v6);
  return TRUE;
}

typedef struct {
  const char *path;
  gboolean (*parse_line) (VmmProcText line, VmmGateway *ret_route, gboolean *ret_is_default);
} Table;

static const Table ipv4 = { "proc/net/route", parse_ipv4_line };
static const Table ipv6 = { "proc/net/ipv6_route", parse_ipv6_line };

static gboolean
parse (const Table *table, const char *text, gsize length, VmmGateway *ret_gateway, GError **error)
{
  VmmProcText rest = { text, length > 0 ? text + length : text }, line;
  VmmGateway  best = { AF_UNSPEC };

  for (guint number = 1; vmm_procfs_next_line (&rest, &line); number++) {
    VmmGateway route = { AF_UNSPEC };
    gboolean   is_default = FALSE;

    if (number == 1 && vmm_procfs_skip (&line, "Iface"))
      continue;
    if (!table->parse_line (line, &route, &is_default)) {
      g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT, VMM_SAID ("%s: line %u is not a route"),
                   table->path, number);
      return FALSE;
    }
    if (is_default && (best.family == AF_UNSPEC || route.metric < best.metric))
      best = route;
  }
  if (best.family == AF_UNSPEC) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_MISSING, VMM_SAID ("%s: no default gateway"),
                 table->path);
    return FALSE;
  }
  *ret_gateway = best;
  return TRUE;
}

static gboolean
find_in (const char *root, const Table *table, VmmGateway *ret_gateway, GError **error)
{
  VmmProcFile file;

  vmm_procfs_init (&file, root, table->path);
  gboolean found =
      vmm_procfs_read (&file, error) && parse (table, file.text, file.length, ret_gateway, error);
  vmm_procfs_clear (&file);
  return found;
}

gboolean
vmm_route_parse_ipv4 (const char *text, gsize length, VmmGateway *ret_gateway, GError **error)
{
  return parse (&ipv4, text, length, ret_gateway, error);
}

gboolean
vmm_route_parse_ipv6 (const char *text, gsize length, VmmGateway *ret_gateway, GError **error)
{
  return parse (&ipv6, text, length, ret_gateway, error);
}

gboolean
vmm_route_find (const char *root, VmmGateway *ret_gateway, GError **error)
{
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  if (find_in (root, &ipv4, ret_gateway, &first) || find_in (root, &ipv6, ret_gateway, &second))
    return TRUE;

  /* A machine without IPv6 has no such file; a table that cannot be read is the graver news. */
  gboolean is_missing = g_error_matches (first, VMM_ERROR, VMM_ERROR_MISSING);
  if (is_missing && g_error_matches (second, VMM_ERROR, VMM_ERROR_MISSING))
    g_set_error (error, VMM_ERROR, VMM_ERROR_MISSING, VMM_SAID ("no default gateway in %s or %s"),
                 ipv4.path, ipv6.path);
  else
    g_set_error (error, VMM_ERROR, is_missing ? second->code : first->code, "%s; %s",
                 first->message, second->message);
  return FALSE;
}
