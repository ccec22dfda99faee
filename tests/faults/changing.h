/* SPDX-License-Identifier: MIT */
/* changing: a machine whose CPUs, disks and counters come, go, restart and go wrong between two
 * readings, and what can truly be said of it.
 *
 * All CPUs do the same at every moment, and all disks: so a share or a mean is the same whoever is
 * counted, and a rate is that of a whole number of disks. */
#pragma once

#include "vmm/channel.h"

#include "../core/machine.h"

enum { CHANGING_CPUS = 4, CHANGING_DISKS = 3, CHANGING_STALLS = 3 };

typedef enum { CHANGING_CPU, CHANGING_DISK, CHANGING_STALL, N_CHANGING_KINDS } ChangingKind;

/* A thing with counters. */
typedef struct {
  gboolean is_there;
  guint64  lived_s;    /* what it has counted */
  guint    calm;       /* readings since somebody last did something to it */
  int      gone_wrong; /* one of its columns at this reading: -1 is half, 1 far too large */
  guint    column;
} Counted;

typedef struct {
  char    *root;
  Counted  counted[N_CHANGING_KINDS][4];
  gboolean total_forgets; /* what CPUs counted that are not there any more */
  gboolean is_narrow;     /* disks count sectors in 32 bits, and are near the end of them */
  double   share;         /* lived seconds per second of the clock since the last reading */
  GString *story;
} Changing;

static const guint changing_n[N_CHANGING_KINDS] = { CHANGING_CPUS, CHANGING_DISKS,
                                                    CHANGING_STALLS };

/* What a column counts in a second. */
static const guint64 cpu_rates[] = { 10, 0, 5, 75, 3, 1, 1, 5 };
static const guint64 disk_rates[] = { 50,  5,   400, 100, 30, 7, 240, 60, 0,
                                      250, 160, 0,   0,   0,  0, 10,  15 };
static const guint64 stall_rates[] = { 70000 };

/* The first columns, of which one may go wrong: those that somebody looks at. */
static const guint changing_columns[N_CHANGING_KINDS] = { 5, 3, 1 };

#define SECTOR_COLUMNS(i) ((i) == 2 || (i) == 6)
#define NEAR_END (G_MAXUINT32 - G_GUINT64_CONSTANT (404000))

typedef struct {
  VmmChannelId channel;
  ChangingKind kind;
  double       value;
  gboolean     is_sum;  /* over the disks that are counted */
  gboolean     is_rate; /* by the clock */
} ChangingTruth;

/* clang-format off */
static const ChangingTruth changing_truths[] = {
  { VMM_CHANNEL_CPU_BUSY,        CHANGING_CPU,   17 },
  { VMM_CHANNEL_CPU_USER,        CHANGING_CPU,   10 },
  { VMM_CHANNEL_CPU_SYSTEM,      CHANGING_CPU,   5 },
  { VMM_CHANNEL_CPU_IOWAIT,      CHANGING_CPU,   3 },
  { VMM_CHANNEL_CPU_IRQ,         CHANGING_CPU,   2 },
  { VMM_CHANNEL_CPU_STEAL,       CHANGING_CPU,   5 },
  { VMM_CHANNEL_DISK_READ,       CHANGING_DISK,  400 * 512 / 1e6, TRUE,  TRUE },
  { VMM_CHANNEL_DISK_WRITE,      CHANGING_DISK,  240 * 512 / 1e6, TRUE,  TRUE },
  { VMM_CHANNEL_DISK_IOPS,       CHANGING_DISK,  80,              TRUE,  TRUE },
  { VMM_CHANNEL_DISK_AWAIT,      CHANGING_DISK,  2 },
  { VMM_CHANNEL_DISK_FLUSH,      CHANGING_DISK,  1.5 },
  { VMM_CHANNEL_DISK_UTIL,       CHANGING_DISK,  25,              FALSE, TRUE },
  { VMM_CHANNEL_PRESSURE_CPU,    CHANGING_STALL, 7,               FALSE, TRUE },
  { VMM_CHANNEL_PRESSURE_MEMORY, CHANGING_STALL, 7,               FALSE, TRUE },
  { VMM_CHANNEL_PRESSURE_IO,     CHANGING_STALL, 7,               FALSE, TRUE },
};
/* clang-format on */

/* ---- The files. */

static inline guint64
changing_count (const Counted *counted, const guint64 *rates, guint column)
{
  guint64 count = rates[column] * counted->lived_s;

  if (counted->gone_wrong && counted->column == column)
    return counted->gone_wrong < 0 ? count / 2 : count + (G_GUINT64_CONSTANT (1) << 50);
  return count;
}

static inline void
changing_write_stat (const Changing *machine)
{
  g_autoptr (GString) total = g_string_new ("cpu "), text = g_string_new (NULL);
  g_autofree char *full = g_build_filename (machine->root, "proc/stat", NULL);

  for (guint column = 0; column < G_N_ELEMENTS (cpu_rates); column++) {
    guint64 sum = 0;
    for (guint i = 0; i < CHANGING_CPUS; i++) {
      const Counted *cpu = &machine->counted[CHANGING_CPU][i];
      if (cpu->is_there || !machine->total_forgets)
        sum += changing_count (cpu, cpu_rates, column);
    }
    g_string_append_printf (total, " %" G_GUINT64_FORMAT, sum);
  }
  for (guint i = 0; i < CHANGING_CPUS; i++) {
    const Counted *cpu = &machine->counted[CHANGING_CPU][i];
    if (!cpu->is_there)
      continue;
    g_string_append_printf (text, "cpu%u", i);
    for (guint column = 0; column < G_N_ELEMENTS (cpu_rates); column++)
      g_string_append_printf (text, " %" G_GUINT64_FORMAT, changing_count (cpu, cpu_rates, column));
    g_string_append (text, " 0 0\n");
  }
  g_string_append_printf (total, " 0 0\n%sintr 1 2 3\nctxt 4\n", text->str);
  machine_put (full, total->str, total->len);
}

static inline void
changing_write_diskstats (const Changing *machine)
{
  g_autoptr (GString) text = g_string_new ("   7       0 loop0 10 0 20 1 0 0 0 0 0 1 1\n");
  g_autofree char *full = g_build_filename (machine->root, "proc/diskstats", NULL);

  for (guint i = 0; i < CHANGING_DISKS; i++) {
    const Counted *disk = &machine->counted[CHANGING_DISK][i];
    if (!disk->is_there)
      continue;
    g_string_append_printf (text, "   8      %2u sd%c", 16 * i, 'a' + i);
    for (guint column = 0; column < G_N_ELEMENTS (disk_rates); column++) {
      guint64 count = changing_count (disk, disk_rates, column);
      if (machine->is_narrow && SECTOR_COLUMNS (column))
        count = (guint32) (count + NEAR_END);
      g_string_append_printf (text, " %" G_GUINT64_FORMAT, count);
    }
    g_string_append_c (text, '\n');
  }
  machine_put (full, text->str, text->len);
}

static inline void
changing_write_pressure (const Changing *machine)
{
  static const char *const paths[] = { "proc/pressure/cpu", "proc/pressure/memory",
                                       "proc/pressure/io" };

  for (guint i = 0; i < CHANGING_STALLS; i++) {
    g_autofree char *full = g_build_filename (machine->root, paths[i], NULL);
    g_autofree char *text =
        g_strdup_printf ("some avg10=0.00 avg60=0.00 avg300=0.00 total=%" G_GUINT64_FORMAT "\n",
                         changing_count (&machine->counted[CHANGING_STALL][i], stall_rates, 0));
    machine_put (full, text, strlen (text));
  }
}

static inline void
changing_write (const Changing *machine)
{
  changing_write_stat (machine);
  changing_write_diskstats (machine);
  changing_write_pressure (machine);
}

/* ---- What is done to it. */

static inline void
changing_init (Changing *machine, const char *story)
{
  *machine = (Changing){ .root = machine_new (), .share = 1, .story = g_string_new (story) };
  for (guint kind = 0; kind < N_CHANGING_KINDS; kind++)
    for (guint i = 0; i < changing_n[kind]; i++)
      machine->counted[kind][i] = (Counted){ .is_there = TRUE, .lived_s = 1000, .calm = 1000 };
  machine_write (machine->root, "proc/pressure/cpu", "");
}

static inline void
changing_clear (Changing *machine)
{
  machine_free (machine->root);
  g_string_free (machine->story, TRUE);
}

/* `lived_s` later, of which the clock saw `clock_s` (more than 0). */
static inline void
changing_live (Changing *machine, guint64 lived_s, double clock_s)
{
  machine->share = (double) lived_s / clock_s;
  for (guint kind = 0; kind < N_CHANGING_KINDS; kind++)
    for (guint i = 0; i < changing_n[kind]; i++) {
      Counted *counted = &machine->counted[kind][i];
      counted->lived_s += counted->is_there ? lived_s : 0;
      counted->calm++;
      counted->gone_wrong = 0;
    }
}

typedef struct {
  const char *name;
  void (*act) (Counted *counted);
  gboolean is_there; /* what it acts on */
  guint64  lived_s;  /* which must have counted so much, so that it shows, */
  guint    calm;     /* and be that calm: half of a number that nobody knew before is a number */
} ChangingAct;

static inline void
changing_go (Counted *counted)
{
  counted->is_there = FALSE;
}

static inline void
changing_come (Counted *counted)
{
  counted->is_there = TRUE;
}

/* Or is exchanged for another of the same name. */
static inline void
changing_restart (Counted *counted)
{
  counted->lived_s = 0;
}

static inline void
changing_dip (Counted *counted)
{
  counted->gone_wrong = -1;
}

static inline void
changing_leap (Counted *counted)
{
  counted->gone_wrong = 1;
}

static const ChangingAct changing_acts[] = {
  { "restarts", changing_restart, TRUE, 2 }, { "dips", changing_dip, TRUE, 500, 3 },
  { "leaps", changing_leap, TRUE, 0 },
#define CHANGING_STAYS 3 /* those before this one are for everything */
  { "goes", changing_go, TRUE, 0 },          { "comes", changing_come, FALSE, 0 },
};

/* Just before a reading. */
static inline void
changing_do (Changing *machine, const ChangingAct *act, ChangingKind kind, guint i, guint column)
{
  static const char *const kinds[] = { "cpu", "disk", "stall" };
  Counted                 *counted = &machine->counted[kind][i];

  if (act->act == changing_go && kind == CHANGING_CPU && i == 0)
    return; /* one stays */
  if (counted->is_there != act->is_there || counted->lived_s < act->lived_s ||
      counted->calm < act->calm)
    return;
  g_string_append_printf (machine->story, ", %s%u %s", kinds[kind], i, act->name);
  act->act (counted);
  counted->calm = 0;
  counted->column = column;
}

/* ---- What can be said. */

/* How many must be counted, and how many can be. */
typedef struct {
  guint sure, most;
} ChangingRange;

/* One that something was done to is in doubt for three readings: the wrong one, the next, which
 * differs from that, and the one that follows two that were wrong. */
static inline ChangingRange
changing_get_range (const Changing *machine, const ChangingTruth *truth)
{
  ChangingRange range = { 0 };

  for (guint i = 0; i < changing_n[truth->kind]; i++) {
    const Counted *counted = &machine->counted[truth->kind][i];
    if (truth->kind == CHANGING_STALL && truth->channel != VMM_CHANNEL_PRESSURE_CPU + i)
      continue;
    range.most += counted->is_there;
    range.sure += counted->is_there && counted->calm >= 3;
  }
  return range;
}
