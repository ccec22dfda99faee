/* SPDX-License-Identifier: MIT */
/* headroom: which resource fills first when the load of now grows, and about how far off that is.
 *
 * What is used stands beside what bursts measured that there is, of CPUs and disk; a regression through the
 * load's own ups and downs takes out what does not grow with it. Locks, limits of workers and other machines
 * cannot be seen so, and may come first. */
#pragma once

#include <glib.h>

typedef enum {
  VMM_RESOURCE_CPU,      /* % of all CPUs */
  VMM_RESOURCE_REQUESTS, /* of the disk, 1/s */
  VMM_RESOURCE_BYTES,    /* of the disk, MB/s */
  VMM_RESOURCE_MEMORY,   /* % */
  VMM_N_RESOURCES
} VmmResource;

/* How many times the present load fits. No finer: a third to a half is how wrong it was seen to be. */
typedef enum {
  VMM_HEADROOM_2,      /* up to about 2 times */
  VMM_HEADROOM_4,      /* 3 to 4 */
  VMM_HEADROOM_10,     /* 5 to 10 */
  VMM_HEADROOM_BEYOND, /* more than 10 */
  VMM_N_HEADROOM_CLASSES
} VmmHeadroomClass;

typedef enum {
  VMM_HEADROOM_KNOWN,
  VMM_HEADROOM_NO_BURSTS, /* nothing has asked for all that the guest has */
  VMM_HEADROOM_OLD,       /* that was too long ago */
  VMM_HEADROOM_EARLY,     /* `needed` readings of the load, `seen` of them so far */
  VMM_HEADROOM_FADED,     /* the disk was faster at first than later */
  VMM_HEADROOM_IDLE,      /* the load is too small */
  VMM_N_HEADROOM_WHYS
} VmmHeadroomWhy;

typedef struct {
  double use, capacity;   /* means, in the resource's unit; NAN = not measured */
  double multiple;        /* INFINITY: it does not grow with the load; NAN = not known */
  VmmHeadroomClass class; /* of that multiple */
} VmmHeadroomResource;

typedef struct {
  VmmHeadroomWhy      why;
  VmmResource         first, second; /* that fill; VMM_N_RESOURCES = none */
  gboolean            are_close;     /* the two cannot be told apart */
  gboolean            is_ratio;      /* the load was steady: all use counts as load */
  gboolean            or_more;       /* time was stolen: the CPUs may carry more than is seen */
  guint               seen, needed;
  VmmHeadroomResource resources[VMM_N_RESOURCES];
} VmmHeadroom;

/* Ids as stored: "cpu" "requests" "bytes" "memory"; "2" "4" "10" "beyond"; "known" "no-bursts" ... NULL beyond the
 * last. Static storage. */
const char *vmm_resource_id (guint resource);
const char *vmm_headroom_class_id (guint class);
const char *vmm_headroom_why_id (guint why);

/* The class of a multiple. */
VmmHeadroomClass vmm_headroom_class (double multiple);
