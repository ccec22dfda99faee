/* SPDX-License-Identifier: MIT */
/* work_count: numbers written in decimal and read again, a character at a time through pointers. */
#include "work_pieces.h"

#include "random.h"

#define NUMBERS 600
#define MAX_DIGITS 24
#define DECIMALS 3

typedef struct Text Text;

/* Where characters go and come from, as formatted output has it. */
typedef struct {
  void (*put) (Text *text, char character);
  char (*get) (Text *text);
} Stream;

struct Text {
  const Stream *stream;
  guint         put_at, get_at;
  char          bytes[2 * MAX_DIGITS];
};

static void
put_byte (Text *text, char character)
{
  text->bytes[text->put_at++] = character;
}

static char
get_byte (Text *text)
{
  return text->get_at < text->put_at ? text->bytes[text->get_at++] : '\0';
}

static const Stream stream = { put_byte, get_byte };

/* NOLINTBEGIN(misc-no-recursion): as deep as the number has digits */
static void
write_whole (Text *text, guint64 number)
{
  if (number >= 10)
    write_whole (text, number / 10);
  text->stream->put (text, (char) ('0' + number % 10));
}
/* NOLINTEND(misc-no-recursion) */

static void
write_real (Text *text, double number)
{
  guint64 whole = (guint64) number;

  write_whole (text, whole);
  text->stream->put (text, '.');
  number -= (double) whole;
  for (guint i = 0; i < DECIMALS; i++) {
    number *= 10;
    text->stream->put (text, (char) ('0' + (guint) number));
    number -= (double) (guint) number;
  }
}

static gboolean
get_digit (Text *text, double *ret_digit)
{
  char character = text->stream->get (text);

  *ret_digit = character - '0';
  return character >= '0' && character <= '9';
}

static double
read_real (Text *text)
{
  double number = 0, scale = 1, digit;

  while (get_digit (text, &digit))
    number = number * 10 + digit;
  while (get_digit (text, &digit))
    number += digit * (scale *= 0.1);
  return number;
}

guint64
vmm_work_count (void)
{
  const Stream *volatile chosen = &stream; /* so that no compiler takes it in */
  guint64 random = 5, sum = 0;

  for (guint i = 0; i < NUMBERS; i++) {
    Text text = { .stream = chosen };

    write_real (&text, (double) (vmm_random (&random) >> 36) / 1000.0);
    sum += text.put_at + (guint64) read_real (&text);
  }
  return sum;
}
