/* SPDX-License-Identifier: MIT */
/* cpu: how the CPUs spent the time between two readings of proc/stat. */
#include "passive.h"
#include "vmm/error.h"
#include "vmm/language.h"
#include "vmm/procfs.h"

#include <string.h>

/* The columns, in order. guest and guest_nice follow and are already in user and nice. */
enum { USER, NICE, SYSTEM, IDLE, IOWAIT, IRQ, SOFTIRQ, STEAL, N_FIELDS };
#define N_FIELDS_MIN 4 /* iowait came with Linux 2.5.41, irq 2.6.0, steal 2.6.11 */

#define CPU_MAX 65536 /* a larger CPU number is not one */

/* iowait is documented to decrease, and idle shares its bookkeeping: up to this many clock ticks
 * backwards are none at all. (Linux, Documentation/filesystems/proc.rst, 1.7) */
#define SLACK 100

/* No CPU counts more clock ticks a second (USER_HZ of the Alpha), whatever it has to catch up with: a
 * counter that leaps further is broken, as steal was in guests that were moved while they ran. */
#define TICKS_PER_SECOND_MAX 1024.0
#define CATCH_UP_S 60.0

/* clang-format off */
static const struct {
  VmmChannelId channel;
  guint        first, last, fields; /* sum of first .. last; columns that it needs */
} shares[] = {
  { VMM_CHANNEL_CPU_USER,   USER,   NICE,    4 },
  { VMM_CHANNEL_CPU_SYSTEM, SYSTEM, SYSTEM,  4 },
  { VMM_CHANNEL_CPU_IOWAIT, IOWAIT, IOWAIT,  5 },
  { VMM_CHANNEL_CPU_IRQ,    IRQ,    SOFTIRQ, 7 },
  { VMM_CHANNEL_CPU_STEAL,  STEAL,  STEAL,   8 },
};
/* clang-format on */

static const VmmChannelId channels[] = {
  VMM_CHANNEL_CPU_BUSY,   VMM_CHANNEL_CPU_USER, VMM_CHANNEL_CPU_SYSTEM,
  VMM_CHANNEL_CPU_IOWAIT, VMM_CHANNEL_CPU_IRQ,  VMM_CHANNEL_CPU_STEAL,
};

typedef struct {
  guint64  ticks[N_FIELDS];
  guint    fields;  /* how many of them the kernel writes */
  guint64  reading; /* the number of the reading they are from; 0 = none */
  gboolean is_wild; /* they did not follow from those before: nothing follows from them */
} Counters;

/* What passed between two readings, in clock ticks. */
typedef struct {
  double ticks[N_FIELDS], sum;
} Passed;

typedef struct {
  Passive     passive;
  VmmProcFile stat;
  guint64     reading;
  gint64      at_us;         /* the time of the last reading */
  double      seconds;       /* from the one before to it */
  Counters    total, *cores; /* [n_cores], by CPU number */
  float      *busy;          /* [n_cores] */
  guint       n_cores;
  guint       online;       /* CPUs at the last reading */
  gboolean    steal_hidden; /* the VMM does not report it, and so far it did not move */
  char       *steal_words;  /* why 0 proves nothing */
  VmmReason   steal_reason; /* the same; none when it does, or once it moved */
} Cpu;

/* Older kernels write fewer columns, none writes anything but numbers. */
static gboolean
parse_counters (VmmProcText line, guint64 reading, Counters *ret_counters)
{
  *ret_counters = (Counters){ .reading = reading };
  while (ret_counters->fields < N_FIELDS &&
         vmm_procfs_next_number (&line, &ret_counters->ticks[ret_counters->fields]))
    ret_counters->fields++;
  return ret_counters->fields >= N_FIELDS_MIN &&
         (ret_counters->fields == N_FIELDS || vmm_procfs_skip_blanks (&line) == line.end);
}

static gboolean
follows (const Counters *old, const Counters *now)
{
  return old->reading + 1 == now->reading && old->fields == now->fields && !old->is_wild;
}

/* VMM_PRESENT, or why nothing can be said about the time between `old` and `now`, in which `cpus`
 * counted. */
static VmmAbsence
subtract (const Cpu *cpu, guint cpus, const Counters *old, Counters *now, Passed *ret_passed)
{
  double limit = TICKS_PER_SECOND_MAX * (cpu->seconds + CATCH_UP_S) * cpus;
  Passed passed = { 0 };

  if (!follows (old, now))
    return VMM_PENDING;
  for (guint i = 0; i < now->fields; i++) {
    if (now->ticks[i] >= old->ticks[i])
      passed.ticks[i] = (double) (now->ticks[i] - old->ticks[i]);
    else if ((i != IDLE && i != IOWAIT) || old->ticks[i] - now->ticks[i] > SLACK)
      now->is_wild = TRUE;
    passed.sum += passed.ticks[i];
  }
  if (passed.sum > limit)
    now->is_wild = TRUE;
  if (now->is_wild)
    return VMM_FAILED;
  if (passed.sum == 0)
    return VMM_PENDING;
  *ret_passed = passed;
  return VMM_PRESENT;
}

static void
add (Passed *sum, const Passed *passed)
{
  for (guint i = 0; i < N_FIELDS; i++)
    sum->ticks[i] += passed->ticks[i];
  sum->sum += passed->sum;
}

static double
add_up (const Passed *passed, guint first, guint last)
{
  double ticks = 0;
  for (guint i = first; i <= last; i++)
    ticks += passed->ticks[i];
  return ticks;
}

static double
percent_busy (const Passed *passed)
{
  double busy = add_up (passed, USER, SYSTEM) + add_up (passed, IRQ, SOFTIRQ);
  return 100 * busy / passed->sum;
}

static void
grow_cores (Cpu *cpu, guint n)
{
  cpu->cores = g_renew (Counters, cpu->cores, n);
  cpu->busy = g_renew (float, cpu->busy, n);
  memset (cpu->cores + cpu->n_cores, 0, (n - cpu->n_cores) * sizeof *cpu->cores);
  cpu->n_cores = n;
}

/* Rounded down each, the CPUs together differ from their total by a clock tick each. */
static gboolean
agree (const Passed *total, const Passed *cores, guint n)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (fabs (total->ticks[i] - cores->ticks[i]) > n + 1)
      return FALSE;
  return TRUE;
}

/* Reads the lines of the CPUs that are online, and adds up what passed on those that were there at
 * the last reading too, and have not restarted since. */
static void
parse_cores (Cpu *cpu, VmmProcText rest, Passed *ret_stayed)
{
  VmmProcText line;

  cpu->online = 0;
  *ret_stayed = (Passed){ 0 };
  while (vmm_procfs_next_line (&rest, &line) && vmm_procfs_skip (&line, "cpu")) {
    guint64  number;
    Counters now;
    Passed   passed;

    if (!vmm_procfs_next_number (&line, &number) || number >= CPU_MAX ||
        !parse_counters (line, cpu->reading, &now))
      continue;
    if (number >= cpu->n_cores)
      grow_cores (cpu, (guint) number + 1);

    Counters *old = &cpu->cores[number];
    if (old->reading == cpu->reading)
      continue; /* named twice */
    VmmAbsence absence = subtract (cpu, 1, old, &now, &passed);
    if (absence == VMM_PRESENT)
      add (ret_stayed, &passed);
    cpu->busy[number] = absence ? vmm_absent (absence) : (float) percent_busy (&passed);
    *old = now;
    cpu->online++;
  }
  for (guint i = 0; i < cpu->n_cores; i++)
    if (cpu->cores[i].reading != cpu->reading)
      cpu->busy[i] = vmm_absent (VMM_NOT_EXPOSED);
}

/* Reads the file. VMM_PRESENT, or why nothing passed, and its cause; VMM_FAILED with the error set
 * when it is the file's fault. A reading that fails leaves the last good one in place. */
static VmmAbsence
parse (Cpu *cpu, gint64 now_us, Passed *ret_passed, VmmCause *ret_cause)
{
  GError **error = &cpu->passive.error;

  if (!vmm_procfs_read (&cpu->stat, error))
    return VMM_FAILED;

  VmmProcText rest = { cpu->stat.text, cpu->stat.text + cpu->stat.length }, line;
  Counters    now;
  if (!vmm_procfs_next_line (&rest, &line) || !vmm_procfs_skip (&line, "cpu ")) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT, VMM_SAID ("proc/stat: no \"cpu\" line"));
    return VMM_FAILED;
  }
  if (!parse_counters (line, cpu->reading + 1, &now)) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT,
                 VMM_SAID ("proc/stat: the \"cpu\" line is not %d numbers or more"), N_FIELDS_MIN);
    return VMM_FAILED;
  }

  cpu->seconds = (double) (now_us - cpu->at_us) / 1e6;
  cpu->at_us = now_us;

  Passed     stayed;
  guint      cpus = cpu->online > 0 ? cpu->online : CPU_MAX;
  gboolean   is_first = !follows (&cpu->total, &now);
  VmmAbsence absence = subtract (cpu, cpus, &cpu->total, &now, ret_passed);
  cpu->total = now;
  cpu->reading++;
  parse_cores (cpu, rest, &stayed);

  /* The total is finer, the CPUs are surer: it jumps when one comes, goes or restarts. */
  if (cpu->online > 0 && !(absence == VMM_PRESENT && agree (ret_passed, &stayed, cpu->online))) {
    *ret_passed = stayed;
    absence = stayed.sum > 0 ? VMM_PRESENT : absence == VMM_FAILED ? VMM_FAILED : VMM_PENDING;
  }
  *ret_cause = absence == VMM_FAILED ? VMM_CAUSE_CPU_LEAPT
               : is_first            ? VMM_CAUSE_FIRST_READING
                                     : VMM_CAUSE_NO_TICK;
  return absence;
}

static void
put_passed (Cpu *cpu, const Passed *passed, float *row)
{
  passive_put (&cpu->passive, row, VMM_CHANNEL_CPU_BUSY, percent_busy (passed));
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    passive_put (&cpu->passive, row, shares[i].channel,
                 100 * add_up (passed, shares[i].first, shares[i].last) / passed->sum);
  if (passed->ticks[STEAL] > 0) {
    cpu->steal_hidden = FALSE;
    cpu->steal_reason = vmm_reason (VMM_CAUSE_NONE);
  }
  cpu->passive.reasons[VMM_CHANNEL_CPU_STEAL] = cpu->steal_reason;
}

/* Takes back what this kernel or this VMM does not measure. */
static void
put_not_exposed (Cpu *cpu, float *row)
{
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    if (cpu->total.fields < shares[i].fields)
      passive_put_absent (&cpu->passive, row, shares[i].channel, VMM_NOT_EXPOSED,
                          VMM_CAUSE_NO_COLUMN);
  if (!cpu->steal_hidden)
    return;
  passive_put_absent (&cpu->passive, row, VMM_CHANNEL_CPU_STEAL, VMM_NOT_EXPOSED,
                      cpu->steal_reason.cause);
  cpu->passive.reasons[VMM_CHANNEL_CPU_STEAL] = cpu->steal_reason;
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Cpu     *cpu = (Cpu *) source;
  Passed   passed;
  VmmCause cause = VMM_CAUSE_NONE;

  g_clear_error (&cpu->passive.error);
  VmmAbsence absence = parse (cpu, now_us, &passed, &cause);
  if (cpu->passive.error) {
    passive_fail (&cpu->passive, row);
    for (guint i = 0; i < cpu->n_cores; i++)
      cpu->busy[i] = vmm_absent (VMM_FAILED);
    return;
  }
  if (absence == VMM_PRESENT)
    put_passed (cpu, &passed, row);
  else
    passive_put_all_absent (&cpu->passive, row, absence, cause);
  put_not_exposed (cpu, row);
}

static void
free_cpu (VmmSource *source)
{
  Cpu *cpu = (Cpu *) source;

  vmm_procfs_clear (&cpu->stat);
  g_clear_error (&cpu->passive.error);
  g_free (cpu->steal_words);
  g_free (cpu->cores);
  g_free (cpu->busy);
  g_free (cpu);
}

static const VmmSourceClass class = {
  .name = "cpu",
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .start = passive_start,
  .sample = sample,
  .reason = passive_reason,
  .free = free_cpu,
};

VmmSource *
vmm_cpu_new (const char *root, const VmmHost *host)
{
  g_return_val_if_fail (root != NULL, NULL);

  Cpu  *cpu = g_new0 (Cpu, 1);
  float row[VMM_N_CHANNELS];

  cpu->passive.source.class = &class;
  vmm_procfs_init (&cpu->stat, root, "proc/stat");
  cpu->steal_hidden = host && host->steal == VMM_STEAL_NOT_REPORTED;
  if (host && host->steal != VMM_STEAL_REPORTED) {
    cpu->steal_words = g_strdup (host->steal_reason);
    cpu->steal_reason = (VmmReason){ host->steal_cause, cpu->steal_words };
  }
  sample (&cpu->passive.source, 0, row); /* for the reasons */
  cpu->reading++;                        /* no reading is the one before the next */
  return &cpu->passive.source;
}

void
vmm_cpu_get_cores (VmmSource *cpu, const float **ret_busy, guint *ret_n)
{
  const Cpu *self = (const Cpu *) cpu;

  *ret_busy = NULL;
  *ret_n = 0;
  if (!cpu || cpu->class != &class)
    return;
  *ret_busy = self->busy;
  *ret_n = self->n_cores;
}
