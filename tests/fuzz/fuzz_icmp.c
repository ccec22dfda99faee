/* SPDX-License-Identifier: MIT */
/* fuzz_icmp: whatever is read from a socket is an echo reply or nothing. */
#include "icmp.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const VmmIcmpForm forms[] = { VMM_ICMP_V4, VMM_ICMP_V4_RAW, VMM_ICMP_V6 };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    VmmIcmpEcho echo;
    guint8      request[VMM_ICMP_SIZE];

    if (!vmm_icmp_parse (data, size, forms[i], &echo))
      continue;
    /* What was read is there: identifier, sequence and payload are the message's last bytes, unless
     * something follows its IPv4 packet. */
    vmm_icmp_build (request, forms[i], &echo);
    g_assert_true (memmem (data, size, request + 4, VMM_ICMP_SIZE - 4) != NULL);
    g_assert_true (vmm_icmp_answers (&echo, &echo));
  }
  if (size >= 2)
    for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
      g_assert_nonnull (vmm_icmp_error_text (forms[i], data[0], data[1]));
  return 0;
}
