/* SPDX-License-Identifier: MIT */
/* member: one value of a struct, as documents hold it.
 *
 * A const table of members says once what a record is made of: whoever copies, frees, writes, reads
 * or shows the record walks the table, so that a new value is one row. A row is data only and knows
 * no format of documents. */
#pragma once

#include <glib.h>

/* Bounds of the texts in result documents, in bytes. */
#define VMM_RESULT_MAX_TEXT 256
#define VMM_RESULT_MAX_REASON 512
#define VMM_RESULT_MAX_FLAGS 4096

typedef enum {
  VMM_MEMBER_TEXT,           /* const char *, at most `max` bytes */
  VMM_MEMBER_TEXT_OR_NULL,   /* the same; "" = not known */
  VMM_MEMBER_OWN_OR_NULL,    /* char * that is the struct's own; NULL = none */
  VMM_MEMBER_LINES,          /* const char *const *, a NULL after the last, `max` bytes each */
  VMM_MEMBER_OWN_LINES,      /* GPtrArray * of char *, the same */
  VMM_MEMBER_WORD,           /* const char *, one of the `name_of` 0 .. max - 1 */
  VMM_MEMBER_CHOICE,         /* an enum from 0 to max - 1, by its `name_of` */
  VMM_MEMBER_CHOICE_OR_NULL, /* the same; 0 = none, as is a name that is not known */
  VMM_MEMBER_COUNT,          /* guint from `min` to `max` */
  VMM_MEMBER_COUNT_OR_NULL,  /* guint, at most `max`; 0 = not known */
  VMM_MEMBER_BYTES,          /* guint64, at most `max`, of memory or a file */
  VMM_MEMBER_BYTES_OR_NULL,  /* the same; 0 = not known */
  VMM_MEMBER_NUMBER,         /* double from `min` to `max` */
  VMM_MEMBER_NUMBER_OR_NULL, /* the same; NAN = absent */
  VMM_MEMBER_BOOLEAN,        /* gboolean */
  VMM_MEMBER_REMARK,         /* gboolean that follows from others: written, and never read */
  VMM_MEMBER_MAYBE,          /* an enum whose 0 is "cannot be told", 1 TRUE and 2 FALSE */
  VMM_MEMBER_ROWS,           /* a list of structs, which their owner knows */
} VmmMemberKind;

typedef struct {
  const char   *name; /* in documents */
  VmmMemberKind kind;
  gsize         offset; /* in the struct */
  double        max;
  const char *(*name_of) (guint);
  gboolean is_late; /* documents of earlier programs lack it: it is read as not known */
  double   min;
} VmmMember;
