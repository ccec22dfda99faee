/* SPDX-License-Identifier: MIT */
/* measuring_guided: a turn of two VMs of which one can run is offered, measured, and remembered where it counts. */
#include "measuring_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "guided_news.h"
#include "turns_news.h"
#include "vmm/error.h"
#include "vmm/language.h"

/* What cannot be read is told, and no turn follows on it. */
gboolean
vmm_measuring_load_guided (VmmMeasuring *measuring, VmmGuided *ret_guided)
{
  g_autofree char *path = vmm_guided_path ();
  g_autoptr (GError) error = NULL;

  *ret_guided = (VmmGuided){ 0 };
  if (vmm_measuring_get_plan (measuring)->sysroot)
    return FALSE;
  gboolean is_there = vmm_guided_load (ret_guided, path, &error);
  if (!is_there && !g_error_matches (error, VMM_ERROR, VMM_ERROR_MISSING))
    vmm_measuring_tell (measuring, error, _ ("Until then no turn goes on."));
  return is_there;
}

void
vmm_measuring_offer_guided (VmmMeasuring *measuring)
{
  g_auto (VmmGuided) guided = { 0 };

  if (!vmm_measuring_load_guided (measuring, &guided))
    return;
  g_autofree char *words = vmm_guided_news_offer (&guided, g_get_real_time (),
                                                  vmm_measuring_get_plan (measuring)->duration_s);
  measuring->place.offer (measuring->place.window, words, _ ("_Go On"), "go-on");
}

static void
offer_again (VmmMeasuring *measuring, const char *words)
{
  measuring->place.offer (measuring->place.window, words, _ ("_Measure It"), "go-on");
}

/* ---- Measuring one */

static void
end (VmmMeasuring *measuring)
{
  vmm_guided_clear (&measuring->guided);
  measuring->guided = (VmmGuided){ 0 };
  measuring->is_guided_lost = FALSE;
}

/* What is not kept cannot be compared. FALSE: nothing has begun. */
static gboolean
prepare (VmmMeasuring *measuring, const VmmGuided *guided, GError **error)
{
  g_autofree char *path = vmm_guided_path ();

  if (!measuring->settings.save) {
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED,
                         VMM_SAID ("runs are not saved, and what is not kept cannot be compared"));
    return FALSE;
  }
  return vmm_guided_save (guided, path, error) &&
         vmm_turns_news_begin (measuring->run, &(VmmTurns){ 0 }, guided->label, error);
}

static void
measure (VmmMeasuring *measuring)
{
  guint    windows = vmm_guided_count_windows (&measuring->guided);
  VmmPlace place;

  g_clear_handle_id (&measuring->begin, g_source_remove);
  vmm_guided_get_place (&measuring->guided, &place);
  measuring->is_guided_lost = FALSE;
  measuring->place.offer (measuring->place.window, NULL, NULL, NULL);
  vmm_run_begin_from (measuring->run, &place, windows, g_get_monotonic_time (), g_get_real_time ());
}

void
vmm_measuring_begin_guided (const VmmGuided *guided, gpointer data)
{
  VmmMeasuring *measuring = data;
  g_autoptr (GError) error = NULL;

  end (measuring);
  if (!prepare (measuring, guided, &error)) {
    vmm_measuring_tell (measuring, error, _ ("The turn has not begun."));
    return;
  }
  vmm_labelling_set (&measuring->labelling, guided->label);
  measuring->guided = *guided;
  measuring->guided.label = g_strdup (guided->label);
  measure (measuring);
}

void
vmm_measuring_go_on (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMeasuring *measuring = data;
  g_auto (VmmGuided) guided = { 0 };

  if (measuring->run && !vmm_turns_news_is_by_turns (measuring->run) &&
      vmm_measuring_load_guided (measuring, &guided))
    vmm_measuring_begin_guided (&guided, measuring);
}

/* ---- What becomes of it */

gboolean
vmm_measuring_is_guided (const VmmMeasuring *measuring)
{
  return measuring->guided.guest > 0;
}

void
vmm_measuring_look_guided (VmmMeasuring *measuring, const VmmResult *result, gboolean is_kept)
{
  const char *session = vmm_result_get_place (result)->session;

  if (vmm_measuring_is_guided (measuring) && strcmp (session, measuring->guided.session) == 0)
    measuring->is_guided_lost |= !is_kept;
}

gboolean
vmm_measuring_restart_guided (VmmMeasuring *measuring)
{
  if (vmm_measuring_is_guided (measuring))
    measure (measuring);
  return vmm_measuring_is_guided (measuring);
}

void
vmm_measuring_leave_guided (VmmMeasuring *measuring)
{
  if (!vmm_measuring_is_guided (measuring))
    return;
  g_autofree char *words = vmm_guided_news_left (&measuring->guided);
  end (measuring);
  vmm_run_set_turns (measuring->run, &(VmmTurns){ 0 });
  offer_again (measuring, words);
}

/* The run has measured all its windows. */
void
vmm_measuring_end_guided (VmmMeasuring *measuring)
{
  g_autofree char *path = vmm_guided_path ();
  g_autoptr (GError) error = NULL;
  guint turn = vmm_guided_get_turn (&measuring->guided);

  if (!vmm_measuring_is_guided (measuring))
    return;
  if (measuring->is_guided_lost) {
    vmm_measuring_leave_guided (measuring);
    return;
  }
  gboolean is_kept = vmm_guided_end_turn (&measuring->guided, g_get_real_time (), path, &error);
  end (measuring);
  vmm_run_set_turns (measuring->run, &(VmmTurns){ 0 });
  g_autofree char *words = vmm_guided_news_done (turn);
  if (is_kept)
    measuring->place.offer (measuring->place.window, words, NULL, NULL);
  else
    vmm_measuring_tell (measuring, error, _ ("The turn is measured, and not remembered."));
}
