/* SPDX-License-Identifier: MIT */
/* parts: the two sources that a session asks for more than rows.
 *
 * Filled in by whoever makes the sources, so that the session itself names no concrete one and
 * runs as well on a test's. */
#pragma once

#include "vmm/session.h"

typedef struct {
  VmmSource *ping, *probes; /* borrowed, among the session's sources; NULL = none */
  void (*set_ping_rate) (VmmSource *ping, guint per_tick);
  void (*get_ping_info) (VmmSource *ping, VmmPingInfo *ret_info);
  void (*get_probes_info) (VmmSource *probes, VmmProbesInfo *ret_info);
  const char *(*get_activity) (VmmSource *probes);
} VmmSessionParts;

/* Copied. All functions of a part that is there must be given. */
void vmm_session_set_parts (VmmSession *session, const VmmSessionParts *parts);
