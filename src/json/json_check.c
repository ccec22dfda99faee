/* SPDX-License-Identifier: MIT */
/* json_check: whether foreign bytes are one JSON object within our limits, before it is parsed. */
#include "vmm/json.h"

#include "vmm/language.h"

#include <math.h>
#include <string.h>

/* Digits of a number; more is nobody's measurement. */
#define MAX_NUMBER 64

/* The way from the document to a value, kept on the stack, written out only for a message. */
typedef struct Step {
  const struct Step *parent;
  const char        *key; /* NULL in an array */
  gsize              key_length;
  guint              index;
} Step;

typedef struct {
  const char *start, *at, *end;
  const char *document;
  GError    **error;
} Scanner;

/* NOLINTBEGIN(misc-no-recursion): no deeper than VMM_JSON_MAX_DEPTH */

static void
append_path (GString *path, const Step *step)
{
  if (!step)
    return;
  append_path (path, step->parent);
  if (!step->key) {
    g_string_append_printf (path, "[%u]", step->index);
    return;
  }
  if (path->len)
    g_string_append_c (path, '.');
  /* A foreign name in our message: a few harmless characters of it. */
  for (gsize i = 0; i < MIN (step->key_length, 40); i++)
    g_string_append_c (path, g_ascii_isgraph (step->key[i]) ? step->key[i] : '?');
}

static gboolean
fail (Scanner *scanner, const Step *step, VmmError code, const char *expectation)
{
  g_autoptr (GString) path = g_string_new (NULL);

  append_path (path, step);
  if (path->len)
    g_string_append (path, ": ");
  g_string_append_printf (path, VMM_SAID ("%s at byte %zu"), expectation,
                          (gsize) (scanner->at - scanner->start));
  g_set_error (scanner->error, VMM_ERROR, code, "%s: %s", scanner->document, path->str);
  return FALSE;
}

static char
peek (const Scanner *scanner)
{
  return scanner->at < scanner->end ? *scanner->at : '\0';
}

static void
skip_blanks (Scanner *scanner)
{
  while (scanner->at < scanner->end && strchr (" \t\r\n", *scanner->at))
    scanner->at++;
}

static gboolean
take (Scanner *scanner, char wanted)
{
  if (peek (scanner) != wanted)
    return FALSE;
  scanner->at++;
  return TRUE;
}

static gsize
skip_digits (Scanner *scanner)
{
  const char *first = scanner->at;

  while (g_ascii_isdigit (peek (scanner)))
    scanner->at++;
  return (gsize) (scanner->at - first);
}

static gboolean
check_number (Scanner *scanner, const Step *step)
{
  const char *first = scanner->at;
  gboolean    whole = TRUE;
  char        digits[MAX_NUMBER + 1];

  take (scanner, '-');
  if (!take (scanner, '0') && !skip_digits (scanner))
    return fail (scanner, step, VMM_ERROR_FORMAT, VMM_SAID ("a value was expected"));
  if (take (scanner, '.')) {
    whole = FALSE;
    if (!skip_digits (scanner))
      return fail (scanner, step, VMM_ERROR_FORMAT, VMM_SAID ("a digit was expected"));
  }
  if (take (scanner, 'e') || take (scanner, 'E')) {
    whole = FALSE;
    if (!take (scanner, '+'))
      take (scanner, '-');
    if (!skip_digits (scanner))
      return fail (scanner, step, VMM_ERROR_FORMAT, VMM_SAID ("a digit was expected"));
  }
  gsize length = (gsize) (scanner->at - first);
  if (length > MAX_NUMBER)
    return fail (scanner, step, VMM_ERROR_RANGE, VMM_SAID ("number of too many digits"));
  memcpy (digits, first, length);
  digits[length] = '\0';

  double value = g_ascii_strtod (digits, NULL);
  if (!isfinite (value) || (whole && fabs (value) > VMM_JSON_MAX_INTEGER))
    return fail (scanner, step, VMM_ERROR_RANGE, VMM_SAID ("number out of range"));
  return TRUE;
}

/* Four hexadecimal digits after "\u", or -1. */
static int
take_code_unit (Scanner *scanner)
{
  int unit = 0;

  for (int i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value (peek (scanner));
    if (digit < 0)
      return -1;
    unit = unit * 16 + digit;
    scanner->at++;
  }
  return unit;
}

/* After the backslash. Surrogates come in pairs, and no string hides a NUL. */
static gboolean
take_escape (Scanner *scanner)
{
  char letter = peek (scanner);

  if (letter && strchr ("\"\\/bfnrt", letter)) {
    scanner->at++;
    return TRUE;
  }
  if (!take (scanner, 'u'))
    return FALSE;
  int unit = take_code_unit (scanner);
  if (unit <= 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return FALSE;
  if (unit < 0xd800 || unit > 0xdbff)
    return TRUE;
  if (!take (scanner, '\\') || !take (scanner, 'u'))
    return FALSE;
  unit = take_code_unit (scanner);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

static gboolean
check_string (Scanner *scanner, const Step *step)
{
  const char *first = ++scanner->at;

  for (;;) {
    if (scanner->at >= scanner->end)
      return fail (scanner, step, VMM_ERROR_FORMAT, VMM_SAID ("the end of a string was expected"));
    if (scanner->at - first > VMM_JSON_MAX_STRING)
      return fail (scanner, step, VMM_ERROR_RANGE, VMM_SAID ("string too long"));
    if (take (scanner, '"'))
      return TRUE;
    if ((guchar) *scanner->at < ' ')
      return fail (scanner, step, VMM_ERROR_FORMAT, VMM_SAID ("control character in a string"));
    if (*scanner->at++ == '\\' && !take_escape (scanner))
      return fail (scanner, step, VMM_ERROR_FORMAT, VMM_SAID ("bad escape in a string"));
  }
}

static gboolean check_value (Scanner *scanner, const Step *step, guint depth);

static gboolean
check_object (Scanner *scanner, const Step *parent, guint depth)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  scanner->at++;
  skip_blanks (scanner);
  if (take (scanner, '}'))
    return TRUE;
  do {
    Step step = { parent, NULL, 0, 0 };

    skip_blanks (scanner);
    if (peek (scanner) != '"')
      return fail (scanner, parent, VMM_ERROR_FORMAT,
                   VMM_SAID ("the name of a member was expected"));
    const char *key = scanner->at + 1;
    if (!check_string (scanner, parent))
      return FALSE;
    step.key = key;
    step.key_length = (gsize) (scanner->at - 1 - key);
    if (!g_hash_table_add (seen, g_strndup (key, step.key_length)))
      return fail (scanner, &step, VMM_ERROR_FORMAT, VMM_SAID ("member given twice"));
    skip_blanks (scanner);
    if (!take (scanner, ':'))
      return fail (scanner, &step, VMM_ERROR_FORMAT, VMM_SAID ("\":\" was expected"));
    if (!check_value (scanner, &step, depth))
      return FALSE;
    skip_blanks (scanner);
  } while (take (scanner, ','));
  if (!take (scanner, '}'))
    return fail (scanner, parent, VMM_ERROR_FORMAT, VMM_SAID ("\",\" or \"}\" was expected"));
  return TRUE;
}

static gboolean
check_array (Scanner *scanner, const Step *parent, guint depth)
{
  Step step = { parent, NULL, 0, 0 };

  scanner->at++;
  skip_blanks (scanner);
  if (take (scanner, ']'))
    return TRUE;
  do {
    if (!check_value (scanner, &step, depth))
      return FALSE;
    step.index++;
    skip_blanks (scanner);
  } while (take (scanner, ','));
  if (!take (scanner, ']'))
    return fail (scanner, parent, VMM_ERROR_FORMAT, VMM_SAID ("\",\" or \"]\" was expected"));
  return TRUE;
}

static gboolean
check_value (Scanner *scanner, const Step *step, guint depth)
{
  static const char *const words[] = { "null", "true", "false" };

  skip_blanks (scanner);
  char first = peek (scanner);
  if ((first == '{' || first == '[') && depth == VMM_JSON_MAX_DEPTH)
    return fail (scanner, step, VMM_ERROR_RANGE, VMM_SAID ("nested too deeply"));
  if (first == '{')
    return check_object (scanner, step, depth + 1);
  if (first == '[')
    return check_array (scanner, step, depth + 1);
  if (first == '"')
    return check_string (scanner, step);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    gsize length = strlen (words[i]);
    if ((gsize) (scanner->end - scanner->at) >= length &&
        memcmp (scanner->at, words[i], length) == 0) {
      scanner->at += length;
      return TRUE;
    }
  }
  return check_number (scanner, step);
}

/* NOLINTEND(misc-no-recursion) */

static gboolean
check_document (const char *text, gsize length, const char *document, GError **error)
{
  Scanner     scanner = { text, text, text + length, document, error };
  const char *valid;

  if (!g_utf8_validate_len (text, length, &valid)) {
    scanner.at = valid;
    return fail (&scanner, NULL, VMM_ERROR_FORMAT, VMM_SAID ("UTF-8 text was expected"));
  }
  skip_blanks (&scanner);
  if (peek (&scanner) != '{')
    return fail (&scanner, NULL, VMM_ERROR_FORMAT,
                 VMM_SAID ("a result, which is a JSON object, was expected"));
  if (!check_value (&scanner, NULL, 0))
    return FALSE;
  skip_blanks (&scanner);
  if (scanner.at != scanner.end)
    return fail (&scanner, NULL, VMM_ERROR_FORMAT,
                 VMM_SAID ("the end of the document was expected"));
  return TRUE;
}

JsonNode *
vmm_json_parse (const char *text, gsize length, const char *document, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) problem = NULL;

  if (!check_document (text, length, document, error))
    return NULL;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, &problem)) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT, "%s: %s", document, problem->message);
    return NULL;
  }
  return json_parser_steal_root (parser);
}
