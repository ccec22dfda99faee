/* SPDX-License-Identifier: MIT */
/* conversion: the places in a format where its figures go. */
#pragma once

#include <glib.h>

#define MAX_CONVERSIONS 8

typedef struct {
  guint place; /* "%2$s" has 2; 0: the next one */
  char  kind;  /* 's', 'u', 'f', ...; '%' for "%%" */
} Conversion;

/* What begins at `at`, a '%'; returns where it ends. */
const char *conversion_read (Conversion *ret_conversion, const char *at);

/* `format` with values[0 .. n - 1], n <= MAX_CONVERSIONS, in their places. Free with g_free(). */
char *conversion_fill (const char *format, const char *const *values, guint n);
