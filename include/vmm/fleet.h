/* SPDX-License-Identifier: MIT */
/* fleet: the guests that a Prometheus, or what speaks its language, knows: a table, what is wrong on
 * whole hosts, and the last day of one guest.
 *
 * What the server answers is foreign: it is checked whole, with limits, before it is believed, and
 * labels are made fit to be shown. A figure that is not told is NAN, never 0, and a guest that is no
 * longer heard of stays, with when that was. */
#pragma once

#include "vmm/score.h"

#define VMM_FLEET_MAX_SERIES 50000
#define VMM_FLEET_MAX_POINTS 1000 /* of a series over time */
#define VMM_FLEET_MAX_LABEL 128   /* bytes of a name */
#define VMM_FLEET_STALE_S 600     /* not heard of for longer: gone */
#define VMM_FLEET_SUFFERING 0.1   /* stolen from it: more than so much */

typedef enum {
  VMM_FLEET_GUEST,
  VMM_FLEET_HOST,
  VMM_FLEET_VMM,
  VMM_FLEET_TYPE,
  VMM_FLEET_SCORE,
  VMM_FLEET_STOLEN,
  VMM_FLEET_QUALITY,
  VMM_FLEET_HEARD,
  VMM_FLEET_N_COLUMNS
} VmmFleetColumn;

/* Texts are "" and figures NAN when nothing is told. */
typedef struct {
  char  *guest, *job; /* the target's labels `instance` and `job`: together they are unique */
  char  *host;        /* the target's label `vmm_host`; else the host_hint that the guest tells */
  char  *vmm, *vmm_version, *cloud, *type;
  double score, low, high; /* of its newest window */
  double stolen;           /* 0 to 1 */
  gint64 heard_us;         /* when it told so, us since the epoch; 0 = nobody knows */
  int    quality;          /* a VmmQuality; -1 = not told */
  guint  is_heard : 1;     /* not more than VMM_FLEET_STALE_S ago */
  guint  is_live : 1;      /* `stolen` is of the last minutes, not of the newest window */
  guint  is_on_host : 1;   /* `host` is what the target is labelled with */
} VmmFleetGuest;

/* At least two guests of `host`, and half of those that are heard of, suffer at the same time. */
typedef struct {
  const char *host; /* of a guest */
  guint       suffering, guests;
  gint64      since_us; /* 0 = nobody knows */
} VmmNoisyHost;

typedef struct {
  char  *id, *sureness; /* as documents have them */
  gint64 seen_us;       /* when it was told last */
} VmmFleetFinding;

/* The last day of one guest: points at equal distances, absent where nothing is told. */
#define VMM_FLEET_POINTS 60
#define VMM_FLEET_DAY_S 86400
typedef struct {
  float      score[VMM_FLEET_POINTS], stolen[VMM_FLEET_POINTS]; /* points; percent */
  gint64     end_us;                                            /* the time of the last point */
  GPtrArray *findings;                                          /* of VmmFleetFinding */
} VmmFleetStory;

typedef struct {
  GPtrArray  *guests; /* of VmmFleetGuest */
  GHashTable *index;  /* the same by job and guest */
  GHashTable *since;  /* host -> gint64 *: since when it is noisy */
  GHashTable
      *curves; /* vmm_fleet_key() -> float[VMM_FLEET_POINTS]: scores of a day, of whom asked */
  VmmFleetStory *story;      /* NULL unless one guest was asked for */
  gint64         now_us;     /* of the server; 0 = nothing was told yet */
  gboolean       is_partial; /* the server says that something may be missing */
} VmmFleet;

VmmFleet *vmm_fleet_new (void);
void      vmm_fleet_free (VmmFleet *fleet); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmFleet, vmm_fleet_free)

/* ---- Answers. What is asked, one after the other: the guests', in this order, and one guest's. */

typedef enum {
  VMM_FLEET_ASK_HEARD,
  VMM_FLEET_ASK_INFO,
  VMM_FLEET_ASK_SCORE,
  VMM_FLEET_ASK_LOW,
  VMM_FLEET_ASK_HIGH,
  VMM_FLEET_ASK_STOLEN,
  VMM_FLEET_ASK_QUALITY,
  VMM_FLEET_ASK_SINCE,
  VMM_FLEET_N_ALL,
  VMM_FLEET_ASK_SCORES = VMM_FLEET_N_ALL,
  VMM_FLEET_ASK_STOLENS,
  VMM_FLEET_ASK_FINDINGS,
  VMM_FLEET_N_STORY,
  VMM_FLEET_ASK_CURVES = VMM_FLEET_N_STORY, /* of several guests, alone */
  VMM_FLEET_N_QUESTIONS
} VmmFleetQuestion;

/* The address of the question at `server`, "http://prometheus:9090"; `guest` for those about one; those
 * over time end at `now_us`. Free with g_free(). */
char *vmm_fleet_url (const char *server, VmmFleetQuestion question, const char *guest,
                     gint64 now_us);

/* For VMM_FLEET_ASK_CURVES, the names of `guests` (of VmmFleetGuest) as a pattern. Free with g_free(). */
char *vmm_fleet_pattern (const GPtrArray *guests);

/* What no other guest has. Free with g_free(). */
char *vmm_fleet_key (const char *job, const char *guest);

/* Takes the server's answer. FALSE with VMM_ERROR_FORMAT or _RANGE where it is none, and with
 * VMM_ERROR_IO and the server's words where it is an error; the table is then good for nothing. */
gboolean vmm_fleet_add (VmmFleet *fleet, VmmFleetQuestion question, const char *text, gsize length,
                        GError **error);

/* ---- The table */

/* By the column, what is worst first, or `reversed`; what is not told comes last. With `by_host`, by the
 * host first. */
void vmm_fleet_sort (VmmFleet *fleet, VmmFleetColumn column, gboolean reversed, gboolean by_host);
int  vmm_fleet_compare (const VmmFleetGuest *a, const VmmFleetGuest *b, VmmFleetColumn column);

/* "guest" "host" "vmm" "type" "score" "stolen" "quality" "heard". Static storage. */
const char *vmm_fleet_column_id (VmmFleetColumn column);

/* Whether a name of it holds `text`, in letters of whatever case; NULL and "" are in all. */
gboolean vmm_fleet_matches (const VmmFleetGuest *guest, const char *text);

/* The guest of that name; NULL. */
const VmmFleetGuest *vmm_fleet_find (const VmmFleet *fleet, const char *guest);

/* Hosts (of VmmNoisyHost), most suffering first. Free with g_array_unref(). */
GArray *vmm_fleet_find_noisy (const VmmFleet *fleet);

/* That part of the scores that are told is below it; NAN without any. */
double vmm_fleet_quantile (const VmmFleet *fleet, double part);

/* As a document for programs: those guests that match, in their order. Free with g_free(). */
char *vmm_fleet_to_json (const VmmFleet *fleet, const char *matching);

/* ---- The server */

typedef struct {
  const char *url;      /* "http://..." or "https://..." */
  char       *password; /* "USER:PASSWORD", or NULL */
  const char *ca_file;  /* whom to trust, or NULL = as the system does */
} VmmFleetServer;

/* With the password that `password_file` has (NULL = none), the texts borrowed. FALSE with the error of
 * vmm_fleet_check_url(), of vmm_http_check_secrecy() or of vmm_secret_read_password(). */
gboolean vmm_fleet_server_init (VmmFleetServer *ret_server, const char *url,
                                const char *password_file, const char *ca_file, GError **error);
void     vmm_fleet_server_clear (VmmFleetServer *server);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VmmFleetServer, vmm_fleet_server_clear)

/* FALSE with VMM_ERROR_RANGE when it is no such URL, or has a password in it. */
gboolean vmm_fleet_check_url (const char *url, GError **error);

/* Asks all, one after the other, by the main context of the thread, which is not held: answers are read on
 * another. The answer comes once, and never within this call: the fleet, which is the callback's, or NULL
 * and the error, one of vmm_fleet_add() or VMM_ERROR_IO. With `guest`, its story as well. */
typedef struct _VmmFleetAsk VmmFleetAsk;
typedef void (*VmmFleetAnswered) (VmmFleet *fleet, const GError *error, gpointer data);

VmmFleetAsk *vmm_fleet_ask_begin (const VmmFleetServer *server, const char *guest,
                                  VmmFleetAnswered answered, gpointer data);

/* The same of the scores of `guests` (of VmmFleetGuest) over the day until `now_us`, and of nothing else. */
VmmFleetAsk *vmm_fleet_ask_curves (const VmmFleetServer *server, const GPtrArray *guests,
                                   gint64 now_us, VmmFleetAnswered answered, gpointer data);

void vmm_fleet_ask_end (VmmFleetAsk *ask); /* before the answer: it will not come. NULL is fine */

/* Asks all, and waits: for a thread that may. With `guest`, its story as well. NULL and the error: those
 * of vmm_fleet_add(), or VMM_ERROR_IO. */
VmmFleet *vmm_fleet_ask (const VmmFleetServer *server, const char *guest, GError **error);
