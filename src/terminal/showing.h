/* SPDX-License-Identifier: MIT */
/* showing: the forms in which a result, or a comparison, is shown to others. */
#pragma once

#include "vmm/options.h"
#include "vmm/share.h"

/* What GOption stores into; vmm_showing_clear(). */
typedef struct {
  gboolean paste, markdown;
  char    *html, *card; /* files */
} VmmShowing;

/* The rows of a command's options for them, without an end. */
#define VMM_SHOWING_ENTRIES(showing)                                                                    \
  { "paste", 0, 0, G_OPTION_ARG_NONE, &(showing)->paste, N_ ("A block of a few lines to paste"),        \
    NULL },                                                                                             \
      { "markdown", 0, 0, G_OPTION_ARG_NONE, &(showing)->markdown, N_ ("The same as Markdown"), NULL }, \
      { "html",                                                                                         \
        0,                                                                                              \
        0,                                                                                              \
        G_OPTION_ARG_FILENAME,                                                                          \
        &(showing)->html,                                                                               \
        N_ ("A page that needs nothing else, into FILE"),                                               \
        N_ ("FILE") },                                                                                  \
  {                                                                                                     \
    "card", 0, 0, G_OPTION_ARG_FILENAME, &(showing)->card,                                              \
        N_ ("A picture of 1280 x 640 pixels, into FILE.png"), N_ ("FILE")                               \
  }

/* How many forms are asked for. */
guint vmm_showing_count (const VmmShowing *showing);

/* Writes the one that is asked for: a block to `file`, or where that is NULL or "-" to standard output. */
VmmExit vmm_showing_write (const VmmShowing *showing, const VmmShare *share, const char *file);

void vmm_showing_clear (VmmShowing *showing);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VmmShowing, vmm_showing_clear)
