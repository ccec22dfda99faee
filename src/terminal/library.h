/* SPDX-License-Identifier: MIT */
/* library: the commands for results that are kept. */
#pragma once

#include "options.h"

VmmExit vmm_library_list (int argc, char **argv);
VmmExit vmm_library_show (int argc, char **argv);
VmmExit vmm_library_export (int argc, char **argv);
VmmExit vmm_library_import (int argc, char **argv);
VmmExit vmm_library_label (int argc, char **argv);
VmmExit vmm_library_delete (int argc, char **argv);
