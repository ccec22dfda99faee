/* SPDX-License-Identifier: MIT */
/* measure_button: its words, by what the run does. */
#include "measure_button.h"

#include <glib/gi18n-lib.h>

#include "turns_news.h"
#include "vmm/language.h"
#include "vmm/store.h"

static const char *
get_words (const VmmRun *run)
{
  if (vmm_turns_news_is_by_turns (run))
    return _ ("End the turns");
  if (vmm_run_get_state (run) == VMM_RUN_OBSERVING)
    return _ ("Start over");
  return vmm_session_get_plan (vmm_run_get_session (run))->probes ? _ ("Measure again")
                                                                  : _ ("Record again");
}

void
vmm_measure_button_show (GtkWidget *button, const VmmRun *run, gboolean suggested)
{
  GtkStyleContext *context = gtk_widget_get_style_context (button);

  gtk_button_set_label (GTK_BUTTON (button), get_words (run));
  if (suggested)
    gtk_style_context_add_class (context, GTK_STYLE_CLASS_SUGGESTED_ACTION);
  else
    gtk_style_context_remove_class (context, GTK_STYLE_CLASS_SUGGESTED_ACTION);
}

char *
vmm_measure_button_not_kept (const GError *error)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autofree char *said = vmm_say (error->message);

  return g_strdup_printf (
      _ ("This run was not kept: %1$s. See to it that there is room in %2$s and that "
         "you may write to it, then save this run."),
      said, directory);
}
