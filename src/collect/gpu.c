/* SPDX-License-Identifier: MIT */
/* gpu: how busy a graphics processor is, as its driver or NVIDIA's library tells it. */
#include "gpu.h"

#include "gpu_card.h"
#include "gpu_nvml.h"
#include "passive.h"
#include "vmm/language.h"

#include <string.h>

#define LIBRARY "libnvidia-ml.so.1"
#define VERSION "proc/driver/nvidia/version"
#define FIRST_US (100 * (gint64) 1000) /* for an answer before the first row */

static const VmmChannelId channels[GPU_N_VALUES] = {
  [GPU_BUSY] = VMM_CHANNEL_GPU_BUSY,
  [GPU_MEMORY] = VMM_CHANNEL_GPU_MEMORY,
  [GPU_POWER] = VMM_CHANNEL_GPU_POWER,
};

typedef struct {
  Passive    passive;
  GPtrArray *cards; /* GpuCard */
  GpuNvml   *nvml;  /* NULL = NVIDIA's driver does not run */
  VmmReason  lacking;
  char      *sentence; /* its own, or NULL */
} Gpu;

static VmmAbsence
find_absence (VmmCause cause)
{
  switch (cause) {
  case VMM_CAUSE_NO_READING:
    return VMM_PENDING;
  case VMM_CAUSE_NVML_FAILED:
  case VMM_CAUSE_NVML_MISMATCH:
  case VMM_CAUSE_NO_REPLY:
    return VMM_FAILED;
  case VMM_CAUSE_SYSROOT:
    return VMM_OFF;
  default:
    return VMM_NOT_EXPOSED;
  }
}

static void
put_none (Gpu *gpu, float *row, VmmCause cause)
{
  passive_put_all_absent (&gpu->passive, row, find_absence (cause), cause);
  if (cause == gpu->lacking.cause)
    for (guint i = 0; i < GPU_N_VALUES; i++)
      gpu->passive.reasons[channels[i]] = gpu->lacking;
}

/* All three values are of one card: the busiest, or the first where none tells. */
static const GpuReading *
choose (const GpuReading *cards, guint n)
{
  const GpuReading *chosen = &cards[0];

  for (guint i = 1; i < n; i++) {
    float busy = cards[i].values[GPU_BUSY];
    if (!isnan (busy) && !(busy <= chosen->values[GPU_BUSY]))
      chosen = &cards[i];
  }
  return chosen;
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Gpu       *gpu = (Gpu *) source;
  GpuReading cards[2 * GPU_MAX];
  VmmCause   cause = gpu->lacking.cause;
  guint      n = gpu->nvml ? gpu_nvml_take (gpu->nvml, now_us, cards, &cause) : 0;

  for (guint i = 0; i < gpu->cards->len; i++)
    gpu_card_take (gpu->cards->pdata[i], now_us, &cards[n++]);
  if (n == 0) {
    put_none (gpu, row, cause);
    return;
  }
  const GpuReading *chosen = choose (cards, n);
  for (guint i = 0; i < GPU_N_VALUES; i++) {
    row[channels[i]] = chosen->values[i];
    gpu->passive.reasons[channels[i]] = vmm_reason (chosen->causes[i]);
  }
}

static void
free_gpu (VmmSource *source)
{
  Gpu *gpu = (Gpu *) source;

  g_ptr_array_unref (gpu->cards);
  gpu_nvml_free (gpu->nvml);
  g_free (gpu->sentence);
  g_free (gpu);
}

static const VmmSourceClass class = {
  .name = "gpu",
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .start = passive_start,
  .sample = sample,
  .reason = passive_reason,
  .free = free_gpu,
};

static gboolean
has_nvidia (const char *root)
{
  g_autofree char *version = g_build_filename (root, VERSION, NULL);

  return g_file_test (version, G_FILE_TEST_EXISTS);
}

/* Another machine's files are no reason to load a library here. */
static GpuNvml *
find_nvml (const char *root, const char *library)
{
  if ((!library && strcmp (root, "/") != 0) || !has_nvidia (root))
    return NULL;
  return gpu_nvml_new (library ? library : LIBRARY);
}

static void
find_lacking (Gpu *gpu, const char *root, const char *silent)
{
  if (!gpu->nvml && has_nvidia (root)) {
    gpu->lacking = vmm_reason (VMM_CAUSE_SYSROOT);
    return;
  }
  gpu->lacking = vmm_reason (silent ? VMM_CAUSE_GPU_SILENT : VMM_CAUSE_NO_GPU);
  if (silent && *silent) {
    gpu->sentence =
        g_strdup_printf (VMM_SAID ("%s tells its guest nothing of a GPU's load"), silent);
    gpu->lacking.sentence = gpu->sentence;
  }
}

VmmSource *
vmm_gpu_new (const char *root, const char *library)
{
  g_return_val_if_fail (root != NULL, NULL);

  Gpu             *gpu = g_new0 (Gpu, 1);
  g_autofree char *silent = NULL;
  float            row[VMM_N_CHANNELS];

  gpu->passive.source.class = &class;
  gpu->cards = gpu_cards_find (root, &silent);
  gpu->nvml = find_nvml (root, library);
  find_lacking (gpu, root, silent);
  sample (&gpu->passive.source, 0, row); /* for the reasons */
  if (gpu->nvml) {
    gpu_nvml_settle (gpu->nvml, FIRST_US);
    sample (&gpu->passive.source, 0, row);
  }
  return &gpu->passive.source;
}

void
gpu_settle (VmmSource *gpu)
{
  gpu_nvml_settle (((Gpu *) gpu)->nvml, G_MAXINT64 / 2);
}
