/* SPDX-License-Identifier: MIT */
/* metadata: what a cloud's own service tells a machine about itself, leaf by leaf.
 *
 * What is asked, of whom and how, is a table: metadata_services.c. Neither accounts, instances, names and
 * keys nor whole documents are asked for. */
#pragma once

#include "instance_facts.h"

#include "vmm/http.h"

#define METADATA_BYTES 16384 /* of an answer */

/* As vmm_http_ask(). */
typedef VmmHttpAnswer *(*MetadataAsk) (const VmmHttpRequest *request);

/* One cloud's service. What is NULL is not needed there. */
typedef struct {
  const char   *cloud_id;
  const char   *address, *address6; /* in figures; the second where there is no way by IPv4 */
  const char   *token_path;         /* a PUT there gives a token */
  VmmHttpHeader token_life, header; /* goes with that; and with every other question */
  const char   *token_header;       /* under which the token goes with them */
  VmmHttpHeader mark;               /* stands in every answer */
  const char   *sign_path;          /* a leaf that is another one after a move to another host */
  const char   *warning;            /* N_(): what it switches on to ask for events */
} MetadataService;

/* NULL where none is known. Static storage. */
const MetadataService *metadata_find_service (const char *cloud_id);

/* A leaf that is a fact; with `names_region`, without its last part ("-b") it is the region, too. */
typedef struct {
  const char  *cloud_id, *path;
  InstanceFact fact;
  gboolean     names_region;
} MetadataLeaf;

const MetadataLeaf *metadata_leaves (guint *ret_n);

/* A leaf that says what is going to happen: a document, one object or a list of them, or one word; with
 * `word` the leaf is there when that is going to happen, and is else a time. What is not told is NULL. */
typedef struct {
  const char *cloud_id, *path;
  const char *list;  /* the member that is the list; NULL = the document itself */
  const char *kind;  /* the member that says what; NULL = the document is one word */
  const char *time;  /* not before when */
  const char *state; /* whether it is over */
  const char *word;  /* what it is, where the document does not say; NULL = it does */
  const char *since; /* with `word`: the member that the document then has; NULL = it is the time */
} MetadataEvents;

const MetadataEvents *metadata_events (guint *ret_n);

/* "Freeze" -> "pause"; NULL for what no cloud says, "" for what is no event. Static storage. */
const char *metadata_find_event (const char *word);

/* ---- metadata_event: reads the first event of an answer, which is not over: FALSE where the answer is
 * none. "" = there is no event, and time that is not told. Free both with g_free(). */
gboolean metadata_read_event (const MetadataEvents *row, const char *text, gsize length,
                              char **ret_kind, char **ret_time);

/* As vmm_host_ask_cloud() and vmm_host_ask_sign(), of whom one likes. */
VmmHost *metadata_ask (const VmmHost *host, const char *root, gboolean events, char **ret_sign,
                       MetadataAsk ask);
char    *metadata_ask_sign (const VmmHost *host, const char *root, MetadataAsk ask);
