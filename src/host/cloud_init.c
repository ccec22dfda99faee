/* SPDX-License-Identifier: MIT */
/* cloud_init: what cloud-init left behind when the machine was started, without what is secret in it.
 *
 * What is in the document is from then: a machine that was resized while it was off may show its old
 * type where cloud-init trusts the machine's UUID. */
#include "instance_facts.h"

#include "vmm/json.h"
#include "vmm/procfs.h"

#include <string.h>

#define PATH "run/cloud-init/instance-data.json" /* everybody may read it */
#define MAX_STEPS 8

/* clang-format off */
/* cloud-init's names of data sources, where the firmware names no cloud. Those that any machine may have
 * (NoCloud, ConfigDrive, LXD) are none. */
static const struct {
  const char *name, *cloud_id;
} clouds[] = {
  { "aws",          "aws" },
  { "azure",        "azure" },
  { "gce",          "gcp" },
  { "aliyun",       "alibaba" },
  { "oracle",       "oracle" },
  { "digitalocean", "digitalocean" },
  { "openstack",    "openstack" },
  { "hetzner",      "hetzner" },
  { "scaleway",     "other" },
  { "vultr",        "other" },
  { "akamai",       "other" },
  { "upcloud",      "other" },
  { "exoscale",     "other" },
  { "cloudstack",   "other" },
};

/* Where a cloud's data source has what (canonical/cloud-init, cloudinit/sources/DataSource*.py). Azure's
 * v1.availability_zone is a fault domain, and DigitalOcean's a region. */
static const struct {
  const char  *cloud_id;
  InstanceFact fact;
  const char  *path; /* "_" also stands for "-" */
} rows[] = {
  { "aws",          INSTANCE_TYPE,      "ds.meta_data.instance_type" },
  { "aws",          INSTANCE_TYPE,      "ds.dynamic.instance_identity.document.instanceType" },
  { "aws",          INSTANCE_REGION,    "v1.region" },
  { "aws",          INSTANCE_ZONE,      "v1.availability_zone" },
  { "aws",          INSTANCE_LIFECYCLE, "ds.meta_data.instance_life_cycle" },
  { "aws",          INSTANCE_HOST_HINT, "ds.meta_data.placement.host_id" }, /* dedicated hosts */
  { "azure",        INSTANCE_TYPE,      "ds.meta_data.imds.compute.vmSize" },
  { "azure",        INSTANCE_REGION,    "ds.meta_data.imds.compute.location" },
  { "azure",        INSTANCE_ZONE,      "ds.meta_data.imds.compute.zone" },
  { "azure",        INSTANCE_LIFECYCLE, "ds.meta_data.imds.compute.priority" },
  { "gcp",          INSTANCE_REGION,    "v1.region" },
  { "gcp",          INSTANCE_ZONE,      "v1.availability_zone" },
  { "alibaba",      INSTANCE_TYPE,      "ds.meta_data.instance.instance_type" },
  { "alibaba",      INSTANCE_REGION,    "ds.meta_data.region_id" },
  { "alibaba",      INSTANCE_ZONE,      "ds.meta_data.zone_id" },
  { "oracle",       INSTANCE_TYPE,      "ds.shape" },
  { "oracle",       INSTANCE_REGION,    "ds.canonicalRegionName" },
  { "oracle",       INSTANCE_ZONE,      "ds.ociAdName" },
  { "digitalocean", INSTANCE_REGION,    "v1.availability_zone" },
  { "openstack",    INSTANCE_TYPE,      "ds.ec2_metadata.instance_type" },
  { "openstack",    INSTANCE_REGION,    "v1.region" },
  { "openstack",    INSTANCE_ZONE,      "v1.availability_zone" },
  { "hetzner",      INSTANCE_REGION,    "v1.region" },
  { "hetzner",      INSTANCE_ZONE,      "v1.availability_zone" },
  { "other",        INSTANCE_REGION,    "v1.region" },
  { "other",        INSTANCE_ZONE,      "v1.availability_zone" },
};
/* clang-format on */

static JsonNode *
get_member (JsonObject *object, char *step)
{
  JsonNode *node = json_object_get_member (object, step);

  return node ? node : json_object_get_member (object, g_strdelimit (step, "_", '-'));
}

/* The text there, borrowed; NULL where there is none. */
static const char *
get_text (JsonNode *root, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", MAX_STEPS);
  JsonNode *node = root;

  for (guint i = 0; node && steps[i]; i++)
    node =
        JSON_NODE_HOLDS_OBJECT (node) ? get_member (json_node_get_object (node), steps[i]) : NULL;
  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static void
name_cloud (Machine *machine, JsonNode *root, const char **cloud_id)
{
  const char *name = get_text (root, "v1.cloud_name");

  for (guint i = 0; name && i < G_N_ELEMENTS (clouds); i++)
    if (strcmp (clouds[i].name, name) == 0) {
      *cloud_id = clouds[i].cloud_id;
      machine_note (machine, "cloud-init v1.cloud_name: %s", name);
    }
}

static void
take_facts (Machine *machine, Instance *instance, JsonNode *root, const char *cloud_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *source = g_strconcat ("cloud-init ", rows[i].path, NULL);
    if (strcmp (rows[i].cloud_id, cloud_id) == 0)
      instance_take (machine, instance, rows[i].fact, get_text (root, rows[i].path), source);
  }
}

void
cloud_init_read (Machine *machine, Instance *instance, const char **cloud_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  VmmProcFile file;

  vmm_procfs_init (&file, machine->root, PATH);
  if (vmm_procfs_read (&file, &error))
    root = vmm_json_parse (file.text, file.length, PATH, &error);
  vmm_procfs_clear (&file);
  if (error && !g_error_matches (error, VMM_ERROR, VMM_ERROR_MISSING))
    machine_note (machine, "%s", error->message);
  if (root && strcmp (*cloud_id, "none") == 0)
    name_cloud (machine, root, cloud_id);
  if (root)
    take_facts (machine, instance, root, *cloud_id);
}
