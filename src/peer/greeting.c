/* SPDX-License-Identifier: MIT */
/* greeting: the first bytes of a connection, what is asked for, and what is said to it. */
#include "greeting.h"

#include "vmm/peer.h"

#include <string.h>

/* Both begin with it. Then, asked: the kind, a zero, MiB in two bytes, ms in four, the first byte the
 * largest. Said: the verdict and seven zeros. */
static const char magic[8] = { 'v', 'm', 'm', 'p', 'e', 'e', 'r', '1' };

static void
write_figure (guint8 *bytes, guint n, guint figure)
{
  for (guint i = 0; i < n; i++)
    bytes[i] = (guint8) (figure >> 8 * (n - 1 - i));
}

static guint
read_figure (const guint8 *bytes, guint n)
{
  guint figure = 0;

  for (guint i = 0; i < n; i++)
    figure = figure << 8 | bytes[i];
  return figure;
}

void
vmm_greeting_write (guint8 *ret_bytes, const VmmGreeting *greeting)
{
  memcpy (ret_bytes, magic, sizeof magic);
  ret_bytes[8] = (guint8) greeting->kind;
  ret_bytes[9] = 0;
  write_figure (ret_bytes + 10, 2, greeting->mib);
  write_figure (ret_bytes + 12, 4, greeting->ms);
}

gboolean
vmm_greeting_read (const guint8 *bytes, VmmGreeting *ret_greeting)
{
  if (memcmp (bytes, magic, sizeof magic) != 0 || bytes[9] != 0 ||
      (bytes[8] != VMM_GREETING_ECHO && bytes[8] != VMM_GREETING_STREAM))
    return FALSE;
  *ret_greeting = (VmmGreeting){ (VmmGreetingKind) bytes[8], read_figure (bytes + 10, 2),
                                 read_figure (bytes + 12, 4) };
  return TRUE;
}

void
vmm_verdict_write (guint8 *ret_bytes, VmmVerdict verdict)
{
  memset (ret_bytes, 0, VMM_GREETING_BYTES);
  memcpy (ret_bytes, magic, sizeof magic);
  ret_bytes[8] = (guint8) verdict;
}

gboolean
vmm_verdict_read (const guint8 *bytes, VmmVerdict *ret_verdict)
{
  if (memcmp (bytes, magic, sizeof magic) != 0 || bytes[8] >= VMM_N_VERDICTS)
    return FALSE;
  *ret_verdict = (VmmVerdict) bytes[8];
  return TRUE;
}

gboolean
vmm_greeting_is_within (const VmmGreeting *greeting)
{
  guint most = greeting->kind == VMM_GREETING_STREAM ? VMM_PEER_STREAM_MIB : VMM_PEER_ECHO_MIB;

  return greeting->mib <= most && greeting->ms <= VMM_PEER_MS;
}
