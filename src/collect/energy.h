/* SPDX-License-Identifier: MIT */
/* energy: what this machine, and this guest, take. */
#pragma once

#include "vmm/sources.h"

/* For tests: waits for what is read aside. */
void energy_settle (VmmSource *energy);
