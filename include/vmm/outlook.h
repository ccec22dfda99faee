/* SPDX-License-Identifier: MIT */
/* outlook: what this guest's own past says of what comes: memory at this rate, episodes with a rhythm, and
 * how far the load can grow.
 *
 * It learns from the rows that it is given, in this guest alone, and is silent until it has proved itself.
 * What it says of a moment depends on rows of before alone. Every forecast is kept in a ledger with what
 * became of it. It touches no score. Time is an argument; all memory is taken at construction. One thread. */
#pragma once

#include "vmm/channel.h"
#include "vmm/headroom.h"

typedef struct _VmmOutlook VmmOutlook;

/* What forecasts are of. */
typedef enum {
  VMM_OUTLOOK_MEMORY, /* when it is full, at this rate */
  VMM_OUTLOOK_CPU,    /* when the next episode of these begins */
  VMM_OUTLOOK_DISK,
  VMM_OUTLOOK_WRITE,
  VMM_OUTLOOK_STEAL,
  VMM_N_OUTLOOKS
} VmmOutlookSubject;

/* Why nothing is said. */
typedef enum {
  VMM_OUTLOOK_SAID,      /* something is */
  VMM_OUTLOOK_NO_VALUE,  /* the channel has none */
  VMM_OUTLOOK_PROBING,   /* the probes are a load of their own */
  VMM_OUTLOOK_EARLY,     /* memory: `needed` readings, `seen` of them so far */
  VMM_OUTLOOK_STEADY,    /* memory: it does not rise steadily */
  VMM_OUTLOOK_SLOWING,   /* memory: it rises more slowly than before */
  VMM_OUTLOOK_HALF,      /* memory: it rises, and less than half is used */
  VMM_OUTLOOK_FAR,       /* memory: at this rate it takes longer than may be said */
  VMM_OUTLOOK_STOPPED,   /* memory: it rose until just now */
  VMM_OUTLOOK_FULL,      /* memory: it is */
  VMM_OUTLOOK_FEW,       /* rhythm: `needed` episodes, `seen` of them so far */
  VMM_OUTLOOK_IRREGULAR, /* rhythm: the last intervals were not alike */
  VMM_OUTLOOK_SHORT,     /* rhythm: they are alike and too short to be told apart */
  VMM_OUTLOOK_UNPROVED, /* alike, and what was forecast in secret has not come true twice of three times */
  VMM_OUTLOOK_LATE,  /* rhythm: it did not come when it was said to */
  VMM_OUTLOOK_WRONG, /* two of the last three were wrong: silent until it is right again in secret */
  VMM_N_OUTLOOK_WHYS
} VmmOutlookWhy;

/* Figures that do not apply are NAN, counts 0. */
typedef struct {
  VmmOutlookWhy why;
  gboolean      is_nearly_full; /* memory: a plain warning of its level, whatever else is said */
  double        when_s, low_s, high_s; /* from now; at least 0; only of what is said */
  double        level, rate;           /* memory: % now, and % a minute */
  double        shortest_s, longest_s; /* rhythm: of the last intervals */
  guint         seen, needed;
  guint right, of; /* its record: of the last forecasts here, at most ten, those that came true */
} VmmOutlookItem;

/* ---- The ledger */

typedef enum {
  VMM_FATE_OPEN,
  VMM_FATE_RIGHT,  /* it came when it was said to */
  VMM_FATE_WRONG,  /* it came earlier, later or not at all */
  VMM_FATE_UNSEEN, /* nobody was looking: a gap, a pause, the program's end */
  VMM_N_FATES
} VmmFate;

/* Times are the wall clock's, us since the epoch. */
typedef struct {
  gint64   made_us, low_us, high_us;
  gint64   came_us; /* 0 = it did not, or is not known to have */
  VmmFate  fate;
  gboolean is_secret; /* nobody was told */
} VmmClaim;

#define VMM_LEDGER_KEPT 20

/* The newest claims of one subject, the oldest first; only the newest may be open. */
typedef struct {
  guint    n;
  VmmClaim claims[VMM_LEDGER_KEPT];
} VmmLedgerPage;

typedef struct {
  VmmLedgerPage pages[VMM_N_OUTLOOKS];
} VmmLedger;

/* ---- */

/* Of rows that come every `interval_us`. Never NULL. */
VmmOutlook *vmm_outlook_new (gint64 interval_us);
void        vmm_outlook_free (VmmOutlook *outlook); /* NULL is fine */

/* The row (VMM_N_CHANNELS floats) of `now_us`, after that of the row before, which the wall clock calls
 * `wall_us`. */
void vmm_outlook_push (VmmOutlook *outlook, gint64 now_us, gint64 wall_us, const float *row);

/* What is said now, at the newest row. */
void vmm_outlook_get_item (const VmmOutlook *outlook, VmmOutlookSubject subject,
                           VmmOutlookItem *ret_item);
void vmm_outlook_get_headroom (const VmmOutlook *outlook, VmmHeadroom *ret_headroom);

/* All that is said at a moment. */
typedef struct {
  VmmOutlookItem items[VMM_N_OUTLOOKS];
  VmmHeadroom    headroom;
} VmmOutlookState;

/* Whether the same is said of both: times to the second, levels to a tenth of a percent, use to one in two hundred of
 * what there is. */
gboolean vmm_outlook_is_same (const VmmOutlookState *a, const VmmOutlookState *b);

void vmm_outlook_describe (const VmmOutlook *outlook, VmmOutlookState *ret_state);

/* The ledger, and how often it changed. */
const VmmLedger *vmm_outlook_get_ledger (const VmmOutlook *outlook);
guint64          vmm_outlook_get_changes (const VmmOutlook *outlook);

/* Goes on with a ledger of before, whose open claims nobody saw the end of. */
void vmm_outlook_set_ledger (VmmOutlook *outlook, const VmmLedger *ledger);

/* Its record of at most ten: how many came true, and of how many. */
guint vmm_ledger_count (const VmmLedgerPage *page, guint *ret_of);

/* Ids as stored: "memory" "cpu" "disk" "write" "steal"; "said" "few" ..; "open" "right" "wrong" "unseen". NULL
 * beyond the last. Static storage. */
const char *vmm_outlook_id (guint subject);
const char *vmm_outlook_why_id (guint why);
const char *vmm_fate_id (guint fate);

/* The channel that a forecast is of. */
VmmChannelId vmm_outlook_channel (VmmOutlookSubject subject);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmOutlook, vmm_outlook_free)
