/* SPDX-License-Identifier: MIT */
/* test_probe_work: a unit of work is the same steps each time, for everybody, in every build. */
#include "work.h"
#include "work_pieces.h"

#include <string.h>

#define UNIT G_GUINT64_CONSTANT (0x19e043863161a179)

static void
test_unit (void)
{
  VmmWork *first = vmm_work_new (), *second = vmm_work_new ();

  for (guint i = 0; i < 2; i++) {
    g_assert_cmphex (vmm_work_unit (first), ==, UNIT);
    g_assert_cmphex (vmm_work_unit (second), ==, UNIT);
  }
  vmm_work_free (first);
  vmm_work_free (second);
  vmm_work_free (NULL);
}

static gpointer
do_units (gpointer data)
{
  VmmWork *work = vmm_work_new ();

  for (guint i = 0; i < 20; i++)
    g_assert_cmphex (vmm_work_unit (work), ==, UNIT);
  vmm_work_free (work);
  return data;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("worker", do_units, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* It uses nearly every kind of instruction, and ends. */
static void
test_program (void)
{
  g_autofree VmmWorkMachine *machine = g_new0 (VmmWorkMachine, 1);
  gboolean                   is_used[G_MAXUINT8 + 1] = { FALSE };
  guint                      used = 0;

  vmm_work_write_program (machine);
  for (guint i = 0; i < VMM_WORK_INSTRUCTIONS; i++)
    is_used[machine->program[i].operation] = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (is_used); i++)
    used += is_used[i];
  g_assert_cmpuint (used, >, 200);
  g_assert_cmphex (vmm_work_interpret (machine), ==, vmm_work_interpret (machine));
}

/* Repeated words become matches, and each has its place in the output. */
static void
test_pack (void)
{
  g_autofree VmmWorkPacker *packer = g_new0 (VmmWorkPacker, 1);
  VmmWorkText               text;

  vmm_work_write_text (text);
  guint64 sum = vmm_work_pack (packer, text);
  g_assert_cmpuint (sum >> 16, >, 1000);    /* bytes in matches */
  g_assert_cmpuint (sum & 0xffff, >, 1000); /* bytes put out */
  g_assert_cmpuint (sum & 0xffff, <, 4000); /* of which there were as many */
  g_assert_cmpuint (packer->packed[0], ==, text[0]);
}

static void
test_sort (void)
{
  g_autofree VmmWorkSorter *sorter = g_new0 (VmmWorkSorter, 1);

  vmm_work_sort (sorter);
  for (guint i = 1; i < VMM_WORK_RECORDS; i++) {
    const VmmWorkRecord *a = sorter->order[i - 1], *b = sorter->order[i];

    g_assert_true (a->group < b->group || (a->group == b->group && a->key < b->key));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/work/unit", test_unit);
  g_test_add_func ("/probe/work/threads", test_threads);
  g_test_add_func ("/probe/work/program", test_program);
  g_test_add_func ("/probe/work/pack", test_pack);
  g_test_add_func ("/probe/work/sort", test_sort);
  return g_test_run ();
}
