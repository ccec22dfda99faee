/* SPDX-License-Identifier: MIT */
/* driver: gives a fuzz target every file of a corpus, whole and cut off after each of its bytes.
 *
 * Each input is a heap block of exactly its size, so that a read beyond it is seen by a sanitizer
 * or valgrind. To fuzz, link the target with -fsanitize=fuzzer instead. */
#include <glib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
run (const char *text, gsize size)
{
  guint8 *data = g_malloc (MAX (size, 1));
  memcpy (data, text, size);
  LLVMFuzzerTestOneInput (data, size);
  g_free (data);
}

static guint
run_directory (const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (directory, 0, &error);
  const char *name;
  guint       files = 0;

  if (!dir)
    g_error ("%s", error->message);
  for (; (name = g_dir_read_name (dir)); files++) {
    g_autofree char *path = g_build_filename (directory, name, NULL);
    g_autofree char *text = NULL;
    gsize            size;

    if (!g_file_get_contents (path, &text, &size, &error))
      g_error ("%s", error->message);
    for (gsize length = 0; length <= size; length++)
      run (text, length);
  }
  return files;
}

int
main (int argc, char **argv)
{
  guint files = 0;

  for (int i = 1; i < argc; i++)
    files += run_directory (argv[i]);
  return files > 0 ? 0 : 1; /* a corpus that vanished is no success */
}
