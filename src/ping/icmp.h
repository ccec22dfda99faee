/* SPDX-License-Identifier: MIT */
/* icmp: an echo as bytes, pure.
 *
 * Every echo carries 48 payload bytes that its sender drew at random and remembers: a reply that
 * brings them back answers that very request. Nothing here is trusted: lengths, header, checksum
 * and type are checked before a byte is used. */
#pragma once

#include <glib.h>

#define VMM_ICMP_PAYLOAD 48
#define VMM_ICMP_SIZE (8 + VMM_ICMP_PAYLOAD)

/* What a socket gives and takes. */
typedef enum {
  VMM_ICMP_V4,     /* SOCK_DGRAM, IPPROTO_ICMP: the message alone */
  VMM_ICMP_V4_RAW, /* SOCK_RAW, IPPROTO_ICMP: received behind its IPv4 header */
  VMM_ICMP_V6,     /* IPPROTO_ICMPV6, either kind: the message alone */
} VmmIcmpForm;

typedef struct {
  guint16 id, sequence;
  guint8  payload[VMM_ICMP_PAYLOAD];
} VmmIcmpEcho;

/* The request, as it is sent through a socket of `form`. The IPv6 checksum covers addresses that
 * only the kernel knows, and is left to it. */
void vmm_icmp_build (guint8 ret_packet[VMM_ICMP_SIZE], VmmIcmpForm form, const VmmIcmpEcho *echo);

/* An echo reply as it was received. FALSE (ret_echo untouched) for anything else: too short or too
 * long, another type, a fragment, a wrong checksum (IPv4; the kernel has checked IPv6's). */
gboolean vmm_icmp_parse (const guint8 *bytes, gsize length, VmmIcmpForm form,
                         VmmIcmpEcho *ret_echo);

/* Whether `reply` answers `request`: identifier, sequence and payload are the same. */
gboolean vmm_icmp_answers (const VmmIcmpEcho *reply, const VmmIcmpEcho *request);

/* What an ICMP error of this type and code says: "host unreachable". Static storage. */
const char *vmm_icmp_error_text (VmmIcmpForm form, guint8 type, guint8 code);
