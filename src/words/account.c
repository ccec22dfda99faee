/* SPDX-License-Identifier: MIT */
/* account: what the sides of a comparison are called. */
#include "vmm/account.h"

#include <glib/gi18n-lib.h>

#define MAX_NAME 20 /* characters of a name that a sentence can bear */
#define N_LETTERS 26u

/* clang-format off */
static const struct {
  const char *one, *many;
} notes[VMM_N_UNFIT] = {
  [VMM_UNFIT_TWICE] =     { VMM_FORMS ("%u given twice",   "%u given twice") },
  [VMM_UNFIT_NO_SCORE] =  { VMM_FORMS ("%u without score", "%u without score") },
  [VMM_UNFIT_DISTURBED] = { VMM_FORMS ("%u disturbed",     "%u disturbed") },
  [VMM_UNFIT_INVALID] =   { VMM_FORMS ("%u invalid",       "%u invalid") },
};
/* clang-format on */

static char *
say_name (const VmmSide *side, VmmLanguage language)
{
  const char *name = side->name;

  if (side->naming == VMM_NAMED_BY_VMM)
    name = vmm_text (language, name);
  else if (side->naming == VMM_NAMED_BY_LABEL && !*name)
    name = vmm_text (language, N_ ("without label"));
  return side->vmm_id ? g_strdup_printf ("%s [%s]", name, side->vmm_id) : g_strdup (name);
}

/* A letter for each side where a name would make every sentence long, or is that of two sides. */
static gboolean
need_letters (const VmmSideWords *sides, guint n)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean needed = FALSE;

  for (guint i = 0; i < n && n > 1; i++)
    needed = !g_hash_table_add (names, sides[i].name) ||
             g_utf8_strlen (sides[i].name, -1) > MAX_NAME || needed;
  return needed;
}

/* A to Z, then AA, AB and so on. */
static char *
make_letter (guint i)
{
  const char *before = i < N_LETTERS ? "" : "A";

  return g_strdup_printf ("%s%c", before, 'A' + (int) (i % N_LETTERS));
}

/* A label in the quotes of the language: what is in it may read as a part of the sentence. */
static char *
quote (const VmmSide *side, const VmmSideWords *words, VmmLanguage language)
{
  /* TRANSLATORS: a label, in the quotes of your language */
  return side->naming == VMM_NAMED_BY_LABEL && *side->name
             ? g_strdup_printf (vmm_text (language, N_ ("“%s”")), words->name)
             : g_strdup (words->name);
}

static char *
say_called (const VmmSide *side, const VmmSideWords *words, VmmLanguage language)
{
  return words->letter ? g_strdup (words->letter) : quote (side, words, language);
}

/* "1 disturbed, 1 invalid", or NULL. */
static char *
say_note (const VmmSide *side, VmmLanguage language)
{
  g_autoptr (GString) note = g_string_new (NULL);

  for (guint i = 0; i < VMM_N_UNFIT; i++) {
    g_autofree char *count = g_strdup_printf ("%u", side->unfit[i]);
    g_autofree char *words =
        vmm_fill (vmm_text_of (language, notes[i].one, notes[i].many, side->unfit[i]), count, NULL);
    if (side->unfit[i])
      g_string_append_printf (note, "%s%s", note->len ? ", " : "", words);
  }
  return note->len ? g_strdup (note->str) : NULL;
}

VmmAccount *
vmm_account_new (const VmmComparison *comparison, VmmLanguage language)
{
  VmmAccount *account = g_new0 (VmmAccount, 1);
  guint       n = comparison->n_sides;

  *account = (VmmAccount){ comparison, language, g_new0 (VmmSideWords, n + 1) };
  for (guint i = 0; i < n; i++)
    account->sides[i].name = say_name (&comparison->sides[i], language);
  gboolean letters = need_letters (account->sides, n);
  for (guint i = 0; i < n; i++) {
    VmmSideWords *words = &account->sides[i];
    words->letter = letters ? make_letter (i) : NULL;
    words->called = say_called (&comparison->sides[i], words, language);
    words->note = say_note (&comparison->sides[i], language);
  }
  return account;
}

void
vmm_account_free (VmmAccount *account)
{
  if (!account)
    return;
  for (VmmSideWords *words = account->sides; words->name; words++) {
    g_free (words->name);
    g_free (words->letter);
    g_free (words->called);
    g_free (words->note);
  }
  g_free (account->sides);
  g_free (account);
}

char *
vmm_account_side (const VmmAccount *account, guint side)
{
  const VmmSideWords *words = &account->sides[side];
  guint               n = account->comparison->sides[side].windows;
  VmmLanguage         language = account->language;
  g_autofree char    *full = quote (&account->comparison->sides[side], words, language);
  /* TRANSLATORS: a letter that stands for a side, and its name: "A = before the update" */
  g_autofree char *name =
      words->letter ? g_strdup_printf (vmm_text (language, N_ ("%1$s = %2$s")), words->letter, full)
                    : g_strdup (full);
  g_autofree char *windows = g_strdup_printf (
      vmm_text_of (language, "%1$s: %2$u measurement", "%1$s: %2$u measurements", n), name, n);

  /* TRANSLATORS: after "KVM: 3 measurements": "1 disturbed, 2 invalid" */
  return words->note ? g_strdup_printf (vmm_text (language, N_ ("%1$s; left out: %2$s")), windows,
                                        words->note)
                     : g_steal_pointer (&windows);
}

const char *
vmm_account_brief (const VmmAccount *account, guint side)
{
  const VmmSideWords *words = &account->sides[side];

  return words->letter ? words->letter : words->name;
}
