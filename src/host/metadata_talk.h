/* SPDX-License-Identifier: MIT */
/* metadata_talk: questions to one cloud's service, until one is not answered as it should be.
 *
 * Each is waited for a second, all of them two. A leaf that is not there is an answer; whatever else is none
 * ends the talk: then nothing more is asked. */
#pragma once

#include "metadata.h"

typedef struct {
  const MetadataService *service;
  MetadataAsk            ask;
  const char            *address;
  gint64                 until_us;
  char                  *token;
  char                  *reason; /* why it ended: a sentence as it is stored; NULL = it did not */
  VmmCause               cause;
  gboolean               is_contained;
} MetadataTalk;

/* Fetches the token, where the service has one. `host` is where we are; all that is given is borrowed. */
void metadata_talk_begin (MetadataTalk *ret_talk, const MetadataService *service,
                          const VmmHost *host, const char *root, MetadataAsk ask);
void metadata_talk_clear (MetadataTalk *talk);

/* NULL where this leaf is not there, and where nothing is to be asked any more. Free with
 * vmm_http_answer_free(). */
VmmHttpAnswer *metadata_ask_leaf (MetadataTalk *talk, const char *path);

/* What was answered cannot be true: ends it. */
void metadata_stop_unfit (MetadataTalk *talk);
