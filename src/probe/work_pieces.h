/* SPDX-License-Identifier: MIT */
/* work_pieces: what a unit of work is made of. Each piece begins afresh, so that it does the same every
 * time, and returns a sum over what it did. */
#pragma once

#include <glib.h>

#define VMM_WORK_TEXT_BYTES 16384u
#define VMM_WORK_TEXT_ROOM 64 /* behind the text, zero: a block may be read across its end */

typedef unsigned char VmmWorkText[VMM_WORK_TEXT_BYTES + VMM_WORK_TEXT_ROOM];

/* Words of syllables by chance, with commas and ends of lines: `text` as a log or a letter is. */
void vmm_work_write_text (VmmWorkText text);

/* An interpreter: a program of 256 kinds of instruction, each a function that is called by its number. */
#define VMM_WORK_REGISTERS 32
#define VMM_WORK_CELLS 16384
#define VMM_WORK_INSTRUCTIONS 512
#define VMM_WORK_SLACK 3 /* instructions that one skips, at most */

typedef struct {
  guint8 operation, to, a, b;
} VmmWorkInstruction;

typedef struct {
  guint64            registers[VMM_WORK_REGISTERS];
  guint64            cells[VMM_WORK_CELLS];
  VmmWorkInstruction program[VMM_WORK_INSTRUCTIONS + VMM_WORK_SLACK];
} VmmWorkMachine;

void    vmm_work_write_program (VmmWorkMachine *machine);
guint64 vmm_work_interpret (VmmWorkMachine *machine);

/* A compressor without its entropy coder: chains of equal hashes, matches, literals copied. */
#define VMM_WORK_HASHES 4096

typedef struct {
  guint16 heads[VMM_WORK_HASHES], before[VMM_WORK_TEXT_BYTES];
  guint8  packed[VMM_WORK_TEXT_BYTES + VMM_WORK_TEXT_ROOM];
} VmmWorkPacker;

guint64 vmm_work_pack (VmmWorkPacker *packer, const VmmWorkText text);

/* Records in the order of a comparator. */
#define VMM_WORK_RECORDS 512

typedef struct {
  guint32 group, key;
} VmmWorkRecord;

typedef struct {
  VmmWorkRecord        records[VMM_WORK_RECORDS];
  const VmmWorkRecord *order[VMM_WORK_RECORDS], *merged[VMM_WORK_RECORDS];
} VmmWorkSorter;

guint64 vmm_work_sort (VmmWorkSorter *sorter);

/* Numbers written in decimal and read again. */
guint64 vmm_work_count (void);
