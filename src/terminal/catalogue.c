/* SPDX-License-Identifier: MIT */
/* catalogue: takes the locale and looks for the catalogue of texts. */
#include "catalogue.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

/* Of the catalogues, seen from the executable's directory: in a build and in its tests/, installed.
 * The first that is there is taken. */
static const char *const places[] = { "data/po", "../data/po", "../share/locale" };

/* NULL when there is none: then gettext looks where the system keeps its catalogues. */
static char *
find_catalogues (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *directory = program ? g_path_get_dirname (program) : NULL;

  for (guint i = 0; directory && i < G_N_ELEMENTS (places); i++) {
    g_autofree char *place = g_build_filename (directory, places[i], NULL);
    if (g_file_test (place, G_FILE_TEST_IS_DIR))
      return g_steal_pointer (&place);
  }
  return NULL;
}

void
vmm_catalogue_open (void)
{
  g_autofree char *catalogues = find_catalogues ();

  /* NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread is there yet */
  setlocale (LC_ALL, "");
  if (catalogues)
    bindtextdomain (GETTEXT_PACKAGE, catalogues);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
