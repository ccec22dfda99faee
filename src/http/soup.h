/* SPDX-License-Identifier: MIT */
/* soup: libsoup-3.0, which is loaded with the first question: it costs 1.5 MiB, and most runs ask none. */
#pragma once

#include "vmm/cause.h"

#include <libsoup/soup.h>

/* The functions of libsoup that are used, under its names. */
typedef struct {
#define SOUP_CALL(name) __typeof__ (&soup_##name) name
  SOUP_CALL (session_get_type);
  SOUP_CALL (session_send_async);
  SOUP_CALL (session_send_finish);
  SOUP_CALL (session_remove_feature_by_type);
  SOUP_CALL (session_error_quark);
  SOUP_CALL (content_decoder_get_type);
  SOUP_CALL (message_new_from_uri);
  SOUP_CALL (message_set_flags);
  SOUP_CALL (message_get_request_headers);
  SOUP_CALL (message_get_response_headers);
  SOUP_CALL (message_set_request_body_from_bytes);
  SOUP_CALL (message_get_status);
  SOUP_CALL (message_headers_replace);
  SOUP_CALL (message_headers_get_one);
#undef SOUP_CALL
} Soup;

/* Static storage; NULL with the cause when it cannot be loaded, now and for ever. Any thread. */
const Soup *soup_load (VmmCause *ret_cause);
