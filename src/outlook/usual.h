/* SPDX-License-Identifier: MIT */
/* usual: what a value usually is: about its median so far, with the past fading. */
#pragma once

#include <glib.h>

#define USUAL_STEPS 64

typedef struct {
  guint16 counts[USUAL_STEPS]; /* of values, by half octaves */
  guint   n;
} Usual;

void  usual_push (Usual *usual, float value);
float usual_get (const Usual *usual); /* 0 before there was a value */
