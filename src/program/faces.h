/* SPDX-License-Identifier: MIT */
/* faces: the table of those that a measurement can be shown in. */
#pragma once

#include "vmm/options.h"

typedef struct {
  const char *name; /* of its option, "window" */

  /* FALSE and an error that says why not, here and now. NULL: always. */
  gboolean (*is_available) (GError **error);

  VmmExit (*run) (const VmmOptions *options);
} VmmFace;

/* The one that was asked for, or the first that is available. NULL and an error where it is not. */
const VmmFace *vmm_face_choose (const VmmOptions *options, GError **error);
