/* SPDX-License-Identifier: MIT */
/* result_private: what a result is made of, for the files that build, write and read it. */
#pragma once

#include "vmm/json.h"
#include "vmm/result.h"
#include "vmm/store.h"

/* Bounds of what a document may hold, beside those of texts (vmm/member.h); the writer keeps to
 * them, the reader demands them. */
#define VMM_RESULT_MAX_LINES 64 /* evidence, reasons of a window */
#define VMM_RESULT_MAX_DEVICES 256
#define VMM_RESULT_MAX_ROWS 40000          /* 3600 s at 100 ms, and then some */
#define VMM_RESULT_MAX_SECOND 253402300799 /* 9999-12-31T23:59:59Z, since the epoch */
#define VMM_RESULT_MAX_KEPT 1800           /* rows written; a longer series is folded */

struct _VmmResult {
  int             refs; /* atomic */
  gint64          created;
  char           *label, *program;
  VmmPlan         plan;
  VmmPlace        place;
  VmmHost        *host;
  VmmScore        score;
  VmmSummary      summaries[VMM_N_CHANNELS];
  char           *reasons[VMM_N_CHANNELS]; /* NULL = none */
  VmmCause        causes[VMM_N_CHANNELS];
  VmmPingInfo     ping;
  VmmProbesInfo   probes; /* its scratch_dir is owned here */
  VmmRentedInfo   rented;
  VmmOutlookState outlook; /* at the window's end */
  gboolean        has_outlook;
  guint           ticks, missed;
  double          self_cpu_percent;
  guint64         peak_rss_bytes;
  guint           n; /* rows */
  float          *times;
  float          *values;   /* [VMM_N_CHANNELS][n] */
  JsonNode       *document; /* what it was read from, unknown members and all, perhaps under another
                             label; shared, never changed; NULL when measured */
};

/* "2026-01-31T23:59:59.000000Z" of us since the epoch; what no calendar has is the nearest that it has.
 * Free with g_free(). */
char *vmm_json_time (gint64 time_us);

/* The document of a measured result, `fold` rows to a point. */
JsonNode *vmm_result_build_document (const VmmResult *result, guint fold);

/* What makes two results the same run: SHA-256, in hexadecimal digits, of the `text` that
 * vmm_result_to_json() gave, as it would be without a label. Free with g_free(). */
char *vmm_result_digest (const char *text);

/* Fills `result` from a parsed document called `name`. */
gboolean vmm_result_read_document (VmmResult *result, JsonNode *document, const char *name,
                                   GError **error);

/* Complains when parts of a result that was read contradict one another: a score of the known definition
 * that does not follow from its probes, a window that is not the plan's, a share beyond the whole. A
 * score by another definition is believed as it is. */
void vmm_result_check (const VmmResult *result, const VmmJsonPlace *root);

/* The `host` object, there and back. NULL after a complaint. */
void     vmm_host_build_json (const VmmHost *host, JsonObject *object);
VmmHost *vmm_host_read_json (const VmmJsonPlace *place);

/* The members `score`, `probes` and `summary` of a document, there and back. */
void vmm_score_build_json (const VmmResult *result, JsonObject *root);
void vmm_score_read_json (VmmResult *result, const VmmJsonPlace *root);

/* What speaks against the window, by its causes, there and back: one for each of `score.reasons`. */
void vmm_causes_build_json (const VmmScore *score, JsonObject *window);
void vmm_causes_read_json (VmmScore *score, const VmmJsonPlace *window);

/* The cause of a sentence in a document of before, which does not tell it; VMM_CAUSE_NONE = unknown. */
VmmCause vmm_cause_recall (const char *sentence);

/* What comes, there and back. */
void vmm_outlook_build_json (const VmmResult *result, JsonObject *root);
void vmm_outlook_read_json (VmmResult *result, const VmmJsonPlace *root);

/* The rows of the window with their reasons for absent values, there and back. */
void vmm_series_build_json (const VmmResult *result, JsonObject *root, guint fold);
void vmm_series_read_json (VmmResult *result, const VmmJsonPlace *root);

/* How the names of files begin that are not complete yet. */
#define VMM_SAVE_TEMPORARY ".vmm_monitor-"

typedef enum {
  VMM_SAVE_FRESH,   /* a new file: an existing one is G_FILE_ERROR_EXIST and stays as it is */
  VMM_SAVE_REPLACE, /* instead of the file of that name */
  VMM_SAVE_THROUGH, /* the same, but follows a symbolic link and writes to a pipe or device */
} VmmSaveMode;

/* Makes the file at `path`, whole or not at all. */
gboolean vmm_save_bytes (const char *path, const char *bytes, gsize length, VmmSaveMode mode,
                         GError **error);

/* Renames a file; with `fresh` an existing one in its way stays (errno EEXIST). Sets errno. */
gboolean vmm_save_rename (const char *from, const char *to, gboolean fresh);

/* Says what cannot be done to the file at `path`, and why: errno. Always FALSE. */
gboolean vmm_save_fail (GError **error, const char *path, const char *action);

/* store.c: its directory is there. */
gboolean vmm_store_make (const VmmStore *store, GError **error);

/* beside.c: a file of the store that is no run. Loading, *ret_bytes is NULL where there is none; FALSE and the error:
 * it cannot be read now. What is none of ours is not overwritten: it goes by another name. */
char    *vmm_beside_path (const VmmStore *store, const char *name);
gboolean vmm_beside_load (const VmmStore *store, const char *name, char **ret_bytes,
                          gsize *ret_length, GError **error);
void     vmm_beside_put_away (const VmmStore *store, const char *name, const char *as);

/* Whether a document, called `name`, is of at most VMM_RESULT_MAX_BYTES. */
gboolean vmm_check_length (gsize length, const char *name, GError **error);

/* At most VMM_RESULT_MAX_BYTES of a regular file. */
gboolean vmm_load_bytes (const char *path, char **ret_bytes, gsize *ret_length, GError **error);
