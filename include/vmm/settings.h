/* SPDX-License-Identifier: MIT */
/* settings: what the user chose in the window, kept in $XDG_CONFIG_HOME/vmm_monitor/settings.ini. Whom
 * to ask for the guests holds for the command `fleet` as well. */
#pragma once

#include "vmm/plan.h"
#include "vmm/units.h"

/* Whether the window is light or dark. */
typedef enum {
  VMM_SCHEME_SYSTEM, /* as the desktop is */
  VMM_SCHEME_LIGHT,
  VMM_SCHEME_DARK,
  VMM_N_SCHEMES
} VmmScheme;

typedef struct {
  guint     interval_ms; /* VMM_PLAN_INTERVAL_MIN_MS .. VMM_PLAN_INTERVAL_MAX_MS */
  guint     history_s;   /* one of vmm_settings_histories() */
  char     *ping_target; /* as a plan's; owned */
  gboolean  light;       /* as a plan's */
  gboolean  cloud;       /* as a plan's */
  gboolean  save;        /* each finished run is kept without being asked */
  VmmUnits  units;
  char     *fleet; /* the Prometheus whose guests are shown, "http://..."; NULL = none; owned */
  VmmScheme scheme;
  char     *fleet_password, *fleet_ca; /* files for that Prometheus alone; NULL = none; owned */
} VmmSettings;

/* The defaults: a sample a second, a day of them, the default gateway, saving. */
void vmm_settings_init (VmmSettings *settings);
void vmm_settings_copy (VmmSettings *ret_copy, const VmmSettings *settings);
void vmm_settings_clear (VmmSettings *settings);

/* Seconds of history that can be chosen, rising. Static storage. */
const guint *vmm_settings_histories (guint *ret_n);

/* Rows that hold `history_s` at `interval_ms`; no more than a day at one a second: shorter intervals
 * are looked back at for less long. */
guint vmm_settings_rows (guint history_s, guint interval_ms);

/* MiB of memory that such a day takes at most, of all channels; the kernel gives what is written to. */
guint vmm_settings_day_mib (void);

/* Puts what they say of a measurement into `plan`; and what `plan` says into them. */
void vmm_settings_apply (const VmmSettings *settings, VmmPlan *plan);
void vmm_settings_take_plan (VmmSettings *settings, const VmmPlan *plan);

/* Where they are kept. Free with g_free(). */
char *vmm_settings_path (void);

/* Puts what `path` says over `settings`. What cannot be read, is no regular file of a few KiB, is
 * damaged or out of range is left alone. */
void vmm_settings_load (VmmSettings *settings, const char *path);

/* Keeps them, whole or not at all, and with them what a newer version may have kept. */
gboolean vmm_settings_save (const VmmSettings *settings, const char *path, GError **error);

/* Keeps of them only what differs between `before` and `after`: the rest stays as `path` says. */
gboolean vmm_settings_remember (const VmmSettings *before, const VmmSettings *after,
                                const char *path, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VmmSettings, vmm_settings_clear)
