/* SPDX-License-Identifier: MIT */
/* dmi: what the firmware calls this machine, as far as everybody may read it. */
#include "dmi.h"

#include "clean.h"
#include "vmm/procfs.h"

#include <string.h>

/* Serial numbers and UUIDs are neither readable for everybody nor anybody's business. */
static const char *const names[DMI_N_FIELDS] = {
  [DMI_SYS_VENDOR] = "sys_vendor",           [DMI_PRODUCT_NAME] = "product_name",
  [DMI_PRODUCT_VERSION] = "product_version", [DMI_BIOS_VENDOR] = "bios_vendor",
  [DMI_BIOS_VERSION] = "bios_version",       [DMI_CHASSIS_ASSET_TAG] = "chassis_asset_tag",
};

#define BIOS_EXTENSION_2 0x13
#define BIOS_IS_VIRTUAL (1u << 4)

const char *
dmi_field_name (DmiField field)
{
  return names[field];
}

gboolean
dmi_bios_is_virtual (const char *bytes, gsize length)
{
  return length > BIOS_EXTENSION_2 && bytes[0] == 0 && (guchar) bytes[1] > BIOS_EXTENSION_2 &&
         ((guchar) bytes[BIOS_EXTENSION_2] & BIOS_IS_VIRTUAL);
}

char *
dmi_find_oem_string (const char *bytes, gsize length, const char *prefix)
{
  /* Byte 0 is the type, byte 1 the length of the structure; its strings follow. */
  const char *end = bytes + length;
  const char *at = length >= 2 && bytes[0] == 11 ? bytes + MIN ((guchar) bytes[1], length) : end;
  gsize       skip = strlen (prefix);

  while (at < end && *at) {
    gsize n = strnlen (at, (gsize) (end - at));
    if (n > skip && memcmp (at, prefix, skip) == 0)
      return clean_text (at + skip, n - skip, CLEAN_MAX);
    at += MIN (n + 1, (gsize) (end - at));
  }
  return NULL;
}

/* Calls `use` on the bytes of `path`, if it can be read. */
static void
read_entry (Dmi *dmi, const char *root, const char *path,
            void (*use) (Dmi *dmi, const char *bytes, gsize length))
{
  VmmProcFile file;

  vmm_procfs_init (&file, root, path);
  if (vmm_procfs_read (&file, NULL))
    use (dmi, file.text, file.length);
  vmm_procfs_clear (&file);
}

static void
use_bios (Dmi *dmi, const char *bytes, gsize length)
{
  dmi->is_virtual = dmi_bios_is_virtual (bytes, length);
}

static void
use_oem_strings (Dmi *dmi, const char *bytes, gsize length)
{
  dmi->virtualbox_version = dmi_find_oem_string (bytes, length, "vboxVer_");
}

void
dmi_read (Dmi *ret_dmi, const char *root)
{
  *ret_dmi = (Dmi){ 0 };
  for (guint i = 0; i < DMI_N_FIELDS; i++) {
    g_autofree char *path = g_strconcat ("sys/class/dmi/id/", names[i], NULL);
    ret_dmi->values[i] = clean_read (root, path, NULL);
  }
  read_entry (ret_dmi, root, "sys/firmware/dmi/entries/0-0/raw", use_bios);
  read_entry (ret_dmi, root, "sys/firmware/dmi/entries/11-0/raw", use_oem_strings);
}

void
dmi_clear (Dmi *dmi)
{
  for (guint i = 0; i < DMI_N_FIELDS; i++)
    g_clear_pointer (&dmi->values[i], g_free);
  g_clear_pointer (&dmi->virtualbox_version, g_free);
}
