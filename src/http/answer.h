/* SPDX-License-Identifier: MIT */
/* answer: makes answers, and says what went wrong. */
#pragma once

#include "vmm/http.h"

/* libsoup's, also where that is not. */
#define HTTP_URL_FLAGS                                                                             \
  (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY |               \
   G_URI_FLAGS_ENCODED_FRAGMENT | G_URI_FLAGS_SCHEME_NORMALIZE)

/* One without a body. */
VmmHttpAnswer *answer_new (void);

/* In the words of the table of causes. */
void answer_fail (VmmHttpAnswer *answer, VmmCause cause);

void answer_fail_late (VmmHttpAnswer *answer, guint limit_ms);
void answer_fail_long (VmmHttpAnswer *answer, gsize limit_bytes);

/* What the server said: 200 to 299 is fine. */
void answer_take_status (VmmHttpAnswer *answer, guint status);
