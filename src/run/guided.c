/* SPDX-License-Identifier: MIT */
/* guided: whose turn it is, where nobody but the user starts and stops the guests. */
#include "vmm/guided.h"

#include "vmm/error.h"
#include "vmm/language.h"
#include "vmm/store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define GROUP "turns"
#define MAX_BYTES 4096
#define MAX_ENDED_US (3660000 * G_TIME_SPAN_DAY)

/* ---- The order */

void
vmm_guided_init (VmmGuided *ret_guided, guint guest, guint windows, const char *label)
{
  *ret_guided = (VmmGuided){ .label = g_strdup (label), .guest = guest, .windows = windows };
  g_snprintf (ret_guided->session, sizeof ret_guided->session, "%08x%08x", g_random_int (),
              g_random_int ());
}

void
vmm_guided_clear (VmmGuided *guided)
{
  g_clear_pointer (&guided->label, g_free);
}

guint
vmm_guided_get_turn (const VmmGuided *guided)
{
  return guided->guest + VMM_GUIDED_GUESTS * guided->done;
}

static guint
count_in_turn (const VmmGuided *guided, guint turn)
{
  return turn == 1 || turn == VMM_GUIDED_TURNS ? guided->windows : 2 * guided->windows;
}

guint
vmm_guided_count_windows (const VmmGuided *guided)
{
  return count_in_turn (guided, vmm_guided_get_turn (guided));
}

void
vmm_guided_get_place (const VmmGuided *guided, VmmPlace *ret_place)
{
  *ret_place = (VmmPlace){ .turn = guided->guest, .turns = VMM_GUIDED_GUESTS };
  g_strlcpy (ret_place->session, guided->session, sizeof ret_place->session);
  for (guint turn = guided->guest; turn < vmm_guided_get_turn (guided); turn += VMM_GUIDED_GUESTS)
    ret_place->number += count_in_turn (guided, turn);
}

gboolean
vmm_guided_is_late (const VmmGuided *guided, gint64 wall_us, gint64 window_us)
{
  gint64 others_us = 2 * (gint64) guided->windows * window_us;

  return guided->ended_us && wall_us - guided->ended_us > 2 * VMM_GUIDED_PAUSE_US + others_us;
}

/* ---- What is remembered */

/* As the options of a measurement have it. */
gboolean
vmm_guided_is_label (const char *label)
{
  if (!label || !label[0] || strlen (label) > VMM_PLAN_LABEL_MAX ||
      !g_utf8_validate (label, -1, NULL))
    return FALSE;
  for (const char *at = label; *at; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static gboolean
is_session (const char *session)
{
  return session && strlen (session) == VMM_PLACE_ID_SIZE - 1 &&
         strspn (session, "0123456789abcdef") == VMM_PLACE_ID_SIZE - 1;
}

/* Or NULL: what has an escape that is none, too. */
static char *
read_text (GKeyFile *file, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_key_file_get_string (file, GROUP, key, &error);

  return error ? NULL : g_steal_pointer (&text);
}

static gboolean
read_count (GKeyFile *file, const char *key, guint min, guint max, guint *ret_count)
{
  g_autoptr (GError) error = NULL;
  guint64 count = g_key_file_get_uint64 (file, GROUP, key, &error);

  *ret_count = (guint) MIN (count, max);
  return !error && count >= min && count <= max;
}

/* A guest that has had all its turns has nothing to remember. */
static gboolean
read_all (VmmGuided *guided, GKeyFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *session = read_text (file, "session");

  guided->label = read_text (file, "label");
  guided->ended_us = g_key_file_get_int64 (file, GROUP, "ended", &error);
  if (!is_session (session) || !vmm_guided_is_label (guided->label) || error ||
      guided->ended_us < 0 || guided->ended_us > MAX_ENDED_US)
    return FALSE;
  g_strlcpy (guided->session, session, sizeof guided->session);
  return read_count (file, "guest", 1, VMM_GUIDED_GUESTS, &guided->guest) &&
         read_count (file, "done", 0, VMM_GUIDED_TURNS, &guided->done) &&
         read_count (file, "windows", 1, VMM_GUIDED_WINDOWS_MAX, &guided->windows) &&
         vmm_guided_get_turn (guided) <= VMM_GUIDED_TURNS;
}

static gboolean
load_file (GKeyFile *file, const char *path)
{
  GStatBuf about;

  return g_stat (path, &about) == 0 && S_ISREG (about.st_mode) && about.st_size <= MAX_BYTES &&
         g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
}

gboolean
vmm_guided_load (VmmGuided *ret_guided, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  *ret_guided = (VmmGuided){ 0 };
  if (g_access (path, F_OK) != 0 && errno == ENOENT) {
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_MISSING,
                         VMM_SAID ("no turns were begun here: vmm_monitor turns --guided 1 --label "
                                   "NAME comes first, in the first of the two VMs"));
    return FALSE;
  }
  if (load_file (file, path) && read_all (ret_guided, file))
    return TRUE;
  vmm_guided_clear (ret_guided);
  *ret_guided = (VmmGuided){ 0 };
  g_set_error (
      error, VMM_ERROR, VMM_ERROR_FORMAT,
      VMM_SAID ("%s: this is not what vmm_monitor remembers of turns: delete it, and begin "
                "anew in both VMs"),
      path);
  return FALSE;
}

gboolean
vmm_guided_save (const VmmGuided *guided, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *directory = g_path_get_dirname (path);

  g_mkdir_with_parents (directory, 0700);
  g_key_file_set_string (file, GROUP, "label", guided->label);
  g_key_file_set_string (file, GROUP, "session", guided->session);
  g_key_file_set_uint64 (file, GROUP, "guest", guided->guest);
  g_key_file_set_uint64 (file, GROUP, "done", guided->done);
  g_key_file_set_uint64 (file, GROUP, "windows", guided->windows);
  g_key_file_set_int64 (file, GROUP, "ended", guided->ended_us);
  return g_key_file_save_to_file (file, path, error);
}

gboolean
vmm_guided_end_turn (VmmGuided *guided, gint64 wall_us, const char *path, GError **error)
{
  guided->done++;
  guided->ended_us = wall_us;
  if (vmm_guided_get_turn (guided) <= VMM_GUIDED_TURNS)
    return vmm_guided_save (guided, path, error);
  g_unlink (path);
  return TRUE;
}

char *
vmm_guided_path (void)
{
  g_autofree char *results = vmm_store_default_directory ();
  g_autofree char *directory = g_path_get_dirname (results);

  return g_build_filename (directory, "turns", NULL);
}
