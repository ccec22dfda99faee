/* SPDX-License-Identifier: MIT */
/* fake_nvml: a library that answers as NVIDIA's does, and fails as it is told to.
 *
 * Built once whole, and once without each of its functions: -DWITHOUT=nvmlShutdown. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void fake_nvml_set (const char *function, int result, unsigned busy, unsigned sleep_s);

static const char *failing;
static int         failure;
static unsigned    busy_percent, sleeping_s;

enum { ABORT = -1 };

/* Told before the library is asked anything, but for what a worker of before may still ask. NULL = nothing
 * fails. */
void
fake_nvml_set (const char *function, int result, unsigned busy, unsigned sleep_s)
{
  __atomic_store_n (&failure, result, __ATOMIC_RELAXED);
  __atomic_store_n (&busy_percent, busy, __ATOMIC_RELAXED);
  __atomic_store_n (&sleeping_s, sleep_s, __ATOMIC_RELAXED);
  __atomic_store_n (&failing, function, __ATOMIC_RELEASE);
}

static int
answer (const char *function)
{
  const char *wanted = __atomic_load_n (&failing, __ATOMIC_ACQUIRE);
  int         result = __atomic_load_n (&failure, __ATOMIC_RELAXED);
  unsigned    seconds = __atomic_load_n (&sleeping_s, __ATOMIC_RELAXED);

  if (!wanted || strcmp (function, wanted) != 0)
    return 0;
  if (result == ABORT)
    abort ();
  if (seconds > 0)
    sleep (seconds);
  return result;
}

#define DECLARE(name, parameters)                                                                  \
  int name parameters;                                                                             \
  int name parameters

#ifndef WITHOUT_nvmlInit_v2
DECLARE (nvmlInit_v2, (void) )
{
  return answer ("nvmlInit_v2");
}
#endif

#ifndef WITHOUT_nvmlShutdown
DECLARE (nvmlShutdown, (void) )
{
  return answer ("nvmlShutdown");
}
#endif

#ifndef WITHOUT_nvmlDeviceGetCount_v2
DECLARE (nvmlDeviceGetCount_v2, (unsigned *count))
{
  *count = 6;
  return answer ("nvmlDeviceGetCount_v2");
}
#endif

#ifndef WITHOUT_nvmlDeviceGetHandleByIndex_v2
DECLARE (nvmlDeviceGetHandleByIndex_v2, (unsigned i, void **handle))
{
  static char cards[6];
  *handle = &cards[i];
  return answer ("nvmlDeviceGetHandleByIndex_v2");
}
#endif

#ifndef WITHOUT_nvmlDeviceGetUtilizationRates
DECLARE (nvmlDeviceGetUtilizationRates, (void *card, unsigned *rates))
{
  rates[0] = __atomic_load_n (&busy_percent, __ATOMIC_RELAXED);
  rates[1] = 22;
  return answer ("nvmlDeviceGetUtilizationRates");
}
#endif

#ifndef WITHOUT_nvmlDeviceGetMemoryInfo
DECLARE (nvmlDeviceGetMemoryInfo, (void *card, unsigned long long *bytes))
{
  bytes[0] = 8000;
  bytes[1] = 6000;
  bytes[2] = 2000;
  return answer ("nvmlDeviceGetMemoryInfo");
}
#endif

#ifndef WITHOUT_nvmlDeviceGetPowerUsage
DECLARE (nvmlDeviceGetPowerUsage, (void *card, unsigned *milliwatts))
{
  *milliwatts = 81300;
  return answer ("nvmlDeviceGetPowerUsage");
}
#endif
