/* SPDX-License-Identifier: MIT */
/* dmi: what the firmware calls this machine, as far as everybody may read it. */
#pragma once

#include <glib.h>

typedef enum {
  DMI_SYS_VENDOR,
  DMI_PRODUCT_NAME,
  DMI_PRODUCT_VERSION,
  DMI_BIOS_VENDOR,
  DMI_BIOS_VERSION,
  DMI_CHASSIS_ASSET_TAG,
  DMI_N_FIELDS
} DmiField;

typedef struct {
  char    *values[DMI_N_FIELDS]; /* NULL = not there */
  gboolean is_virtual;           /* the BIOS says so; only root may read it */
  char    *virtualbox_version;   /* "7.0.10"; NULL = not VirtualBox, or not root */
} Dmi;

void dmi_read (Dmi *ret_dmi, const char *root);
void dmi_clear (Dmi *dmi);

/* "sys_vendor": the field's name in sys/class/dmi/id. Static storage. */
const char *dmi_field_name (DmiField field);

/* The two below take raw structures, as in sys/firmware/dmi/entries (SMBIOS, DSP0134). */

/* Type 0: bit 4 of the second characteristics extension byte, "this is a virtual machine". That
 * it is clear proves nothing. */
gboolean dmi_bios_is_virtual (const char *bytes, gsize length);

/* Type 11: the rest of the first OEM string that begins with `prefix`, or NULL. g_free(). */
char *dmi_find_oem_string (const char *bytes, gsize length, const char *prefix);
