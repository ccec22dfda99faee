/* SPDX-License-Identifier: MIT */
/* faces: the window where there is a display, else the terminal. */
#include "faces.h"

#include "vmm/face.h"
#include "vmm/loop.h"

#include <string.h>

static gboolean
has_window (GError **error)
{
  return vmm_loop_check (VMM_LOOP_WINDOW_DESCRIPTORS, error) && vmm_gui_open_display (error);
}

static VmmExit
run_window (const VmmOptions *options)
{
  const VmmGiven given = { .fleet = options->fleet,
                           .interval = options->interval_given,
                           .no_save = !options->keep };

  return (VmmExit) vmm_gui_run (&options->plan, &given);
}

/* The last is always available. */
static const VmmFace faces[] = {
  { "window", has_window, run_window },
  { "terminal", NULL, vmm_terminal_measure },
};

const VmmFace *
vmm_face_choose (const VmmOptions *options, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (faces); i++) {
    gboolean asked = options->face && strcmp (options->face, faces[i].name) == 0;
    if (options->face && !asked)
      continue;
    if (!faces[i].is_available || faces[i].is_available (asked ? error : NULL))
      return &faces[i];
  }
  return NULL;
}
