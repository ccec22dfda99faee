/* SPDX-License-Identifier: MIT */
/* soup: libsoup-3.0, which is loaded with the first question. */
#include "soup.h"

#include <dlfcn.h>
#include <string.h>

#define LIBRARY "libsoup-3.0.so.0"
#define OLDER "soup_uri_new" /* only libsoup 2 has it, and both in one process end the process */

#define CALL(name)                                                                                 \
  {                                                                                                \
    G_STRUCT_OFFSET (Soup, name), "soup_" #name                                                    \
  }
static const struct {
  gsize       offset;
  const char *name;
} symbols[] = {
  CALL (session_get_type),
  CALL (session_send_async),
  CALL (session_send_finish),
  CALL (session_remove_feature_by_type),
  CALL (session_error_quark),
  CALL (content_decoder_get_type),
  CALL (message_new_from_uri),
  CALL (message_set_flags),
  CALL (message_get_request_headers),
  CALL (message_get_response_headers),
  CALL (message_set_request_body_from_bytes),
  CALL (message_get_status),
  CALL (message_headers_replace),
  CALL (message_headers_get_one),
};

G_STATIC_ASSERT (G_N_ELEMENTS (symbols) * sizeof (void *) == sizeof (Soup));

static VmmCause
fill (Soup *soup)
{
  /* Its types are GObject's for ever: it is never unloaded. */
  void *library =
      dlsym (RTLD_DEFAULT, OLDER) ? NULL : dlopen (LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++) {
    void *symbol = library ? dlsym (library, symbols[i].name) : NULL;
    if (!symbol)
      return VMM_CAUSE_HTTP_NO_LIBRARY;
    memcpy (G_STRUCT_MEMBER_P (soup, symbols[i].offset), &symbol, sizeof symbol);
  }
  return VMM_CAUSE_NONE;
}

typedef struct {
  VmmCause cause;
  Soup     calls;
} Loaded;

static gpointer
load (gpointer data)
{
  static Loaded loaded;

  loaded.cause = fill (&loaded.calls);
  return &loaded;
}

const Soup *
soup_load (VmmCause *ret_cause)
{
  static GOnce  once = G_ONCE_INIT;
  const Loaded *loaded = g_once (&once, load, NULL);

  *ret_cause = loaded->cause;
  return loaded->cause == VMM_CAUSE_NONE ? &loaded->calls : NULL;
}
