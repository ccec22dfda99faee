/* SPDX-License-Identifier: MIT */
/* transfer: each run by itself; what fails does not stop the others. */
#include "transfer.h"

#include <glib/gi18n-lib.h>

#include "vmm/export.h"
#include "vmm/language.h"

/* clang-format off */
static const struct {
  const char *id, *ending;
  char *(*make) (const VmmResult *result);
} formats[VMM_N_FORMATS] = {
  [VMM_FORMAT_JSON]        = { "json",        ".json", vmm_result_to_json },
  [VMM_FORMAT_CSV]         = { "csv",         ".csv",  vmm_export_csv },
  [VMM_FORMAT_OPENMETRICS] = { "openmetrics", ".txt",  vmm_export_openmetrics },
};
/* clang-format on */

const char *
vmm_format_id (VmmFormat format)
{
  return formats[format].id;
}

const char *
vmm_format_ending (VmmFormat format)
{
  return formats[format].ending;
}

VmmTransfer *
vmm_transfer_new (char **names, char *path, VmmFormat format)
{
  VmmTransfer *transfer = g_new0 (VmmTransfer, 1);

  transfer->names = names;
  transfer->path = path;
  transfer->format = format;
  transfer->problems = g_ptr_array_new_with_free_func (g_free);
  return transfer;
}

void
vmm_transfer_free (VmmTransfer *transfer)
{
  g_strfreev (transfer->names);
  g_free (transfer->path);
  g_ptr_array_unref (transfer->problems);
  g_free (transfer);
}

void
vmm_transfer_import (VmmStore *store, VmmTransfer *transfer)
{
  for (guint i = 0; transfer->names[i]; i++) {
    g_autoptr (GError) error = NULL;
    gboolean         known = FALSE;
    g_autofree char *id = vmm_store_import (store, transfer->names[i], &known, &error);
    transfer->done += id && !known;
    transfer->known += id && known;
    if (!id)
      g_ptr_array_add (transfer->problems, vmm_say (error->message));
  }
}

static gboolean
export_run (VmmStore *store, const char *id, const char *path, gboolean replace, VmmFormat format,
            GError **error)
{
  g_autoptr (VmmResult) result = vmm_store_load (store, id, error);

  if (!result)
    return FALSE;
  if (!replace && g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST, _ ("%s: there already, and left alone"),
                 path);
    return FALSE;
  }
  g_autofree char *text = formats[format].make (result);
  return vmm_export_save (path, text, error);
}

void
vmm_transfer_export (VmmStore *store, VmmTransfer *transfer)
{
  gboolean single = transfer->names[0] && !transfer->names[1];

  for (guint i = 0; transfer->names[i]; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *name =
        g_strconcat (transfer->names[i], formats[transfer->format].ending, NULL);
    g_autofree char *path =
        single ? g_strdup (transfer->path) : g_build_filename (transfer->path, name, NULL);
    if (export_run (store, transfer->names[i], path, single, transfer->format, &error))
      transfer->done++;
    else
      g_ptr_array_add (transfer->problems, vmm_say (error->message));
  }
}

/* One more sentence. */
static void append (GString *words, const char *between, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static void
append (GString *words, const char *between, const char *format, ...)
{
  va_list values;

  if (words->len)
    g_string_append (words, between);
  va_start (values, format);
  g_string_append_vprintf (words, format, values);
  va_end (values);
}

static void
append_problems (GString *words, const VmmTransfer *transfer, gboolean import, const char *advice)
{
  for (guint i = 0; i < transfer->problems->len; i++)
    append (words, "\n", import ? _ ("Not imported: %s") : _ ("Not exported: %s"),
            (const char *) transfer->problems->pdata[i]);
  if (transfer->problems->len)
    append (words, "\n", "%s", advice);
}

char *
vmm_transfer_tell_import (const VmmTransfer *transfer)
{
  guint    done = transfer->done, known = transfer->known;
  GString *words = g_string_new (NULL);

  if (done)
    append (words, " ",
            g_dngettext (GETTEXT_PACKAGE, "%u run imported.", "%u runs imported.", done), done);
  if (known)
    append (words, " ",
            g_dngettext (GETTEXT_PACKAGE, "%u was known already.", "%u were known already.", known),
            known);
  append_problems (words, transfer, TRUE,
                   _ ("Choose files that were exported as JSON; copy damaged ones again."));
  return g_string_free (words, FALSE);
}

char *
vmm_transfer_tell_export (const VmmTransfer *transfer)
{
  guint    done = transfer->done;
  GString *words = g_string_new (NULL);

  if (done)
    append (words, " ",
            g_dngettext (GETTEXT_PACKAGE, "%u run exported.", "%u runs exported.", done), done);
  append_problems (words, transfer, FALSE,
                   _ ("Choose another folder or name, with room, that you may write to."));
  return g_string_free (words, FALSE);
}
