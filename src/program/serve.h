/* SPDX-License-Identifier: MIT */
/* serve: the command that measures by a timetable. */
#pragma once

#include "vmm/options.h"

VmmExit vmm_serve_run (int argc, char **argv);

/* For commands that measure by a timetable: how often, as said or as usual; the error says what is wrong with
 * that, or with windows of `duration_s`. And what they go without: NULL, or what is wrong with `options`. */
gboolean    vmm_serve_check_every (const char *every, guint usual_s, guint duration_s,
                                   guint *ret_every_s, GError **error);
const char *vmm_serve_find_misuse (const VmmOptions *options);
