/* SPDX-License-Identifier: MIT */
/* source: gives a source its file twice, and holds every value against what a value may be.
 *
 * The input is the first reading; after a form feed, the second. */
#pragma once

#include "memory_files.h"
#include "vmm/sources.h"

#include <string.h>

static inline void
fuzz_check (VmmSource *source, const float *row)
{
  for (guint i = 0; i < source->class->n_channels; i++) {
    VmmChannelId channel = source->class->channels[i];
    gboolean     is_percent = g_str_equal (vmm_channel (channel)->unit, "%");

    if (vmm_absence (row[channel]) != VMM_PRESENT) {
      g_assert_nonnull (vmm_source_reason (source, channel).sentence);
      continue;
    }
    g_assert_cmpfloat (row[channel], >=, 0);
    if (is_percent && channel != VMM_CHANNEL_MEMORY_BALLOON)
      g_assert_cmpfloat (row[channel], <=, 100);
  }
}

static inline int
fuzz_source (VmmSource *(*make) (const char *root), const char *path, const guint8 *data,
             gsize size)
{
  const guint8 *split = size ? memchr (data, '\f', size) : NULL;
  gsize         first = split ? (gsize) (split - data) : size;
  float         row[VMM_N_CHANNELS];

  memory_files_put (path, data, first);
  VmmSource *source = make (MEMORY_FILES_ROOT);
  vmm_source_sample (source, 1000000, row);
  fuzz_check (source, row);
  if (split)
    memory_files_put (path, split + 1, size - first - 1);
  vmm_source_sample (source, 2000000, row);
  fuzz_check (source, row);
  vmm_source_free (source);
  memory_files_clear ();
  return 0;
}
