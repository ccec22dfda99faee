/* SPDX-License-Identifier: MIT */
/* ethtool: what a network card's driver counts, as anybody may ask it. */
#pragma once

#include <glib.h>

/* As ioctl(). */
typedef int (*EthtoolCall) (int fd, unsigned long request, void *argument);

/* Adds to sums[i] the statistic of `device` that is called names[i], for each of the `n`; where the
 * device has none, sums[i] stays. The card itself may be asked, which can take seconds. */
void ethtool_add (EthtoolCall call, int fd, const char *device, const char *const *names, guint n,
                  double *sums);
