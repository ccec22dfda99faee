/* SPDX-License-Identifier: MIT */
/* greeting: the first bytes of a connection, what is asked for, and what is said to it. */
#pragma once

#include <glib.h>

#define VMM_GREETING_BYTES 16 /* each way */

typedef enum { VMM_GREETING_ECHO = 'e', VMM_GREETING_STREAM = 's' } VmmGreetingKind;

typedef struct {
  VmmGreetingKind kind;
  guint           mib, ms; /* at most */
} VmmGreeting;

typedef enum {
  VMM_VERDICT_WELCOME,
  VMM_VERDICT_BUSY, /* another guest streams */
  VMM_VERDICT_TOO_MUCH,
  VMM_N_VERDICTS,
} VmmVerdict;

void     vmm_greeting_write (guint8 *ret_bytes, const VmmGreeting *greeting);
gboolean vmm_greeting_read (const guint8 *bytes, VmmGreeting *ret_greeting);

void     vmm_verdict_write (guint8 *ret_bytes, VmmVerdict verdict);
gboolean vmm_verdict_read (const guint8 *bytes, VmmVerdict *ret_verdict);

/* Whether so much may be asked for. */
gboolean vmm_greeting_is_within (const VmmGreeting *greeting);
