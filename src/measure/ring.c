/* SPDX-License-Identifier: MIT */
/* ring: a fixed number of rows, stored channel by channel, with the extremes of each block. */
#include "vmm/ring.h"

#include "vmm/channel.h"

/* Rows whose smallest and largest value are kept beside them: a scan of n rows reads n / BLOCK
 * pairs and at most 2 * BLOCK values. 16 costs an eighth of the values' memory. */
#define BLOCK 16

typedef struct {
  float min, max; /* +inf, -inf when no value of the block is present */
} Extremes;

/* A row's slot is its serial number modulo `capacity`, which is a multiple of BLOCK, so a block of
 * slots is always a block of consecutive rows. `kept` is what the user asked for. */
struct _VmmRing {
  guint     channels, kept, capacity, blocks;
  guint64   pushed;
  guint64   forgotten; /* of these, when it was resized */
  gint64   *times;     /* [capacity] */
  float    *values;    /* [channels][capacity] */
  Extremes *extremes;  /* [channels][blocks] */
};

static guint
get_slot (const VmmRing *ring, guint i)
{
  return (guint) ((ring->pushed - vmm_ring_get_length (ring) + i) % ring->capacity);
}

/* An absent value is a NaN, which is neither less nor greater. */
static void
widen (Extremes *extremes, float value)
{
  if (value < extremes->min)
    extremes->min = value;
  if (value > extremes->max)
    extremes->max = value;
}

/* One block more than kept: the block being refilled never holds a row that is still kept. */
static guint
count_blocks (guint capacity)
{
  return (capacity + BLOCK - 1) / BLOCK + 1;
}

static void
allocate (VmmRing *ring, guint capacity)
{
  ring->kept = capacity;
  ring->blocks = count_blocks (capacity);
  ring->capacity = ring->blocks * BLOCK;
  ring->times = g_new0 (gint64, ring->capacity);
  ring->values = g_new0 (float, (gsize) ring->channels * ring->capacity);
  ring->extremes = g_new0 (Extremes, (gsize) ring->channels * ring->blocks);
}

static void
release (VmmRing *ring)
{
  g_free (ring->times);
  g_free (ring->values);
  g_free (ring->extremes);
}

VmmRing *
vmm_ring_new (guint capacity, guint channels)
{
  g_return_val_if_fail (capacity >= 1 && capacity <= 1u << 24, NULL);
  g_return_val_if_fail (channels >= 1 && channels <= 4096, NULL);

  VmmRing *ring = g_new0 (VmmRing, 1);
  ring->channels = channels;
  allocate (ring, capacity);
  return ring;
}

void
vmm_ring_free (VmmRing *ring)
{
  if (!ring)
    return;
  release (ring);
  g_free (ring);
}

/* A block that begins before the oldest row is never read whole. */
void
vmm_ring_resize (VmmRing *ring, guint capacity)
{
  g_return_if_fail (capacity >= 1 && capacity <= 1u << 24);

  VmmRing           old = *ring;
  guint             n = MIN (vmm_ring_get_length (ring), capacity);
  guint             skipped = vmm_ring_get_length (ring) - n;
  g_autofree float *row = g_new0 (float, ring->channels);

  allocate (ring, capacity);
  ring->pushed = ring->forgotten = old.pushed - n;
  for (guint i = skipped; i < skipped + n; i++) {
    for (guint c = 0; c < old.channels; c++)
      row[c] = vmm_ring_get (&old, i, c);
    vmm_ring_push (ring, vmm_ring_get_time (&old, i), row);
  }
  release (&old);
}

gsize
vmm_ring_size (guint capacity, guint channels)
{
  gsize block =
      BLOCK * (sizeof (gint64) + channels * sizeof (float)) + channels * sizeof (Extremes);

  return sizeof (VmmRing) + count_blocks (capacity) * block;
}

void
vmm_ring_push (VmmRing *ring, gint64 time_us, const float *row)
{
  g_return_if_fail (vmm_ring_get_length (ring) == 0 ||
                    time_us > vmm_ring_get_time (ring, vmm_ring_get_length (ring) - 1));

  guint slot = (guint) (ring->pushed % ring->capacity);
  ring->times[slot] = time_us;
  for (guint c = 0; c < ring->channels; c++) {
    Extremes *extremes = &ring->extremes[(gsize) c * ring->blocks + slot / BLOCK];
    float     value = isinf (row[c]) ? vmm_absent (VMM_FAILED) : row[c];

    ring->values[(gsize) c * ring->capacity + slot] = value;
    if (slot % BLOCK == 0)
      *extremes = (Extremes){ INFINITY, -INFINITY };
    widen (extremes, value);
  }
  ring->pushed++;
}

guint
vmm_ring_get_length (const VmmRing *ring)
{
  return (guint) MIN (ring->pushed - ring->forgotten, ring->kept);
}

guint64
vmm_ring_get_pushed (const VmmRing *ring)
{
  return ring->pushed;
}

gint64
vmm_ring_get_time (const VmmRing *ring, guint i)
{
  g_return_val_if_fail (i < vmm_ring_get_length (ring), 0);
  return ring->times[get_slot (ring, i)];
}

float
vmm_ring_get (const VmmRing *ring, guint i, guint channel)
{
  g_return_val_if_fail (i < vmm_ring_get_length (ring), vmm_absent (VMM_FAILED));
  g_return_val_if_fail (channel < ring->channels, vmm_absent (VMM_FAILED));
  return ring->values[(gsize) channel * ring->capacity + get_slot (ring, i)];
}

guint
vmm_ring_find (const VmmRing *ring, gint64 time_us)
{
  guint low = 0, high = vmm_ring_get_length (ring);
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (ring->times[get_slot (ring, middle)] < time_us)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

gboolean
vmm_ring_get_extremes (const VmmRing *ring, guint channel, guint first, guint end, float *ret_min,
                       float *ret_max)
{
  g_return_val_if_fail (channel < ring->channels, FALSE);
  g_return_val_if_fail (first <= end && end <= vmm_ring_get_length (ring), FALSE);

  const float    *values = ring->values + (gsize) channel * ring->capacity;
  const Extremes *blocks = ring->extremes + (gsize) channel * ring->blocks;
  Extremes        found = { INFINITY, -INFINITY };

  for (guint i = first; i < end;) {
    guint slot = get_slot (ring, i);
    if (slot % BLOCK == 0 && end - i >= BLOCK) {
      /* A block without a value has INFINITY as its least: that is no value. */
      found.min = MIN (found.min, blocks[slot / BLOCK].min);
      found.max = MAX (found.max, blocks[slot / BLOCK].max);
      i += BLOCK;
    } else {
      widen (&found, values[slot]);
      i++;
    }
  }
  if (found.min > found.max)
    return FALSE;
  *ret_min = found.min;
  *ret_max = found.max;
  return TRUE;
}
