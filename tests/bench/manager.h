/* SPDX-License-Identifier: MIT */
/* manager: says on a display that there is a window manager, as there is wherever a user sits.
 *
 * Where none is, GDK asks the display server at each frame whether one has come, and waits for the
 * answer behind all that it has still to paint: more wake-ups and longer stalls than a user has. */
#pragma once

#include <X11/Xatom.h>
#include <gdk/gdkx.h>

static inline void
manager_announce (void)
{
  Display *display = GDK_DISPLAY_XDISPLAY (gdk_display_get_default ());
  Window   root = DefaultRootWindow (display);
  Window   window = XCreateSimpleWindow (display, root, -10, -10, 1, 1, 0, 0, 0);
  Atom     check = XInternAtom (display, "_NET_SUPPORTING_WM_CHECK", False);

  for (guint i = 0; i < 2; i++)
    XChangeProperty (display, i == 0 ? window : root, check, XA_WINDOW, 32, PropModeReplace,
                     (const unsigned char *) &window, 1);
  XSync (display, False);
}
