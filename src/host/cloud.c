/* SPDX-License-Identifier: MIT */
/* cloud: whose machine this runs on, from what the firmware says. */
#include "machine.h"
#include "vmm/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const struct {
  const char *id, *name;
} clouds[] = {
  { "none",         N_ ("No cloud") },
  { "aws",          "Amazon EC2" },
  { "azure",        "Microsoft Azure" },
  { "gcp",          "Google Cloud" },
  { "alibaba",      "Alibaba Cloud" },
  { "oracle",       "Oracle Cloud" },
  { "digitalocean", "DigitalOcean" },
  { "openstack",    "OpenStack" },
  { "nutanix",      "Nutanix" },
  { "hetzner",      "Hetzner" },
  { "other",        N_ ("Another cloud") },
};

/* As cloud-init's tools/ds-identify knows them. The first row that matches counts; those that say
 * OpenStack come after the clouds that are built on it. */
static const struct {
  DmiField    field;
  const char *pattern, *id;
} firmwares[] = {
  { DMI_CHASSIS_ASSET_TAG, "7783-7084-3265-9085-8269-3286-77", "azure" },
  { DMI_CHASSIS_ASSET_TAG, "OracleCloud.com",        "oracle" },
  { DMI_SYS_VENDOR,        "Amazon EC2*",            "aws" },
  { DMI_BIOS_VENDOR,       "Amazon EC2*",            "aws" },
  { DMI_BIOS_VERSION,      "*.amazon",               "aws" }, /* Xen: "4.11.amazon" */
  { DMI_PRODUCT_NAME,      "Google Compute Engine*", "gcp" },
  { DMI_PRODUCT_NAME,      "Alibaba Cloud ECS*",     "alibaba" },
  { DMI_SYS_VENDOR,        "DigitalOcean*",          "digitalocean" },
  { DMI_PRODUCT_NAME,      "AHV",                    "nutanix" },
  { DMI_SYS_VENDOR,        "Hetzner*",               "hetzner" },
  { DMI_SYS_VENDOR,        "Scaleway*",              "other" },
  { DMI_SYS_VENDOR,        "Vultr*",                 "other" },
  { DMI_SYS_VENDOR,        "Akamai*",                "other" },
  { DMI_SYS_VENDOR,        "Linode",                 "other" },
  { DMI_SYS_VENDOR,        "UpCloud*",               "other" },
  { DMI_SYS_VENDOR,        "Exoscale*",              "other" },
  { DMI_PRODUCT_NAME,      "Exoscale*",              "other" },
  { DMI_SYS_VENDOR,        "e24cloud",               "other" },
  { DMI_SYS_VENDOR,        "Tilaa",                  "other" },
  { DMI_SYS_VENDOR,        "NWCS",                   "other" },
  { DMI_SYS_VENDOR,        "3DS Outscale",           "other" },
  { DMI_PRODUCT_NAME,      "CloudCIX",               "other" },
  { DMI_PRODUCT_NAME,      "CloudStack*",            "other" },
  { DMI_PRODUCT_NAME,      "SmartDC*",               "other" },
  { DMI_CHASSIS_ASSET_TAG, "*.zstack.io",            "other" },
  { DMI_PRODUCT_NAME,      "OpenStack*",             "openstack" },
  { DMI_CHASSIS_ASSET_TAG, "OpenStack*",             "openstack" },
  { DMI_CHASSIS_ASSET_TAG, "OpenTelekomCloud",       "openstack" },
  { DMI_CHASSIS_ASSET_TAG, "HUAWEICLOUD",            "openstack" },
  { DMI_CHASSIS_ASSET_TAG, "SAP CCloud VM",          "openstack" },
  { DMI_CHASSIS_ASSET_TAG, "Samsung Cloud Platform", "openstack" },
};
/* clang-format on */

/* Xen's PV guests have no firmware; Amazon's UUIDs begin with "ec2". */
static gboolean
has_ec2_uuid (Machine *machine)
{
  g_autofree char *uuid = machine_read_line (machine, "sys/hypervisor/uuid");
  gboolean         is = g_str_has_prefix (uuid, "ec2");

  if (is)
    machine_note (machine, VMM_SAID ("sys/hypervisor/uuid begins with ec2"));
  return is;
}

const char *
cloud_detect (Machine *machine)
{
  for (guint i = 0; i < G_N_ELEMENTS (firmwares); i++) {
    const char *value = machine->dmi.values[firmwares[i].field];
    if (value && g_pattern_match_simple (firmwares[i].pattern, value)) {
      machine_note_dmi (machine, firmwares[i].field);
      return firmwares[i].id;
    }
  }
  return has_ec2_uuid (machine) ? "aws" : "none";
}

const char *
vmm_host_cloud_name (const char *cloud_id)
{
  for (guint i = 0; cloud_id && i < G_N_ELEMENTS (clouds); i++)
    if (strcmp (clouds[i].id, cloud_id) == 0)
      return clouds[i].name;
  return NULL;
}
