/* SPDX-License-Identifier: MIT */
/* live: a measurement under way, as text: a picture for a terminal, a line for a pipe. */
#pragma once

#include "console.h"
#include "vmm/session.h"

/* Everything that the picture shows; pointers borrowed. */
typedef struct {
  const char       *title;   /* machine and VMM */
  const VmmOutlook *outlook; /* NULL = nothing is said */
  const VmmRing    *ring;    /* rows `first` .. `end` - 1 are this window's */
  guint             first, end;
  double            elapsed_s, duration_s, interval_s;
  guint             run, runs;               /* which window of how many, from 1 */
  gboolean          probes;                  /* FALSE: a passive run */
  char              activity[192];           /* what is probed now, "" = nothing */
  VmmPingInfo       ping;                    /* whom the echoes go to */
  char              message[256];            /* "" or what to say instead of the seconds left */
  double            memory_bytes;            /* all of the guest's; 0 = not known */
  const char       *reasons[VMM_N_CHANNELS]; /* NULL = nothing to say */
} VmmLive;

/* The picture: at most console->height lines of at most console->width columns, each ending in
 * "\n" but the last, coloured as the console wants. Free with g_free(). */
char *vmm_live_picture (const VmmLive *live, const VmmConsole *console);

/* The heading of the plain lines, and the line of the newest row: 79 columns. Free with g_free().
 * An absent value is "-". */
char *vmm_live_heading (void);
char *vmm_live_line (const VmmLive *live);
