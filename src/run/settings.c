/* SPDX-License-Identifier: MIT */
/* settings: a table of choices with a default each, from one session of the window to the next. */
#include "vmm/settings.h"

#include "vmm/channel.h"
#include "vmm/error.h"
#include "vmm/ring.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_BYTES 65536 /* a file of ours has some hundred */
#define MAX_URL 512
#define MAX_PATH 1024
#define URL_LETTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~:/?[]@!$&'()*+,=%"

/* Rows that can be looked back at: a day at one a second. */
#define MAX_ROWS 86400

static const guint histories[] = { 600, 3600, 6 * 3600, 24 * 3600 };

static const char *const units[VMM_N_UNITS + 1] = {
  [VMM_UNITS_CUSTOMARY] = "customary",
  [VMM_UNITS_DECIMAL] = "decimal",
  [VMM_UNITS_BINARY] = "binary",
};

static const char *const schemes[VMM_N_SCHEMES + 1] = {
  [VMM_SCHEME_SYSTEM] = "system",
  [VMM_SCHEME_LIGHT] = "light",
  [VMM_SCHEME_DARK] = "dark",
};

/* ---- Kinds of values: from the file, where they fit; to it; and one beside another */

typedef struct Key Key;

typedef struct {
  gboolean (*load) (GKeyFile *file, const Key *key, gpointer ret_value); /* FALSE: left alone */
  void (*store) (GKeyFile *file, const Key *key, gconstpointer value);
  gboolean (*is_same) (gconstpointer a, gconstpointer b);
  void (*copy) (gpointer to, gconstpointer from);
} Kind;

struct Key {
  const char *group, *name;
  gsize       offset; /* in VmmSettings */
  const Kind *kind;
  gboolean (*fits) (int number);            /* of numbers */
  gboolean (*fits_text) (const char *text); /* of texts */
  const char *const *choices;               /* of enums: the name of each value, up to a NULL */
};

static gboolean
load_number (GKeyFile *file, const Key *key, gpointer ret_value)
{
  int number = g_key_file_get_integer (file, key->group, key->name, NULL);

  if (!key->fits (number))
    return FALSE;
  *(guint *) ret_value = (guint) number;
  return TRUE;
}

static void
store_number (GKeyFile *file, const Key *key, gconstpointer value)
{
  g_key_file_set_integer (file, key->group, key->name, (int) *(const guint *) value);
}

static gboolean
is_same_number (gconstpointer a, gconstpointer b)
{
  return *(const guint *) a == *(const guint *) b;
}

static void
copy_number (gpointer to, gconstpointer from)
{
  *(guint *) to = *(const guint *) from;
}

static gboolean
load_flag (GKeyFile *file, const Key *key, gpointer ret_value)
{
  g_autoptr (GError) error = NULL;
  gboolean flag = g_key_file_get_boolean (file, key->group, key->name, &error);

  if (!error)
    *(gboolean *) ret_value = flag;
  return !error;
}

static void
store_flag (GKeyFile *file, const Key *key, gconstpointer value)
{
  g_key_file_set_boolean (file, key->group, key->name, *(const gboolean *) value);
}

static gboolean
load_choice (GKeyFile *file, const Key *key, gpointer ret_value)
{
  g_autofree char *id = g_key_file_get_value (file, key->group, key->name, NULL);

  for (guint i = 0; key->choices[i]; i++)
    if (g_strcmp0 (key->choices[i], id) == 0) {
      *(guint *) ret_value = i;
      return TRUE;
    }
  return FALSE;
}

static void
store_choice (GKeyFile *file, const Key *key, gconstpointer value)
{
  g_key_file_set_string (file, key->group, key->name, key->choices[*(const guint *) value]);
}

/* Texts are read as they are written: none of ours has an escape, over a wrong one GLib stumbles. */
static gboolean
load_text (GKeyFile *file, const Key *key, gpointer ret_value)
{
  g_autofree char *text = g_key_file_get_value (file, key->group, key->name, NULL);

  if (!text || !key->fits_text (text))
    return FALSE;
  g_free (*(char **) ret_value);
  *(char **) ret_value = g_steal_pointer (&text);
  return TRUE;
}

static void
store_text (GKeyFile *file, const Key *key, gconstpointer value)
{
  const char *text = *(char *const *) value;

  if (text)
    g_key_file_set_string (file, key->group, key->name, text);
  else
    g_key_file_remove_key (file, key->group, key->name, NULL);
}

static gboolean
is_same_text (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b) == 0;
}

static void
copy_text (gpointer to, gconstpointer from)
{
  g_free (*(char **) to);
  *(char **) to = g_strdup (*(char *const *) from);
}

static const Kind number_kind = { load_number, store_number, is_same_number, copy_number };
static const Kind flag_kind = { load_flag, store_flag, is_same_number, copy_number };
static const Kind choice_kind = { load_choice, store_choice, is_same_number, copy_number };
static const Kind text_kind = { load_text, store_text, is_same_text, copy_text };

/* ---- The keys */

static gboolean
is_interval (int number)
{
  return number >= VMM_PLAN_INTERVAL_MIN_MS && number <= VMM_PLAN_INTERVAL_MAX_MS;
}

static gboolean
is_history (int number)
{
  for (guint i = 0; i < G_N_ELEMENTS (histories); i++)
    if (number == (int) histories[i])
      return TRUE;
  return FALSE;
}

/* What could be an address of a server; whether it is one is for those to say who ask it. */
static gboolean
is_url (const char *text)
{
  gsize n = strspn (text, URL_LETTERS);

  return (g_str_has_prefix (text, "http://") || g_str_has_prefix (text, "https://")) &&
         text[n] == '\0' && n <= MAX_URL;
}

/* Of a file, from the root on; what GKeyFile would write in another way is none of ours. */
static gboolean
is_path (const char *text)
{
  return g_path_is_absolute (text) && strlen (text) <= MAX_PATH && !strpbrk (text, "\\\t\r\n") &&
         g_utf8_validate (text, -1, NULL);
}

/* clang-format off */
static const Key keys[] = {
#define AT(member) G_STRUCT_OFFSET (VmmSettings, member)
  { "measurement", "interval_ms", AT (interval_ms), &number_kind, is_interval },
  { "measurement", "ping_target", AT (ping_target), &text_kind, .fits_text = vmm_plan_is_target },
  { "measurement", "light",       AT (light),       &flag_kind },
  { "measurement", "cloud",       AT (cloud),       &flag_kind },
  { "window",      "history_s",   AT (history_s),   &number_kind, is_history },
  { "window",      "save",        AT (save),        &flag_kind },
  { "window",      "units",       AT (units),       &choice_kind, .choices = units },
  { "window",      "scheme",      AT (scheme),      &choice_kind, .choices = schemes },
  { "fleet",       "url",         AT (fleet),       &text_kind, .fits_text = is_url },
  { "fleet",       "password_file", AT (fleet_password), &text_kind, .fits_text = is_path },
  { "fleet",       "ca_file",     AT (fleet_ca),    &text_kind, .fits_text = is_path },
#undef AT
};
/* clang-format on */

static gpointer
get_value (const VmmSettings *settings, const Key *key)
{
  return G_STRUCT_MEMBER_P (settings, key->offset);
}

void
vmm_settings_init (VmmSettings *settings)
{
  *settings = (VmmSettings){
    .interval_ms = VMM_PLAN_INTERVAL_MS,
    .history_s = histories[G_N_ELEMENTS (histories) - 1],
    .save = TRUE,
    .units = VMM_UNITS_CUSTOMARY,
  };
}

void
vmm_settings_copy (VmmSettings *ret_copy, const VmmSettings *settings)
{
  *ret_copy = *settings;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].kind == &text_kind)
      *(char **) get_value (ret_copy, &keys[i]) =
          g_strdup (*(char **) get_value (settings, &keys[i]));
}

void
vmm_settings_clear (VmmSettings *settings)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].kind == &text_kind)
      g_clear_pointer ((char **) get_value (settings, &keys[i]), g_free);
}

const guint *
vmm_settings_histories (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (histories);
  return histories;
}

guint
vmm_settings_rows (guint history_s, guint interval_ms)
{
  guint64 rows = history_s * G_GUINT64_CONSTANT (1000) / MAX (1, interval_ms);

  return (guint) CLAMP (rows, 1, MAX_ROWS);
}

guint
vmm_settings_day_mib (void)
{
  return (guint) ((vmm_ring_size (MAX_ROWS, VMM_N_CHANNELS) + (1 << 20) - 1) >> 20);
}

void
vmm_settings_apply (const VmmSettings *settings, VmmPlan *plan)
{
  plan->interval_ms = settings->interval_ms;
  copy_text (&plan->ping_target, &settings->ping_target);
  plan->light = settings->light;
  plan->cloud = settings->cloud;
  plan->history = vmm_settings_rows (settings->history_s, settings->interval_ms);
}

void
vmm_settings_take_plan (VmmSettings *settings, const VmmPlan *plan)
{
  settings->interval_ms = plan->interval_ms;
  copy_text (&settings->ping_target, &plan->ping_target);
  settings->light = plan->light;
  settings->cloud = plan->cloud;
}

char *
vmm_settings_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "vmm_monitor", "settings.ini", NULL);
}

/* Nothing is opened that could hang or be without end. */
static GKeyFile *
read_file (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GStatBuf about;

  if (g_stat (path, &about) != 0 || !S_ISREG (about.st_mode) || about.st_size > MAX_BYTES ||
      !g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL))
    return NULL;
  return g_steal_pointer (&file);
}

void
vmm_settings_load (VmmSettings *settings, const char *path)
{
  g_autoptr (GKeyFile) file = read_file (path);

  for (guint i = 0; file && i < G_N_ELEMENTS (keys); i++)
    keys[i].kind->load (file, &keys[i], get_value (settings, &keys[i]));
}

gboolean
vmm_settings_save (const VmmSettings *settings, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = read_file (path);
  g_autofree char *directory = g_path_get_dirname (path);

  if (!file)
    file = g_key_file_new ();
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    keys[i].kind->store (file, &keys[i], get_value (settings, &keys[i]));
  if (g_mkdir_with_parents (directory, 0700) == 0)
    return g_key_file_save_to_file (file, path, error);
  g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "%s: %s", directory, g_strerror (errno));
  return FALSE;
}

gboolean
vmm_settings_remember (const VmmSettings *before, const VmmSettings *after, const char *path,
                       GError **error)
{
  g_auto (VmmSettings) kept = { 0 };

  vmm_settings_init (&kept);
  vmm_settings_load (&kept, path);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!keys[i].kind->is_same (get_value (before, &keys[i]), get_value (after, &keys[i])))
      keys[i].kind->copy (get_value (&kept, &keys[i]), get_value (after, &keys[i]));
  return vmm_settings_save (&kept, path, error);
}
