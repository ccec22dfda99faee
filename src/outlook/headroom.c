/* SPDX-License-Identifier: MIT */
/* headroom: utilisation law and a line through the cloud of uses, back to no load and forward to the first that
 * is full. */
#include "headroom.h"

#include <math.h>
#include <string.h>

#define MEMORY_FULL 92.0 /* % */
#define OLD_US (600 * G_GINT64_CONSTANT (1000000))
#define LEAST_SHARE 0.004 /* of a capacity: less is nothing */
#define LEAST_FIRST 0.02  /* of what fills first: less says nothing of it */
#define TOGETHER 0.35     /* correlation of what grows with the load */
#define STANDING 0.5      /* of the load: what stands still so far may as well be load */
#define STEADY 0.1        /* sd of the load's own measure, of its mean */
#define MEMORY_MOVES 0.01 /* sd, of all memory */
#define CLOSE 1.2         /* times the first: not told apart from it */
#define STOLEN 10.0       /* % */

typedef struct {
  double   share[LOAD_ROWS]; /* of its capacity, in each row */
  double   mean, sd;
  gboolean is_there;       /* it was measured, and is more than nothing */
  double   slope, at_zero; /* of the line through the pivot's share and this one */
} Part;

typedef struct {
  guint n; /* rows */
  Part  parts[VMM_N_RESOURCES];
} Cloud;

static const char *const resources[VMM_N_RESOURCES] = { "cpu", "requests", "bytes", "memory" };
static const char *const classes[VMM_N_HEADROOM_CLASSES] = { "2", "4", "10", "beyond" };
static const char *const whys[VMM_N_HEADROOM_WHYS] = { "known", "no-bursts", "old",
                                                       "early", "faded",     "idle" };

const char *
vmm_resource_id (guint resource)
{
  return resource < VMM_N_RESOURCES ? resources[resource] : NULL;
}

const char *
vmm_headroom_class_id (guint class)
{
  return class < VMM_N_HEADROOM_CLASSES ? classes[class] : NULL;
}

const char *
vmm_headroom_why_id (guint why)
{
  return why < VMM_N_HEADROOM_WHYS ? whys[why] : NULL;
}

VmmHeadroomClass
vmm_headroom_class (double multiple)
{
  return multiple < 2.5   ? VMM_HEADROOM_2
         : multiple < 4.5 ? VMM_HEADROOM_4
         : multiple <= 10 ? VMM_HEADROOM_10
                          : VMM_HEADROOM_BEYOND;
}

/* ---- The cloud */

/* Capacities in the order of Use. What others had at the disk in a burst, it had besides. */
static void
find_capacities (const Load *load, double *ret_capacities)
{
  const Capacity *capacity = &load->capacity;

  ret_capacities[USE_CPU] = capacity_get_cpu (capacity);
  ret_capacities[USE_REQUESTS] =
      capacity_get_requests (capacity) + load_get_mean (load, USE_REQUESTS);
  ret_capacities[USE_READ] = capacity_get_read (capacity) + load_get_mean (load, USE_READ);
  ret_capacities[USE_WRITE] = capacity_get_write (capacity) + load_get_mean (load, USE_WRITE);
  ret_capacities[USE_MEMORY] = MEMORY_FULL;
}

static double
find_share (const float *uses, const double *capacities, VmmResource resource)
{
  static const Use alone[VMM_N_RESOURCES] = { [VMM_RESOURCE_CPU] = USE_CPU,
                                              [VMM_RESOURCE_REQUESTS] = USE_REQUESTS,
                                              [VMM_RESOURCE_MEMORY] = USE_MEMORY };

  if (resource == VMM_RESOURCE_BYTES)
    return (double) uses[USE_READ] / capacities[USE_READ] +
           (double) uses[USE_WRITE] / capacities[USE_WRITE];
  return (double) uses[alone[resource]] / capacities[alone[resource]];
}

static void
describe (Part *part, guint n)
{
  double sum = 0, squares = 0;

  for (guint i = 0; i < n; i++)
    sum += part->share[i];
  part->mean = sum / n;
  for (guint i = 0; i < n; i++)
    squares += (part->share[i] - part->mean) * (part->share[i] - part->mean);
  part->sd = sqrt (squares / n);
  part->is_there = part->mean > LEAST_SHARE; /* no NAN is */
}

static void
fill (Cloud *cloud, const Load *load, const double *capacities)
{
  cloud->n = load->n;
  for (guint k = 0; k < VMM_N_RESOURCES; k++) {
    for (guint i = 0; i < cloud->n; i++)
      cloud->parts[k].share[i] = find_share (load->rows[i], capacities, k);
    describe (&cloud->parts[k], cloud->n);
  }
}

static double
correlate (const Cloud *cloud, const Part *a, const Part *b)
{
  double sum = 0;

  if (!a->is_there || !b->is_there || a->sd <= 0 || b->sd <= 0)
    return 0;
  for (guint i = 0; i < cloud->n; i++)
    sum += (a->share[i] - a->mean) * (b->share[i] - b->mean);
  return sum / cloud->n / a->sd / b->sd;
}

/* ---- The line */

/* What goes along with the others most stands for the load. The more it moves, the better. */
static const Part *
choose_pivot (const Cloud *cloud)
{
  const Part *pivot = NULL;
  double      most = 0;

  for (guint k = 0; k < VMM_N_RESOURCES; k++) {
    const Part *part = &cloud->parts[k];
    double      merit = 0;
    if (!part->is_there)
      continue;
    for (guint j = 0; j < VMM_N_RESOURCES; j++)
      merit += fabs (correlate (cloud, part, &cloud->parts[j]));
    merit = round (10 * merit) + MIN (part->sd / part->mean, 4) / 5;
    if (!pivot || merit > most) {
      pivot = part;
      most = merit;
    }
  }
  return pivot;
}

/* Reduced major axis: errors are in both. */
static void
draw_lines (Cloud *cloud, const Part *pivot)
{
  for (guint k = 0; k < VMM_N_RESOURCES; k++) {
    Part *part = &cloud->parts[k];
    part->slope = correlate (cloud, part, pivot) > TOGETHER ? part->sd / pivot->sd : 0;
    part->at_zero = part->mean - part->slope * pivot->mean;
  }
}

/* Back along the line until something is at zero: there is no load; but not beyond what was seen. */
static double
find_no_load (const Cloud *cloud, const Part *pivot)
{
  double none = 0, least = pivot->mean;

  for (guint k = 0; k < VMM_N_RESOURCES; k++)
    if (cloud->parts[k].is_there && cloud->parts[k].slope > 0)
      none = MAX (none, -cloud->parts[k].at_zero / cloud->parts[k].slope);
  for (guint i = 0; i < cloud->n; i++)
    least = MIN (least, pivot->share[i]);
  return MIN (none, least);
}

static double
extend_all (const Part *part)
{
  return MAX (1, 1 / part->mean);
}

/* Memory that stands is held; other use that does may as well be a load that was steady so far. */
static double
extend (const Part *part, double no_load, gboolean is_held)
{
  double fixed = part->at_zero + part->slope * no_load, grows = part->mean - fixed;

  if (!is_held && fixed > STANDING * part->mean)
    return extend_all (part);
  if (part->slope <= 0 || grows < 1e-6)
    return INFINITY;
  return MAX (1, (1 - fixed) / grows);
}

/* ---- The answer */

/* TRUE: the load was steady, and all use counts as load. */
static gboolean
find_multiples (Cloud *cloud, double *ret_multiples)
{
  const Part *pivot = choose_pivot (cloud), *memory = &cloud->parts[VMM_RESOURCE_MEMORY];
  gboolean    is_steady = !pivot || pivot->sd < STEADY * pivot->mean;

  if (!is_steady)
    draw_lines (cloud, pivot);
  double no_load = is_steady ? 0 : find_no_load (cloud, pivot);
  for (guint k = 0; k < VMM_N_RESOURCES; k++) {
    const Part *part = &cloud->parts[k];
    gboolean    stands = part == memory && memory->sd < MEMORY_MOVES;
    ret_multiples[k] = isnan (part->mean)                         ? NAN
                       : !part->is_there || (is_steady && stands) ? INFINITY
                       : is_steady                                ? extend_all (part)
                                   : extend (part, no_load, part == memory);
  }
  return is_steady;
}

static VmmResource
find_least (const double *multiples, VmmResource but)
{
  guint least = VMM_N_RESOURCES;

  for (guint k = 0; k < VMM_N_RESOURCES; k++)
    if (k != but && isfinite (multiples[k]) &&
        (least == VMM_N_RESOURCES || multiples[k] < multiples[least]))
      least = k;
  return least;
}

static void
put_resources (const Load *load, const Cloud *cloud, const double *capacities,
               const double *multiples, VmmHeadroom *headroom)
{
  for (guint k = 0; k < VMM_N_RESOURCES; k++) {
    VmmHeadroomResource *resource = &headroom->resources[k];
    resource->multiple = multiples[k];
    resource->class = vmm_headroom_class (multiples[k]);
    resource->use = k == VMM_RESOURCE_CPU        ? load_get_mean (load, USE_CPU)
                    : k == VMM_RESOURCE_REQUESTS ? load_get_mean (load, USE_REQUESTS)
                    : k == VMM_RESOURCE_MEMORY
                        ? load_get_mean (load, USE_MEMORY)
                        : load_get_mean (load, USE_READ) + load_get_mean (load, USE_WRITE);
    resource->capacity = cloud->parts[k].mean > 0  ? resource->use / cloud->parts[k].mean
                         : k == VMM_RESOURCE_BYTES ? capacities[USE_READ]
                                                   : capacities[k];
  }
}

static VmmHeadroomWhy
find_reason (const Load *load, gint64 now_us)
{
  if (load->capacity.at_us == G_MININT64 ||
      (load->n >= LOAD_LEAST && isnan (capacity_get_cpu (&load->capacity))))
    return VMM_HEADROOM_NO_BURSTS;
  if (now_us - load->capacity.at_us > OLD_US)
    return VMM_HEADROOM_OLD;
  if (load->n < LOAD_LEAST)
    return VMM_HEADROOM_EARLY;
  return VMM_HEADROOM_KNOWN;
}

static void
forget_resources (VmmHeadroom *headroom)
{
  headroom->first = headroom->second = VMM_N_RESOURCES;
  headroom->are_close = FALSE;
  for (guint k = 0; k < VMM_N_RESOURCES; k++)
    headroom->resources[k] = (VmmHeadroomResource){ NAN, NAN, NAN, VMM_HEADROOM_BEYOND };
}

static void
answer (const Load *load, VmmHeadroom *headroom)
{
  double capacities[N_USES], multiples[VMM_N_RESOURCES];
  Cloud  cloud;

  find_capacities (load, capacities);
  fill (&cloud, load, capacities);
  headroom->is_ratio = find_multiples (&cloud, multiples);
  put_resources (load, &cloud, capacities, multiples, headroom);
  headroom->or_more = load_get_mean (load, USE_STOLEN) > STOLEN;
  headroom->first = find_least (multiples, VMM_N_RESOURCES);
  headroom->second = find_least (multiples, headroom->first);
  headroom->are_close = headroom->second < VMM_N_RESOURCES &&
                        multiples[headroom->second] < CLOSE * multiples[headroom->first];
  if (capacity_has_faded (&load->capacity) &&
      (cloud.parts[VMM_RESOURCE_REQUESTS].is_there || cloud.parts[VMM_RESOURCE_BYTES].is_there))
    headroom->why = VMM_HEADROOM_FADED;
  else if (headroom->first == VMM_N_RESOURCES || cloud.parts[headroom->first].mean < LEAST_FIRST)
    headroom->why = VMM_HEADROOM_IDLE;
  if (headroom->why != VMM_HEADROOM_KNOWN)
    forget_resources (headroom);
}

void
headroom_find (const Load *load, gint64 now_us, VmmHeadroom *ret_headroom)
{
  *ret_headroom = (VmmHeadroom){ .why = find_reason (load, now_us) };
  forget_resources (ret_headroom);
  if (ret_headroom->why == VMM_HEADROOM_EARLY) {
    ret_headroom->seen = load->n;
    ret_headroom->needed = LOAD_LEAST;
  }
  if (ret_headroom->why == VMM_HEADROOM_KNOWN)
    answer (load, ret_headroom);
}
