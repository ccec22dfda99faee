/* SPDX-License-Identifier: MIT */
/* design: how the windows of two sides lie in time, and so what their difference can show. */
#include "compare_private.h"

/* Windows further apart belong to no block together; a session is what no longer pause divides. */
#define BLOCK_PAUSE_US (10 * G_TIME_SPAN_MINUTE)
#define SESSION_PAUSE_US G_TIME_SPAN_HOUR

/* A window of one of the two sides. */
typedef struct {
  gint64 start_us, end_us;
  guint  side, number; /* 0 or 1; which of its windows */
} Moment;

typedef struct {
  Moment *moments; /* by their beginning */
  guint   n;
} Course;

static int
compare_moments (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 first = ((const Moment *) a)->start_us, second = ((const Moment *) b)->start_us;

  return (first > second) - (first < second);
}

static void
add_side (Course *course, guint side, const GPtrArray *windows)
{
  for (guint i = 0; i < windows->len; i++) {
    gint64 start_us = vmm_result_get_created (windows->pdata[i]);
    double seconds = vmm_plan_seconds (vmm_result_get_plan (windows->pdata[i]));
    course->moments[course->n++] =
        (Moment){ start_us, start_us + (gint64) (seconds * G_USEC_PER_SEC), side, i };
  }
}

static void
sort_course (Course *course)
{
  g_qsort_with_data (course->moments, (int) course->n, sizeof *course->moments, compare_moments,
                     NULL);
}

/* Behind the last of those from `at` on that are less than a pause apart. */
static guint
end_stretch (const Course *course, guint at)
{
  while (++at < course->n &&
         course->moments[at].start_us - course->moments[at - 1].end_us <= BLOCK_PAUSE_US)
    ;
  return at;
}

/* Behind the last of those from `at` on that are of one side. */
static guint
end_run (const Course *course, guint at, guint end)
{
  guint side = course->moments[at].side;

  while (at < end && course->moments[at].side == side)
    at++;
  return at;
}

static void
put_in_block (VmmLayout *layout, const Course *course, guint from, guint to, guint block)
{
  for (guint i = from; i < to; i++)
    layout->block[course->moments[i].side][course->moments[i].number] = block;
}

/* A block is what is measured of one side and, next to it, of the other. What lies between two of the other
 * side is divided among them: A BB A are two blocks, and so drift falls on both sides. What is left at
 * the end goes with the block before. */
static void
divide_stretch (VmmLayout *layout, const Course *course, guint at, guint end)
{
  guint before = layout->n_blocks;

  while (at < end) {
    guint middle = end_run (course, at, end);
    if (middle == end) {
      if (layout->n_blocks > before)
        put_in_block (layout, course, at, end, layout->n_blocks);
      return;
    }
    guint last = end_run (course, middle, end);
    guint to = last == end ? end : middle + MAX (1, (last - middle) / 2);
    put_in_block (layout, course, at, to, ++layout->n_blocks);
    at = to;
  }
}

static void
find_blocks (VmmLayout *layout, const Course *course)
{
  for (guint at = 0, end; at < course->n; at = end) {
    end = end_stretch (course, at);
    divide_stretch (layout, course, at, end);
  }
}

static void
find_sessions (VmmLayout *layout, guint side, const GPtrArray *windows)
{
  g_autofree Moment *moments = g_new (Moment, windows->len + 1);
  Course             course = { moments, 0 };

  add_side (&course, side, windows);
  sort_course (&course);
  for (guint i = 0; i < course.n; i++) {
    if (!i || moments[i].start_us - moments[i - 1].end_us >= SESSION_PAUSE_US)
      layout->n_sessions[side]++;
    layout->session[side][moments[i].number] = layout->n_sessions[side];
  }
}

static gboolean
is_mostly_in_blocks (const VmmLayout *layout, guint side)
{
  guint n = 0;

  for (guint i = 0; i < layout->n[side]; i++)
    n += layout->block[side][i] > 0;
  return 3 * n >= 2 * layout->n[side];
}

static gboolean
is_one_after_the_other (const Course *course)
{
  return course->n > 0 && end_run (course, end_run (course, 0, course->n), course->n) == course->n;
}

static VmmDesign
judge_design (const VmmLayout *layout, const Course *course)
{
  if (layout->n_blocks >= VMM_COMPARE_MIN_WINDOWS && is_mostly_in_blocks (layout, 0) &&
      is_mostly_in_blocks (layout, 1))
    return VMM_DESIGN_INTERLEAVED;
  if (MIN (layout->n_sessions[0], layout->n_sessions[1]) >= VMM_COMPARE_MIN_SESSIONS)
    return VMM_DESIGN_SESSIONS;
  return is_one_after_the_other (course) ? VMM_DESIGN_BLOCKS : VMM_DESIGN_MIXED;
}

void
vmm_layout_init (VmmLayout *ret_layout, const GPtrArray *first, const GPtrArray *second)
{
  const GPtrArray   *windows[2] = { first, second };
  g_autofree Moment *moments = g_new (Moment, first->len + second->len + 1);
  Course             course = { moments, 0 };

  *ret_layout = (VmmLayout){ 0 };
  for (guint side = 0; side < 2; side++) {
    ret_layout->n[side] = windows[side]->len;
    ret_layout->block[side] = g_new0 (guint, windows[side]->len + 1);
    ret_layout->session[side] = g_new0 (guint, windows[side]->len + 1);
    add_side (&course, side, windows[side]);
    find_sessions (ret_layout, side, windows[side]);
  }
  sort_course (&course);
  find_blocks (ret_layout, &course);
  ret_layout->design = judge_design (ret_layout, &course);
}

void
vmm_layout_clear (VmmLayout *layout)
{
  for (guint side = 0; side < 2; side++) {
    g_free (layout->block[side]);
    g_free (layout->session[side]);
  }
}

const char *
vmm_design_id (VmmDesign design)
{
  static const char *const ids[] = { "mixed", "blocks", "sessions", "interleaved" };

  g_return_val_if_fail ((guint) design < G_N_ELEMENTS (ids), NULL);
  return ids[design];
}
