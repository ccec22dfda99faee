/* SPDX-License-Identifier: MIT */
/* work_text: a text, and what a compressor finds in it. */
#include "work_pieces.h"

#include "random.h"

#include <string.h>

#define PACKED_BYTES 4000u /* of the text, in a unit */
#define MAX_CHAIN 8
#define MIN_MATCH 4
#define NOWHERE G_MAXUINT16

static const char syllables[][8] = { "ta",  "ri", "no",  "e",  "mon",   "vir", "tual", "cpu",
                                     "ing", "er", "s ",  " ",  "\n",    ", ",  "the ", "1",
                                     "47",  "=",  "per", "un", "able ", "o",   "li",   "- " };

void
vmm_work_write_text (VmmWorkText text)
{
  guint64 random = 11;
  gsize   at = 0;

  while (at < VMM_WORK_TEXT_BYTES) {
    const char *syllable = syllables[vmm_random (&random) % G_N_ELEMENTS (syllables)];

    for (guint i = 0; syllable[i] != '\0' && at < VMM_WORK_TEXT_BYTES; i++)
      text[at++] = (unsigned char) syllable[i];
  }
  memset (text + at, 0, VMM_WORK_TEXT_ROOM);
}

static guint64
get_eight (const unsigned char *at)
{
  guint64 eight;

  memcpy (&eight, at, sizeof eight);
  return eight;
}

/* Of four bytes: equal ones have equal hashes. */
static guint
get_hash (const unsigned char *at)
{
  guint32 four = at[0] | (guint32) at[1] << 8 | (guint32) at[2] << 16 | (guint32) at[3] << 24;

  return (four * 2654435761u) >> 20;
}

G_STATIC_ASSERT (VMM_WORK_HASHES == 1 << 12);

static guint
get_match (const unsigned char *a, const unsigned char *b, guint most)
{
  guint length = 0;

  while (length < most && get_eight (a + length) == get_eight (b + length))
    length += 8;
  while (length < most && a[length] == b[length])
    length++;
  return MIN (length, most);
}

static guint
find_match (VmmWorkPacker *packer, const unsigned char *text, guint at, guint *ret_from)
{
  guint best = 0;
  guint hash = get_hash (text + at), candidate = packer->heads[hash];

  for (guint i = 0; i < MAX_CHAIN && candidate != NOWHERE; i++) {
    guint length = text[candidate + best] == text[at + best]
                       ? get_match (text + candidate, text + at, VMM_WORK_TEXT_ROOM / 2)
                       : 0;
    if (length > best) {
      best = length;
      *ret_from = candidate;
    }
    candidate = packer->before[candidate];
  }
  packer->before[at] = packer->heads[hash];
  packer->heads[hash] = (guint16) at;
  return best;
}

/* Sixteen at a time, as far as the next thing is not yet written. */
static guint
put (VmmWorkPacker *packer, guint to, const unsigned char *from, guint bytes)
{
  for (guint i = 0; i < bytes; i += 16)
    memcpy (packer->packed + to + i, from + i, 16);
  return to + bytes;
}

guint64
vmm_work_pack (VmmWorkPacker *packer, const VmmWorkText text)
{
  guint   literals = 0, to = 0, from = 0;
  guint64 sum = 0;

  memset (packer->heads, 0xff, sizeof packer->heads);
  for (guint at = 0; at < PACKED_BYTES;) {
    guint length = find_match (packer, text, at, &from);

    if (length < MIN_MATCH) {
      literals++;
      at++;
      continue;
    }
    to = put (packer, to, text + at - literals, literals);
    packer->packed[to++] = (guint8) length;
    packer->packed[to++] = (guint8) (at - from);
    packer->packed[to++] = (guint8) ((at - from) >> 8);
    sum += length;
    literals = 0;
    at += length;
  }
  return sum * 65536 + to;
}
