/* SPDX-License-Identifier: MIT */
/* metadata_services: the table of the clouds' services, and what they are asked. */
#include "metadata.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LINK_LOCAL "169.254.169.254"
#define AZURE "/metadata/instance/compute/"
#define AZURE_TEXT "?api-version=2021-12-13&format=text"
#define GCP "/computeMetadata/v1/instance/"

/* clang-format off */
/* canonical/cloud-init, cloudinit/sources/DataSource*.py and sources/{azure,helpers}/; Microsoft, "Azure
 * Instance Metadata Service"; GoogleCloudPlatform/guest-agent, metadata/metadata.go, and of the sign google_guest_agent/clock.go;
 * Alibaba, "Instance metadata items". */
static const MetadataService services[] = {
  { .cloud_id = "aws", .address = LINK_LOCAL, .address6 = "[fd00:ec2::254]",
    .token_path = "/latest/api/token", .token_life = { "X-aws-ec2-metadata-token-ttl-seconds", "60" },
    .token_header = "X-aws-ec2-metadata-token" },
  { .cloud_id = "azure", .address = LINK_LOCAL, .header = { "Metadata", "true" },
    .warning = N_ ("--cloud-events switches Azure's scheduled events on, until 24 hours have passed without such a "
                   "question: meanwhile restarts, also from the portal, wait up to 15 minutes for an approval that "
                   "this program does not give") },
  { .cloud_id = "gcp", .address = LINK_LOCAL, .address6 = "[fd20:ce::254]",
    .header = { "Metadata-Flavor", "Google" }, .mark = { "Metadata-Flavor", "Google" },
    .sign_path = GCP "virtual-clock/drift-token",
    .warning = N_ ("--cloud-events may change when Google moves this machine: who asks for the notice is given "
                   "60 seconds") },
  { .cloud_id = "alibaba", .address = "100.100.100.200",
    .token_path = "/latest/api/token", .token_life = { "X-aliyun-ecs-metadata-token-ttl-seconds", "60" },
    .token_header = "X-aliyun-ecs-metadata-token",
    .sign_path = "/latest/meta-data/instance/last-host-landing-time" },
  { .cloud_id = "oracle", .address = LINK_LOCAL, .address6 = "[fd00:c1::a9fe:a9fe]",
    .header = { "Authorization", "Bearer Oracle" } },
  { .cloud_id = "digitalocean", .address = LINK_LOCAL },
  { .cloud_id = "hetzner", .address = LINK_LOCAL },
  { .cloud_id = "openstack", .address = LINK_LOCAL },
};

static const MetadataLeaf leaves[] = {
  { "aws",          "/latest/meta-data/instance-type",               INSTANCE_TYPE },
  { "aws",          "/latest/meta-data/placement/region",            INSTANCE_REGION },
  { "aws",          "/latest/meta-data/placement/availability-zone", INSTANCE_ZONE },
  { "aws",          "/latest/meta-data/instance-life-cycle",         INSTANCE_LIFECYCLE },
  { "aws",          "/latest/meta-data/placement/host-id",           INSTANCE_HOST_HINT }, /* dedicated hosts */
  { "azure",        AZURE "vmSize" AZURE_TEXT,                       INSTANCE_TYPE },
  { "azure",        AZURE "location" AZURE_TEXT,                     INSTANCE_REGION },
  { "azure",        AZURE "zone" AZURE_TEXT,                         INSTANCE_ZONE },
  { "azure",        AZURE "priority" AZURE_TEXT,                     INSTANCE_LIFECYCLE },
  { "gcp",          GCP "machine-type",                              INSTANCE_TYPE },
  { "gcp",          GCP "zone",                                      INSTANCE_ZONE, TRUE },
  { "gcp",          GCP "scheduling/preemptible",                    INSTANCE_LIFECYCLE },
  { "alibaba",      "/latest/meta-data/instance/instance-type",      INSTANCE_TYPE },
  { "alibaba",      "/latest/meta-data/region-id",                   INSTANCE_REGION },
  { "alibaba",      "/latest/meta-data/zone-id",                     INSTANCE_ZONE },
  { "oracle",       "/opc/v2/instance/shape",                        INSTANCE_TYPE },
  { "oracle",       "/opc/v2/instance/canonicalRegionName",          INSTANCE_REGION },
  { "oracle",       "/opc/v2/instance/ociAdName",                    INSTANCE_ZONE },
  { "digitalocean", "/metadata/v1/region",                           INSTANCE_REGION },
  { "hetzner",      "/hetzner/v1/metadata/region",                   INSTANCE_REGION },
  { "hetzner",      "/hetzner/v1/metadata/availability-zone",        INSTANCE_ZONE },
  { "openstack",    "/latest/meta-data/instance-type",               INSTANCE_TYPE },
  { "openstack",    "/latest/meta-data/placement/availability-zone", INSTANCE_ZONE },
};

/* aws/aws-node-termination-handler, pkg/ec2metadata/ec2metadata.go; Amazon EC2 User Guide, "EC2 instance
 * rebalance recommendations"; Microsoft, "Scheduled Events for Linux VMs"; Google, "Live migration process";
 * Alibaba, "Best practices for preemptible instances". The surest first: of several, the first is told. */
static const MetadataEvents events[] = {
  { .cloud_id = "aws", .path = "/latest/meta-data/spot/instance-action", .kind = "action", .time = "time" },
  { .cloud_id = "aws", .path = "/latest/meta-data/events/maintenance/scheduled",
    .kind = "Code", .time = "NotBefore", .state = "State" },
  { .cloud_id = "aws", .path = "/latest/meta-data/events/recommendations/rebalance",
    .word = "rebalance", .since = "noticeTime" },
  { .cloud_id = "azure", .path = "/metadata/scheduledevents?api-version=2020-07-01",
    .list = "Events", .kind = "EventType", .time = "NotBefore", .state = "EventStatus" },
  { .cloud_id = "gcp", .path = GCP "maintenance-event" },
  { .cloud_id = "gcp", .path = GCP "preempted" },
  { .cloud_id = "alibaba", .path = "/latest/meta-data/instance/spot/termination-time", .word = "terminate" },
};

/* What they call what is going to happen, and what it is for the guest. */
static const struct {
  const char *word, *event;
} words[] = {
  { "terminate",                         NC_ ("value", "end") },
  { "stop",                              NC_ ("value", "stop") },
  { "hibernate",                         NC_ ("value", "hibernation") },
  { "instance-reboot",                   NC_ ("value", "restart") },
  { "system-reboot",                     "restart" },
  { "system-maintenance",                NC_ ("value", "maintenance") },
  { "instance-retirement",               "end" },
  { "rebalance",                         NC_ ("value", "risk") }, /* no event yet: it is likelier than before */
  { "instance-stop",                     "stop" },
  { "Freeze",                            NC_ ("value", "pause") }, /* a live migration, too */
  { "Reboot",                            "restart" },
  { "Redeploy",                          NC_ ("value", "move") },
  { "Preempt",                           "end" },
  { "Terminate",                         "end" },
  { "MIGRATE_ON_HOST_MAINTENANCE",       "move" },
  { "TERMINATE_ON_HOST_MAINTENANCE",     "end" },
  { "TRUE",                              "end" }, /* preempted */
  { "FALSE",                             "" },
  { "NONE",                              "" },
};
/* clang-format on */

const MetadataService *
metadata_find_service (const char *cloud_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    if (strcmp (services[i].cloud_id, cloud_id) == 0)
      return &services[i];
  return NULL;
}

const MetadataLeaf *
metadata_leaves (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (leaves);
  return leaves;
}

const MetadataEvents *
metadata_events (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (events);
  return events;
}

const char *
metadata_find_event (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].word, word) == 0)
      return words[i].event;
  return NULL;
}

const char *
vmm_host_events_warning (const char *cloud_id)
{
  const MetadataService *service = metadata_find_service (cloud_id);

  return service ? service->warning : NULL;
}
