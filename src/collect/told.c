/* SPDX-License-Identifier: MIT */
/* told: the energy that the host tells this guest through a directory that they share. */
#include "told.h"

#include "vmm/aside.h"
#include "meter.h"
#include "vmm/error.h"

#define SHARE "scaphandre"
#define ZONE "var/" SHARE "/intel-rapl:0"
#define SENTENCE_SIZE 512
#define FIRST_US (50 * (gint64) 1000) /* for an answer before the first row */

typedef struct {
  guint64  microjoules;
  gint64   now_us;
  gboolean has;
  char     sentence[SENTENCE_SIZE]; /* why not; "" = the file is being written */
} Reading;

struct _Told {
  VmmAside *aside;
  Joules    joules;
  Reading   reading;
  float     value; /* of it */
  VmmCause  cause;
};

static void
work (gpointer state, gint64 now_us, gpointer answer)
{
  VmmProcFile *file = state;
  Reading     *reading = answer;
  g_autoptr (GError) error = NULL;

  reading->now_us = now_us;
  if (!vmm_procfs_read (file, &error))
    g_strlcpy (reading->sentence, error->message, sizeof reading->sentence);
  else
    reading->has = meter_parse (file, &reading->microjoules);
}

static void
clear (gpointer state)
{
  vmm_procfs_clear (state);
  g_free (state);
}

static const VmmAsideClass class = {
  .name = "vmm-told",
  .work = work,
  .clear = clear,
  .answer_size = sizeof (Reading),
};

/* By its name alone: to touch it is to ask the host. */
static gboolean
has_share (const char *root)
{
  g_autofree char *var = g_build_filename (root, "var", NULL);
  g_autoptr (GDir) dir = g_dir_open (var, 0, NULL);
  const char *name = NULL;

  while (dir && (name = g_dir_read_name (dir)) && !g_str_equal (name, SHARE))
    ;
  return name != NULL;
}

Told *
told_new (const char *root)
{
  if (!has_share (root))
    return NULL;

  Told        *told = g_new0 (Told, 1);
  VmmProcFile *file = g_new0 (VmmProcFile, 1);

  vmm_procfs_init (file, root, ZONE "/energy_uj");
  told->aside = vmm_aside_new (&class, file);
  told->value = vmm_absent (VMM_PENDING);
  told->cause = VMM_CAUSE_NO_READING;
  vmm_aside_ask (told->aside, 0);
  vmm_aside_settle (told->aside, FIRST_US);
  return told;
}

void
told_free (Told *told)
{
  if (!told)
    return;
  vmm_aside_free (told->aside);
  g_free (told);
}

/* The reading at construction is for the reason alone: no clock told its time. */
static void
judge (Told *told)
{
  const Reading *reading = &told->reading;

  told->value = vmm_absent (reading->sentence[0] ? VMM_FAILED : VMM_PENDING);
  told->cause = reading->sentence[0] ? VMM_CAUSE_FILE : VMM_CAUSE_NO_READING;
  if (reading->has && reading->now_us > 0)
    told->value =
        joules_take (&told->joules, reading->microjoules, 0, reading->now_us, &told->cause);
  if (vmm_absence (told->value) == VMM_PRESENT)
    told->cause = VMM_CAUSE_HOST_TELLS;
}

/* A row without a new reading has none. */
float
told_take (Told *told, gint64 now_us, VmmCause *ret_cause, const char **ret_sentence)
{
  if (vmm_aside_take (told->aside, now_us, &told->reading, &told->cause))
    judge (told);
  else
    told->value = vmm_absent (told->cause == VMM_CAUSE_NO_REPLY ? VMM_FAILED : VMM_PENDING);
  vmm_aside_ask (told->aside, now_us);
  *ret_cause = told->cause;
  *ret_sentence = told->reading.sentence;
  return told->value;
}

void
told_settle (Told *told)
{
  vmm_aside_settle (told->aside, G_MAXINT64 / 2);
}
