/* SPDX-License-Identifier: MIT */
/* cpu: how the CPUs spent the time between two readings of proc/stat. */
#include "passive.h"
#include "vmm/error.h"
#include "vmm/procfs.h"

#include <string.h>

/* The columns, in order. guest and guest_nice follow and are already in user and nice. */
enum { USER, NICE, SYSTEM, IDLE, IOWAIT, IRQ, SOFTIRQ, STEAL, N_FIELDS };
#define N_FIELDS_MIN 4 /* iowait came with Linux 2.5.41, irq 2.6.0, steal 2.6.11 */

#define CPU_MAX 65536 /* a larger CPU number is not one */

/* iowait is documented to decrease, and idle shares its bookkeeping: up to this many clock ticks
 * backwards are none at all. (Linux, Documentation/filesystems/proc.rst, 1.7) */
#define SLACK 100

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
  guint64 ticks[N_FIELDS];
  guint   fields;  /* how many of them the kernel writes */
  guint64 reading; /* the number of the reading they are from; 0 = none */
} Counters;

/* What passed between two readings, in clock ticks. */
typedef struct {
  double ticks[N_FIELDS], sum;
} Passed;

typedef struct {
  Passive     passive;
  VmmProcFile stat;
  guint64     reading;
  Counters    total, *cores; /* [n_cores], by CPU number */
  float      *busy;          /* [n_cores] */
  guint       n_cores;
  guint       online;       /* CPUs at the last reading */
  gboolean    steal_hidden; /* the VMM does not report it, and so far it did not move */
  char       *steal_reason; /* why 0 proves nothing; NULL when it does, or once it moved */
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

/* VMM_PRESENT, or why nothing can be said about the time between `old` and `now`. */
static VmmAbsence
subtract (const Counters *old, const Counters *now, Passed *ret_passed)
{
  Passed passed = { 0 };

  if (old->reading + 1 != now->reading || old->fields != now->fields)
    return VMM_PENDING;
  for (guint i = 0; i < now->fields; i++) {
    if (now->ticks[i] >= old->ticks[i])
      passed.ticks[i] = (double) (now->ticks[i] - old->ticks[i]);
    else if ((i != IDLE && i != IOWAIT) || old->ticks[i] - now->ticks[i] > SLACK)
      return VMM_FAILED;
    passed.sum += passed.ticks[i];
  }
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

/* Reads the lines of the CPUs that are online, and adds up what passed on those that can be trusted:
 * they were there at the last reading too, and have not restarted since. FALSE when those are all
 * that count, since a CPU came, went or restarted, with which the total of idle jumps. */
static gboolean
parse_cores (Cpu *cpu, VmmProcText rest, Passed *ret_stayed)
{
  guint       online = 0, strange = 0;
  VmmProcText line;

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
    VmmAbsence absence = subtract (old, &now, &passed);
    if (absence == VMM_PRESENT)
      add (ret_stayed, &passed);
    cpu->busy[number] = absence ? vmm_absent (absence) : (float) percent_busy (&passed);
    strange += old->reading + 1 != cpu->reading || absence == VMM_FAILED;
    *old = now;
    online++;
  }

  gboolean trusted = strange == 0 && online == cpu->online;
  cpu->online = online;
  for (guint i = 0; i < cpu->n_cores; i++)
    if (cpu->cores[i].reading != cpu->reading)
      cpu->busy[i] = vmm_absent (VMM_NOT_EXPOSED);
  return trusted || online == 0;
}

/* Reads the file. VMM_PRESENT, or why nothing passed, in words as well; VMM_FAILED with the error set
 * when it is the file's fault. A reading that fails leaves the last good one in place. */
static VmmAbsence
parse (Cpu *cpu, Passed *ret_passed, const char **ret_reason)
{
  GError **error = &cpu->passive.error;

  if (!vmm_procfs_read (&cpu->stat, error))
    return VMM_FAILED;

  VmmProcText rest = { cpu->stat.text, cpu->stat.text + cpu->stat.length }, line;
  Counters    now;
  if (!vmm_procfs_next_line (&rest, &line) || !vmm_procfs_skip (&line, "cpu ")) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT, "proc/stat: no \"cpu\" line");
    return VMM_FAILED;
  }
  if (!parse_counters (line, cpu->reading + 1, &now)) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT,
                 "proc/stat: the \"cpu\" line is not %d numbers or more", N_FIELDS_MIN);
    return VMM_FAILED;
  }

  Passed     stayed;
  gboolean   first = cpu->total.reading != cpu->reading;
  VmmAbsence absence = subtract (&cpu->total, &now, ret_passed);
  *ret_reason = absence == VMM_FAILED ? "proc/stat: a counter ran backwards"
                : first               ? PASSIVE_FIRST
                                      : "no clock tick between two readings";
  cpu->total = now;
  cpu->reading++;
  if (parse_cores (cpu, rest, &stayed) || first)
    return absence;
  *ret_passed = stayed;
  if (stayed.sum > 0)
    return VMM_PRESENT;
  *ret_reason = "no CPU was there at both of two readings";
  return VMM_PENDING;
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
    g_clear_pointer (&cpu->steal_reason, g_free);
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
                          "proc/stat: this kernel has no such column");
  if (cpu->steal_hidden)
    passive_put_absent (&cpu->passive, row, VMM_CHANNEL_CPU_STEAL, VMM_NOT_EXPOSED,
                        cpu->steal_reason);
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Cpu        *cpu = (Cpu *) source;
  Passed      passed;
  const char *reason = NULL;

  g_clear_error (&cpu->passive.error);
  VmmAbsence absence = parse (cpu, &passed, &reason);
  if (cpu->passive.error) {
    passive_fail (&cpu->passive, row);
    for (guint i = 0; i < cpu->n_cores; i++)
      cpu->busy[i] = vmm_absent (VMM_FAILED);
    return;
  }
  if (absence == VMM_PRESENT)
    put_passed (cpu, &passed, row);
  else
    passive_put_all_absent (&cpu->passive, row, absence, reason);
  put_not_exposed (cpu, row);
}

static void
free_cpu (VmmSource *source)
{
  Cpu *cpu = (Cpu *) source;

  vmm_procfs_clear (&cpu->stat);
  g_clear_error (&cpu->passive.error);
  g_free (cpu->steal_reason);
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
  if (host && host->steal != VMM_STEAL_REPORTED)
    cpu->steal_reason = g_strdup (host->steal_reason);
  sample (&cpu->passive.source, 0, row); /* for the reasons */
  cpu->reading++;                        /* no reading is the one before the next */
  return &cpu->passive.source;
}

void
vmm_cpu_get_cores (VmmSource *cpu, const float **ret_busy, guint *ret_n)
{
  g_return_if_fail (cpu->class == &class);

  const Cpu *self = (const Cpu *) cpu;
  *ret_busy = self->busy;
  *ret_n = self->n_cores;
}
