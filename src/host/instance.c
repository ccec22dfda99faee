/* SPDX-License-Identifier: MIT */
/* instance: which of a cloud's machines this one is, without asking anybody. */
#include "instance_facts.h"

#include <string.h>

/* Amazon's Nitro names the machine after its type; its Xen machines are "HVM domU". */
static void
take_product (Machine *machine, Instance *instance)
{
  const char *product = machine->dmi.values[DMI_PRODUCT_NAME];

  if (!product ||
      !g_regex_match_simple ("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", product, G_REGEX_DOLLAR_ENDONLY, 0))
    return;
  instance->facts[INSTANCE_TYPE] = g_strdup (product);
  machine_note_dmi (machine, DMI_PRODUCT_NAME);
}

Instance *
instance_new (Machine *machine, const char **cloud_id)
{
  Instance *instance = g_new0 (Instance, 1);

  if (strcmp (*cloud_id, "aws") == 0)
    take_product (machine, instance);
  cloud_init_read (machine, instance, cloud_id);
  kvp_read (machine, instance);
  return instance;
}

void
instance_give (Instance *instance, VmmHost *host)
{
  for (guint i = 0; i < INSTANCE_N_FACTS; i++)
    *instance_place (host, (InstanceFact) i) =
        instance->facts[i] ? instance->facts[i] : g_strdup ("");
  g_free (instance);
}
