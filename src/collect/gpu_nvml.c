/* SPDX-License-Identifier: MIT */
/* gpu_nvml: asks NVIDIA's library, which is loaded on a thread of its own and may take its time.
 *
 * Its header is not free to copy, so what is used of it is declared here: the calls that have been there
 * since it was first made, with no structure that changes with versions. Who dies in it takes the program
 * along: it lives in this process, and only where its driver runs. */
#include "gpu_nvml.h"

#include "vmm/aside.h"

#include <dlfcn.h>
#include <string.h>

enum { SUCCESS = 0, NOT_SUPPORTED = 3, NO_PERMISSION = 4, NOT_FOUND = 13, MISMATCH = 18 };

typedef struct {
  unsigned gpu, memory; /* percent; of the time that the memory was read or written */
} Utilization;

typedef struct {
  unsigned long long total, unused, used;
} MemoryInfo;

typedef struct {
  int (*init) (void);
  int (*shutdown) (void);
  int (*get_count) (unsigned *);
  int (*get_handle) (unsigned, void **);
  int (*get_utilization) (void *, Utilization *);
  int (*get_memory) (void *, MemoryInfo *);
  int (*get_power) (void *, unsigned *); /* mW */
} Calls;

#define CALL(member, name)                                                                         \
  {                                                                                                \
    G_STRUCT_OFFSET (Calls, member), name                                                          \
  }
static const struct {
  gsize       offset;
  const char *name;
} symbols[] = {
  CALL (init, "nvmlInit_v2"),
  CALL (shutdown, "nvmlShutdown"),
  CALL (get_count, "nvmlDeviceGetCount_v2"),
  CALL (get_handle, "nvmlDeviceGetHandleByIndex_v2"),
  CALL (get_utilization, "nvmlDeviceGetUtilizationRates"),
  CALL (get_memory, "nvmlDeviceGetMemoryInfo"),
  CALL (get_power, "nvmlDeviceGetPowerUsage"),
};

/* The worker's own. */
typedef struct {
  char    *path;
  void    *library;
  gboolean is_tried, is_ready;
  VmmCause cause; /* why it is not ready */
  Calls    calls;
  guint    n;
  void    *cards[GPU_MAX];
} State;

typedef struct {
  VmmCause   cause;
  guint      n;
  GpuReading cards[GPU_MAX];
} Answer;

struct _GpuNvml {
  VmmAside *aside;
};

/* ---- On the worker */

static VmmCause
find_cause (int result)
{
  switch (result) {
  case SUCCESS:
    return VMM_CAUSE_NONE;
  case NOT_SUPPORTED:
  case NO_PERMISSION:
  case NOT_FOUND:
    return VMM_CAUSE_NVML_UNTOLD;
  case MISMATCH:
    return VMM_CAUSE_NVML_MISMATCH;
  default:
    return VMM_CAUSE_NVML_FAILED;
  }
}

static void
put (GpuReading *card, guint i, int result, double value)
{
  card->causes[i] = find_cause (result);
  if (result == SUCCESS && !(value >= 0 && value <= (i == GPU_POWER ? 10000 : 100)))
    card->causes[i] = VMM_CAUSE_GPU_GARBLED;
  card->values[i] =
      card->causes[i] == VMM_CAUSE_NONE
          ? (float) value
          : vmm_absent (card->causes[i] == VMM_CAUSE_NVML_UNTOLD ? VMM_NOT_EXPOSED : VMM_FAILED);
}

static void
read_card (const Calls *calls, void *handle, GpuReading *card)
{
  Utilization busy = { 0 };
  MemoryInfo  memory = { 0 };
  unsigned    milliwatts = 0;

  int result = calls->get_utilization (handle, &busy);
  put (card, GPU_BUSY, result, busy.gpu);
  result = calls->get_memory (handle, &memory);
  put (card, GPU_MEMORY, result, 100 * (double) memory.used / (double) memory.total);
  result = calls->get_power (handle, &milliwatts);
  put (card, GPU_POWER, result, milliwatts / 1e3);
}

static gboolean
load (State *state)
{
  state->library = dlopen (state->path, RTLD_NOW | RTLD_LOCAL);
  if (!state->library) {
    state->cause = VMM_CAUSE_NVML_ABSENT;
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++) {
    void *symbol = dlsym (state->library, symbols[i].name);
    if (!symbol) {
      state->cause = VMM_CAUSE_NVML_OLD;
      return FALSE;
    }
    G_STRUCT_MEMBER (void *, &state->calls, symbols[i].offset) = symbol;
  }
  return TRUE;
}

/* Cards that this user may not ask are left out. */
static void
find_cards (State *state)
{
  unsigned count = 0;

  state->cause = find_cause (state->calls.get_count (&count));
  for (unsigned i = 0; i < count && state->n < GPU_MAX && state->cause == VMM_CAUSE_NONE; i++)
    if (state->calls.get_handle (i, &state->cards[state->n]) == SUCCESS)
      state->n++;
  if (state->n == 0 && state->cause == VMM_CAUSE_NONE)
    state->cause = VMM_CAUSE_NVML_UNTOLD;
}

static void
prepare (State *state)
{
  state->is_tried = TRUE;
  if (!load (state))
    return;
  state->cause = find_cause (state->calls.init ());
  state->is_ready = state->cause == VMM_CAUSE_NONE;
  if (state->is_ready)
    find_cards (state);
}

static void
work (gpointer data, gint64 now_us, gpointer draft)
{
  State  *state = data;
  Answer *answer = draft;

  if (!state->is_tried)
    prepare (state);
  answer->cause = state->cause;
  answer->n = state->n;
  for (guint i = 0; i < state->n; i++)
    read_card (&state->calls, state->cards[i], &answer->cards[i]);
}

static void
clear (gpointer data)
{
  State *state = data;

  if (state->is_ready)
    state->calls.shutdown ();
  if (state->library)
    dlclose (state->library);
  g_free (state->path);
  g_free (state);
}

static const VmmAsideClass class = {
  .name = "vmm-nvml",
  .work = work,
  .clear = clear,
  .answer_size = sizeof (Answer),
};

/* ---- On the caller's thread */

GpuNvml *
gpu_nvml_new (const char *library)
{
  GpuNvml *nvml = g_new0 (GpuNvml, 1);
  State   *state = g_new0 (State, 1);

  state->path = g_strdup (library);
  nvml->aside = vmm_aside_new (&class, state);
  return nvml;
}

void
gpu_nvml_free (GpuNvml *nvml)
{
  if (!nvml)
    return;
  vmm_aside_free (nvml->aside);
  g_free (nvml);
}

/* Without a new answer, of what was asked with the row before, there is none to tell. */
guint
gpu_nvml_take (GpuNvml *nvml, gint64 now_us, GpuReading *ret_cards, VmmCause *ret_cause)
{
  Answer   answer;
  gboolean is_new = vmm_aside_take (nvml->aside, now_us, &answer, ret_cause);

  vmm_aside_ask (nvml->aside, now_us);
  if (!is_new)
    return 0;
  *ret_cause = answer.cause;
  memcpy (ret_cards, answer.cards, answer.n * sizeof *ret_cards);
  return answer.n;
}

void
gpu_nvml_settle (GpuNvml *nvml, gint64 limit_us)
{
  vmm_aside_settle (nvml->aside, limit_us);
}
