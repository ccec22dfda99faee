/* SPDX-License-Identifier: MIT */
/* budget: how much memory the probes may take without pushing anybody out.
 *
 * MemAvailable of /proc/meminfo does not know the limits of cgroups: a probe that trusts it is
 * killed in a small container. So every memory limit from our own cgroup up to the root counts,
 * version 1 and 2. */
#pragma once

#include <glib.h>

/* Bytes that can be had under ROOT ("/" = this machine): the least of what is available and of what
 * each cgroup has left, file cache that can be dropped counted as left. *ret_limit names the file
 * that decides ("proc/meminfo"), free with g_free(). 0 and NULL when proc/meminfo does not tell. */
guint64 vmm_budget_get (const char *root, char **ret_limit);

/* MemAvailable in bytes, or on kernels before 3.14 MemFree + Buffers + Cached. */
gboolean vmm_budget_parse_meminfo (const char *text, gsize length, guint64 *ret_bytes);

/* The path of our cgroup in the hierarchy that limits memory, from the text of /proc/self/cgroup:
 * that of the controller "memory" (version 1) or of the unified hierarchy (version 2). NULL when
 * there is none. Free with g_free(). */
char *vmm_budget_parse_cgroup (const char *text, gsize length, guint version);
