/* SPDX-License-Identifier: MIT */
/* gpu_card: one card as sys/class/drm tells of it. A sleeping card is left asleep. */
#pragma once

#include "gpu_reading.h"
#include "meter.h"

typedef struct _GpuCard GpuCard;

/* Those whose driver tells something; `ret_silent` is a driver that tells nothing ("virtio_gpu"; NULL =
 * there is no other card; free with g_free()). An array of GpuCard, freed with g_ptr_array_unref(). */
GPtrArray *gpu_cards_find (const char *root, char **ret_silent);

void gpu_card_take (GpuCard *card, gint64 now_us, GpuReading *ret_reading);
