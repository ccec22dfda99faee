/* SPDX-License-Identifier: MIT */
/* export: a result as text for other programs. Free with g_free(). */
#pragma once

#include "vmm/result.h"

/* RFC 4180 with a header line (time_s, then one column per channel id that has any value or
 * reason to be here); an absent value is an empty field. Numbers in the C locale. */
char *vmm_export_csv (const VmmResult *result);

/* OpenMetrics 1.0 text, ending in "# EOF\n"; absent values are left out. Every reading with its time: to
 * be loaded into a database, not to be scraped. */
char *vmm_export_openmetrics (const VmmResult *result);

/* What a window came to, in Prometheus' text format 0.0.4, without times: for all that scrapes, collects
 * or is pushed to. An absent value is a series that is not there. No label of the run and no name of the
 * machine is in it. */
char *vmm_export_prometheus (const VmmResult *result);

/* FALSE, and why, when vmm_export_save() to `path` is sure to fail: to be known before there is a text. */
gboolean vmm_export_check (const char *path, GError **error);

/* Writes `text` to `path`, whole or not at all (temporary file beside it, fsync, rename); follows a
 * symbolic link, writes to a pipe or device. */
gboolean vmm_export_save (const char *path, const char *text, GError **error);
