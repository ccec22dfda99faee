/* SPDX-License-Identifier: MIT */
/* icmp: an echo as bytes (RFC 792, RFC 4443). */
#include "icmp.h"
#include "vmm/language.h"

#include <string.h>

#define IPV4_HEADER_MIN 20
#define PROTOCOL_ICMP 1

static const struct {
  guint8 request, reply;
} types[] = {
  [VMM_ICMP_V4] = { 8, 0 },
  [VMM_ICMP_V4_RAW] = { 8, 0 },
  [VMM_ICMP_V6] = { 128, 129 },
};

#define ANY_CODE 256

/* clang-format off */
static const struct {
  gboolean    v6;
  guint       type, code;
  const char *text;
} errors[] = {
  { FALSE,  3,  0, VMM_SAID ("network unreachable") },
  { FALSE,  3,  1, VMM_SAID ("host unreachable") },
  { FALSE,  3,  2, VMM_SAID ("protocol unreachable") },
  { FALSE,  3,  3, VMM_SAID ("port unreachable") },
  { FALSE,  3,  9, VMM_SAID ("network administratively prohibited") },
  { FALSE,  3, 10, VMM_SAID ("host administratively prohibited") },
  { FALSE,  3, 13, VMM_SAID ("administratively prohibited") },
  { FALSE,  3, ANY_CODE, VMM_SAID ("destination unreachable") },
  { FALSE, 11, ANY_CODE, VMM_SAID ("time to live exceeded") },
  { TRUE,   1,  0, VMM_SAID ("no route") },
  { TRUE,   1,  1, VMM_SAID ("administratively prohibited") },
  { TRUE,   1,  3, VMM_SAID ("address unreachable") },
  { TRUE,   1,  4, VMM_SAID ("port unreachable") },
  { TRUE,   1, ANY_CODE, VMM_SAID ("destination unreachable") },
  { TRUE,   3, ANY_CODE, VMM_SAID ("hop limit exceeded") },
};
/* clang-format on */

static guint16
get_u16 (const guint8 *bytes)
{
  return (guint16) (bytes[0] << 8 | bytes[1]);
}

static void
put_u16 (guint8 *bytes, guint16 value)
{
  bytes[0] = (guint8) (value >> 8);
  bytes[1] = (guint8) value;
}

/* RFC 1071. Over a message that holds its own checksum: 0 when it is right. */
static guint16
get_checksum (const guint8 *bytes, gsize length)
{
  guint32 sum = 0;
  for (gsize i = 0; i + 1 < length; i += 2)
    sum += get_u16 (bytes + i);
  if (length % 2)
    sum += (guint32) bytes[length - 1] << 8;
  while (sum >> 16)
    sum = (sum & 0xffff) + (sum >> 16);
  return (guint16) ~sum;
}

/* Moves `bytes` and `length` on to what a whole, unfragmented IPv4 packet of ICMP carries. */
static gboolean
skip_ipv4_header (const guint8 **bytes, gsize *length)
{
  const guint8 *header = *bytes;
  if (*length < IPV4_HEADER_MIN || header[0] >> 4 != 4)
    return FALSE;

  gsize header_length = (gsize) (header[0] & 15) * 4, total = get_u16 (header + 2);
  if (header_length < IPV4_HEADER_MIN || total < header_length || total > *length)
    return FALSE;
  if (get_u16 (header + 6) & 0x3fff || header[9] != PROTOCOL_ICMP)
    return FALSE;
  *bytes += header_length;
  *length = total - header_length;
  return TRUE;
}

void
vmm_icmp_build (guint8 ret_packet[VMM_ICMP_SIZE], VmmIcmpForm form, const VmmIcmpEcho *echo)
{
  memset (ret_packet, 0, 8);
  ret_packet[0] = types[form].request;
  put_u16 (ret_packet + 4, echo->id);
  put_u16 (ret_packet + 6, echo->sequence);
  memcpy (ret_packet + 8, echo->payload, VMM_ICMP_PAYLOAD);
  if (form != VMM_ICMP_V6)
    put_u16 (ret_packet + 2, get_checksum (ret_packet, VMM_ICMP_SIZE));
}

gboolean
vmm_icmp_parse (const guint8 *bytes, gsize length, VmmIcmpForm form, VmmIcmpEcho *ret_echo)
{
  if (form == VMM_ICMP_V4_RAW && !skip_ipv4_header (&bytes, &length))
    return FALSE;
  if (length != VMM_ICMP_SIZE || bytes[0] != types[form].reply || bytes[1] != 0)
    return FALSE;
  if (form != VMM_ICMP_V6 && get_checksum (bytes, length) != 0)
    return FALSE;

  ret_echo->id = get_u16 (bytes + 4);
  ret_echo->sequence = get_u16 (bytes + 6);
  memcpy (ret_echo->payload, bytes + 8, VMM_ICMP_PAYLOAD);
  return TRUE;
}

gboolean
vmm_icmp_answers (const VmmIcmpEcho *reply, const VmmIcmpEcho *request)
{
  return reply->id == request->id && reply->sequence == request->sequence &&
         memcmp (reply->payload, request->payload, VMM_ICMP_PAYLOAD) == 0;
}

const char *
vmm_icmp_error_text (VmmIcmpForm form, guint8 type, guint8 code)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].v6 == (form == VMM_ICMP_V6) && errors[i].type == type &&
        (errors[i].code == code || errors[i].code == ANY_CODE))
      return errors[i].text;
  return VMM_SAID ("refused on the way");
}
