/* SPDX-License-Identifier: MIT */
/* chart_print: on one page, by GTK's dialog. */
#include "chart_print.h"

#include <glib/gi18n-lib.h>

/* As wide as the page, less if it would be too high. */
static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  const VmmChart *chart = data;
  const double    width = 720; /* units of the picture */
  cairo_t        *cr = gtk_print_context_get_cairo_context (context);
  double          height = vmm_chart_draw_on_paper (chart, NULL, width);
  double          scale = MIN (gtk_print_context_get_width (context) / width,
                               gtk_print_context_get_height (context) / height);

  cairo_scale (cr, scale, scale);
  vmm_chart_draw_on_paper (chart, cr, width);
}

gboolean
vmm_chart_print (VmmChart *chart, GtkWindow *parent, const char *folder, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (VmmChart) kept = vmm_chart_ref (chart);

  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_DIR, folder);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, "vmm-comparison");
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, _ ("VMM Performance Monitor"));
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), kept);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent,
                                  error) != GTK_PRINT_OPERATION_RESULT_ERROR;
}
