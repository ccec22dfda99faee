/* SPDX-License-Identifier: MIT */
/* http: one question to one server, within bounds of time and size, and its answer or why there is none.
 *
 * Nothing goes anywhere else: no proxy (http_proxy and the desktop's settings are not read), no redirect is
 * followed, nothing is kept between questions, no password is sent that the caller did not give, and where
 * the address is in figures no name is looked up. Nothing is loaded before the first question, and no
 * thread is made but the resolver's where there is a name. Behind it stands src/http/http.c, which loads
 * libsoup-3.0, or src/http/absent.c, by linking.
 *
 * To write a PUT or POST without a body, set none. */
#pragma once

#include "vmm/cause.h"

#include <glib.h>

typedef struct {
  const char *name, *value;
} VmmHttpHeader;

/* What is not needed is NULL or 0. Nothing of it is used once the call is over. */
typedef struct {
  const char          *method; /* "GET", "PUT", "POST" */
  const char          *url; /* "http://..." or "https://...", without a name and password in it */
  const VmmHttpHeader *headers;
  guint                n_headers;
  guint                limit_ms;    /* for all of it, 1 at least */
  gsize                limit_bytes; /* of the answer's body: one byte more, and it is cut off */
  const char          *body;
  gsize                body_length;
  const char          *body_type;       /* "text/plain" */
  const char          *user, *password; /* basic authentication, with the first question already */
  const char          *ca_file; /* the certificates that are trusted, PEM; NULL = the system's */
  const char          *wanted;  /* a header of the answer that the caller looks at */
} VmmHttpRequest;

/* `cause` is VMM_CAUSE_NONE with a status of 200 to 299. With VMM_CAUSE_HTTP_STATUS and
 * VMM_CAUSE_HTTP_REDIRECT, too, there are a status and a body; else the status is 0 and the body empty. */
typedef struct {
  VmmCause cause;
  guint    status;
  char    *sentence; /* English (vmm/language.h); NULL = nothing is wrong */
  char    *body;     /* as it came, with a zero byte behind it; never NULL */
  gsize    length;
  char    *wanted; /* its value; NULL = there is none */
} VmmHttpAnswer;

/* What can be asked: http or https, a host, and no name and password in it. NULL for all else. Free with
 * g_uri_unref(). */
GUri *vmm_http_parse_url (const char *url);

/* FALSE with VMM_ERROR_RANGE when a password would go there unencrypted and beyond this machine. */
gboolean vmm_http_check_secrecy (const char *url, GError **error);

/* FALSE in a build without it, and where libsoup cannot be loaded: why is in *ret_cause (may be NULL). */
gboolean vmm_http_is_here (VmmCause *ret_cause);

/* Asks and waits, limit_ms at most: for a thread that may wait. It has a main context of its own meanwhile.
 * Never NULL. */
VmmHttpAnswer *vmm_http_ask (const VmmHttpRequest *request);

/* The same without waiting: the answer comes once, on the calling thread, by its main context
 * (g_main_context_get_thread_default()), and never within this call. It is the callback's. */
typedef struct _VmmHttp VmmHttp;
typedef void (*VmmHttpAnswered) (VmmHttpAnswer *answer, gpointer data);

VmmHttp *vmm_http_begin (const VmmHttpRequest *request, VmmHttpAnswered answered, gpointer data);
void
vmm_http_end (VmmHttp *http); /* before the answer came: it will not; not after. NULL is fine */

void vmm_http_answer_free (VmmHttpAnswer *answer); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmHttpAnswer, vmm_http_answer_free)
