/* SPDX-License-Identifier: MIT */
/* machine_id: which machine this is, in a way that nobody else can make out: as sd_id128_get_machine_app_specific()
 * does it, so that results of one machine can be told from those of another and lead to none. */
#include "machine.h"

#include "vmm/procfs.h"

#include <string.h>

#define BYTES 16

/* Of this program: 5e0f1c6b-8d42-4f0a-9d0e-6a7f3b21c984. Another one would make other machines of all. */
static const guint8 application[BYTES] = { 0x5e, 0x0f, 0x1c, 0x6b, 0x8d, 0x42, 0x4f, 0x0a,
                                           0x9d, 0x0e, 0x6a, 0x7f, 0x3b, 0x21, 0xc9, 0x84 };

static gboolean
parse (const char *text, guint8 *ret_id)
{
  for (gsize i = 0; i < BYTES; i++) {
    int high = g_ascii_xdigit_value (text[2 * i]);
    int low = high < 0 ? -1 : g_ascii_xdigit_value (text[2 * i + 1]);
    if (low < 0)
      return FALSE;
    ret_id[i] = (guint8) (high << 4 | low);
  }
  return text[2UL * BYTES] == '\0' || text[2UL * BYTES] == '\n';
}

static char *
hash (const guint8 *id)
{
  GHmac   *hmac = g_hmac_new (G_CHECKSUM_SHA256, id, BYTES);
  guint8   digest[32];
  gsize    length = sizeof digest;
  GString *text = g_string_new (NULL);

  g_hmac_update (hmac, application, BYTES);
  g_hmac_get_digest (hmac, digest, &length);
  g_hmac_unref (hmac);
  digest[6] = (digest[6] & 0x0f) | 0x40; /* a UUID by chance */
  digest[8] = (digest[8] & 0x3f) | 0x80;
  for (guint i = 0; i < BYTES; i++)
    g_string_append_printf (text, "%02x", digest[i]);
  return g_string_free (text, FALSE);
}

char *
machine_hash_id (const Machine *machine)
{
  g_autofree char *text = vmm_procfs_read_text (machine->root, "etc/machine-id", NULL);
  guint8           id[BYTES];

  return text && parse (text, id) ? hash (id) : g_strdup ("");
}
