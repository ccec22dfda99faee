/* SPDX-License-Identifier: MIT */
/* fuzz_options: any words on the command line are a measurement within its limits, a command, or
 * misused.
 *
 * The input is what follows the program's name, with a zero byte after each word but the last, as
 * in /proc/PID/cmdline. */
#include "vmm/command.h"
#include "vmm/options.h"
#include "vmm/text.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define MAX_WORDS 64

typedef struct {
  const char *name;
  VmmExit (*run) (int argc, char **argv);
} Command;

/* Of a store that nobody can make. "host" has the options of the others and looks at this machine. */
static const Command commands[] = {
  { "list", vmm_library_list },       { "show", vmm_library_show },
  { "export", vmm_library_export },   { "import", vmm_library_import },
  { "label", vmm_library_label },     { "delete", vmm_library_delete },
  { "compare", vmm_contest_compare },
};

static void
check_measurement (const VmmOptions *options)
{
  g_assert_true (vmm_plan_check (&options->plan, NULL));
  g_assert_cmpuint (options->repeat, >=, 1);
  g_assert_cmpuint (options->repeat, <=, 1000);
  g_assert_cmpuint (options->pause_s, <=, 86400);
  g_assert_true (!options->plan.label || g_utf8_validate (options->plan.label, -1, NULL));
  g_assert_true (!options->plan.ping_target || g_str_equal (options->plan.ping_target, "none") ||
                 g_hostname_is_ip_address (options->plan.ping_target));
  g_assert_true (g_strcmp0 (options->face, "window") != 0 || !options->quiet);
}

static void
measure (int argc, char **argv)
{
  g_auto (VmmOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean parsed = vmm_options_parse (&options, argc, argv, &error);

  g_assert_true (parsed == (error == NULL));
  if (!parsed) {
    g_autofree char *said = vmm_text_clean (error->message);
    g_assert_true (said[0] && g_utf8_validate (said, -1, NULL));
  } else if (!options.help && !options.version) {
    check_measurement (&options);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_malloc0 (size + 1); /* terminated: the last word is as well */
  char            *argv[MAX_WORDS + 2] = { (char *) "vmm_monitor" }, *words[MAX_WORDS + 2];
  int              argc = 1;

  if (size)
    memcpy (text, data, size);
  for (gsize at = 0; at < size && argc <= MAX_WORDS; at += strlen (text + at) + 1)
    argv[argc++] = text + at;
  memcpy (words, argv, sizeof words);

  g_setenv ("XDG_DATA_HOME", "/dev/null", TRUE);
  measure (argc, argv);
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name)) {
      VmmExit exit = commands[i].run (argc - 1, argv + 1);
      g_assert_cmpint (exit, <=, VMM_EXIT_USAGE);
    }
  g_assert_cmpmem (words, sizeof words, argv, sizeof argv); /* still the caller's */
  return 0;
}
