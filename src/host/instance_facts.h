/* SPDX-License-Identifier: MIT */
/* instance_facts: what may be said of a cloud's machine, the first to say it being believed.
 *
 * No account, instance, address or name is kept. The physical host's name is kept as a hash. */
#pragma once

#include "machine.h"

typedef enum {
  INSTANCE_TYPE,
  INSTANCE_REGION,
  INSTANCE_ZONE,
  INSTANCE_LIFECYCLE, /* "on-demand", "spot" */
  INSTANCE_HOST_HINT, /* the first 12 hexadecimal digits of the SHA-256 of the physical host's name */
  INSTANCE_N_FACTS,
} InstanceFact;

struct Instance {
  char *facts[INSTANCE_N_FACTS]; /* "" = not known */
};

/* Takes what `source` ("DMI product_name") says of a fact, with its evidence; the first to say something
 * fit is believed. NULL and whatever is no short word of a cloud are passed over. */
void instance_take (Machine *machine, Instance *instance, InstanceFact fact, const char *value,
                    const char *source);

/* Where a host has this fact. */
const char **instance_place (VmmHost *host, InstanceFact fact);

/* ---- cloud_init: what cloud-init left behind when the machine was started. Replaces *cloud_id where
 * that is "none". */
void cloud_init_read (Machine *machine, Instance *instance, const char **cloud_id);

/* The hint of a host's name, NULL of none. Free with g_free(). */
char *instance_make_hint (const char *value);

/* ---- kvp: what Hyper-V told its guest; and of the bytes of its pool the value of a key, cleaned, NULL
 * where it has none. Free with g_free(). */
void  kvp_read (Machine *machine, Instance *instance);
char *kvp_find (const char *bytes, gsize length, const char *key);
