/* SPDX-License-Identifier: MIT */
/* fuzz_result: any bytes as a result document; what is accepted is used in every way. */
#include <math.h>
#include <string.h>

#include "vmm/account.h"
#include "vmm/export.h"
#include "vmm/words.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* ---- The text format of Prometheus, read again */

#define WORD G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_"

/* From behind the brace to behind the other one. */
static const char *
pass_labels (const char *at)
{
  while (*at != '}') {
    gsize name = strspn (at, WORD);
    g_assert_true (name > 0 && g_str_has_prefix (at + name, "=\""));
    for (at += name + 2; *at != '"'; at++) {
      g_assert_true (*at && *at != '\n');
      at += *at == '\\';
    }
    at += at[1] == ',' ? 2 : 1;
  }
  return at + 1;
}

/* A sample: a name, labels, a number, and nothing else. Its end. */
static const char *
pass_sample (const char *line)
{
  const char *at = line + strspn (line, WORD ":");
  char       *end;

  g_assert_true (at > line);
  if (*at == '{')
    at = pass_labels (at + 1);
  g_assert_true (*at == ' ');
  g_assert_true (isfinite (g_ascii_strtod (at + 1, &end)) && end > at + 1 && *end == '\n');
  return end;
}

static void
read_figures (const char *text)
{
  for (const char *at = text; *at; at++)
    at = *at == '#' ? strchr (at, '\n') : pass_sample (at);
}

/* ---- */

static void
use (VmmResult *result)
{
  g_autofree char *csv = vmm_export_csv (result), *metrics = vmm_export_openmetrics (result);
  g_autofree char *figures = vmm_export_prometheus (result);
  g_autoptr (GPtrArray) findings = vmm_advise (result);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);

  g_ptr_array_add (groups, vmm_group_new ("a", &result, 1));
  g_ptr_array_add (groups, vmm_group_new ("b", &result, 1));
  g_autoptr (VmmComparison) comparison = vmm_compare (groups);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
  g_autofree char *page = vmm_account_side (account, 0);
  g_autofree char *document = vmm_comparison_to_json (comparison);
  g_assert_true (g_utf8_validate (page, -1, NULL) && g_utf8_validate (document, -1, NULL));
  g_assert_true (g_utf8_validate (csv, -1, NULL) && g_utf8_validate (metrics, -1, NULL));
  g_assert_true (g_utf8_validate (figures, -1, NULL));
  read_figures (figures);
  for (guint i = 0; i < findings->len; i++) {
    g_autofree char *evidence = vmm_words_evidence (findings->pdata[i], VMM_ENGLISH);
    g_assert_true (g_utf8_validate (evidence, -1, NULL));
  }
}

/* What a face says of it, in whatever language. */
static void
say (const char *text)
{
  g_autofree char *said = vmm_say (text);
  g_assert_true (g_utf8_validate (said, -1, NULL));
}

static void
say_all (const VmmResult *result)
{
  const VmmHost  *host = vmm_result_get_host (result);
  const VmmScore *score = vmm_result_get_score (result);

  for (guint i = 0; host->evidence[i]; i++)
    say (host->evidence[i]);
  for (guint i = 0; i < score->reasons->len; i++)
    say (g_ptr_array_index (score->reasons, i));
  for (guint i = 0; i < VMM_N_CHANNELS; i++)
    if (vmm_result_get_reason (result, i).sentence)
      say (vmm_result_get_reason (result, i).sentence);
}

/* What is written is read again, and is then written the same. */
static void
carry (VmmResult *result)
{
  g_autofree char *text = vmm_result_to_json (result);
  g_autoptr (VmmResult) read = NULL;
  g_autofree char *again = NULL;

  if (strlen (text) > VMM_RESULT_MAX_BYTES) /* the store refuses it */
    return;
  read = vmm_result_from_json (text, strlen (text), "fuzz", NULL);
  g_assert_nonnull (read);
  again = vmm_result_to_json (read);
  g_assert_cmpstr (text, ==, again);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VmmResult) result = vmm_result_from_json ((const char *) data, size, "fuzz", &error);

  g_assert_true ((result == NULL) == (error != NULL));
  g_assert_true (!error || g_utf8_validate (error->message, -1, NULL));
  if (result) {
    use (result);
    say_all (result);
    carry (result);
  }
  return 0;
}
