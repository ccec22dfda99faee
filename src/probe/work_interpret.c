/* SPDX-License-Identifier: MIT */
/* work_interpret: a program of 256 kinds of instruction, each a function, interpreted. */
#include "work_pieces.h"

#include "random.h"

#define PASSES 192

/* What an operation makes of two operands, or when it skips. */
#define OPERATIONS(ROW, SKIP)                                                                      \
  ROW (add, a + b)                                                                                 \
  ROW (subtract, a - b)                                                                            \
  ROW (multiply, a *(b | 1))                                                                       \
  ROW (divide, (a >> 32) / ((b & 1023) + 1))                                                       \
  ROW (remainder, (guint32) a % ((guint32) (b & 255) + 1))                                         \
  ROW (and, (a | 1) & b)                                                                           \
  ROW (or, a | b)                                                                                  \
  ROW (xor, a ^ b)                                                                                 \
  ROW (and_not, a & ~b)                                                                            \
  ROW (neither, ~(a | b))                                                                          \
  ROW (left, a << (b & 63))                                                                        \
  ROW (right, a >> (b & 63))                                                                       \
  ROW (turn_left, a << (b & 31) | a >> (64 - (b & 31) - 1))                                        \
  ROW (turn_right, a >> (b & 31) | a << (64 - (b & 31) - 1))                                       \
  ROW (least, MIN (a, b))                                                                          \
  ROW (most, MAX (a, b))                                                                           \
  ROW (below, a < b)                                                                               \
  ROW (equals, a == b)                                                                             \
  ROW (mean, (a & b) + ((a ^ b) >> 1))                                                             \
  ROW (apart, a > b ? a - b : b - a)                                                               \
  ROW (negate, 0 - a)                                                                              \
  ROW (invert, ~a)                                                                                 \
  ROW (next, a + 1)                                                                                \
  ROW (previous, b - 1)                                                                            \
  ROW (copy, a)                                                                                    \
  ROW (swap_halves, a << 32 | b >> 32)                                                             \
  ROW (swap_bytes, GUINT64_SWAP_LE_BE (a))                                                         \
  ROW (low_byte, a & 255)                                                                          \
  ROW (signed_byte, (guint64) (gint8) a)                                                           \
  ROW (signed_word, (guint64) (gint32) b)                                                          \
  ROW (upper_case, a ^ ((a & 0x4040404040404040) >> 1))                                            \
  ROW (gray, a ^ (a >> 1))                                                                         \
  ROW (lowest_bit, (0 - a) & a)                                                                    \
  ROW (without_lowest, (a - 1) & a)                                                                \
  ROW (even_bits, (a & 0x5555555555555555) + (b >> 1 & 0x5555555555555555))                        \
  ROW (spread, (a & 0xffff) * 0x0001000100010001)                                                  \
  ROW (hash, (a ^ b) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15))                                    \
  ROW (fold, (a ^ (a >> 29)) * 0xbf58476d1ce4e5b9)                                                 \
  ROW (choose, (a & 1) ? a : b)                                                                    \
  ROW (choose_sign, (gint64) a < 0 ? b : a)                                                        \
  ROW (kibi, a >> 10)                                                                              \
  ROW (digit, '0' + a % 10)                                                                        \
  ROW (pack_pair, (a & 0xffffffff) << 32 | (b & 0xffffffff))                                       \
  ROW (product, (a & 0xffffffff) * (b & 0xffffffff))                                               \
  ROW (load, *get_cell (machine, a))                                                               \
  ROW (load_byte, *get_cell (machine, a + b) & 255)                                                \
  ROW (load_near, *get_cell (machine, b + 8))                                                      \
  ROW (load_sum, *get_cell (machine, a) + *get_cell (machine, a + 1))                              \
  ROW (load_offset, *get_cell (machine, (a & 1023) + instruction->b))                              \
  ROW (store, *get_cell (machine, a) = b)                                                          \
  ROW (store_low, *get_cell (machine, b & 511) = a)                                                \
  ROW (store_sum, *get_cell (machine, a) += b)                                                     \
  ROW (store_next, *get_cell (machine, a + 1) ^= b)                                                \
  ROW (count, ++*get_cell (machine, a & 127))                                                      \
  ROW (float_add, (guint64) ((double) (a >> 12) + (double) (b >> 12)))                             \
  ROW (float_multiply, (guint64) ((double) (a >> 40) * (double) (b >> 40)))                        \
  ROW (float_share, (guint64) (1000.0 * (double) (a >> 32) / ((double) (b >> 32) + 1.0)))          \
  ROW (float_mean, (guint64) (0.5 * ((double) (a >> 12) + (double) (b >> 12))))                    \
  SKIP (skip_odd, a & 1)                                                                           \
  SKIP (skip_below, a < b)                                                                         \
  SKIP (skip_zero, (a & 3) == 0)                                                                   \
  SKIP (skip_sign, (gint64) a < 0)                                                                 \
  SKIP (skip_equal, a == b)                                                                        \
  SKIP (skip_high, a > b)

static guint64 *
get_cell (VmmWorkMachine *machine, guint64 at)
{
  return &machine->cells[at % VMM_WORK_CELLS];
}

/* Operands are in registers, or in the cells that registers point to. */
#define HELD(of) machine->registers[instruction->of]
#define STORED(of) *get_cell (machine, HELD (of))

#define FUNCTION(name, a_is, b_is, effect)                                                         \
  static const VmmWorkInstruction *do_##name (VmmWorkMachine           *machine,                   \
                                              const VmmWorkInstruction *instruction)               \
  {                                                                                                \
    guint64 a = a_is (a), b = b_is (b);                                                            \
                                                                                                   \
    (void) a;                                                                                      \
    (void) b;                                                                                      \
    effect;                                                                                        \
  }
#define FUNCTIONS(name, effect)                                                                    \
  FUNCTION (name##_held, HELD, HELD, effect)                                                       \
  FUNCTION (name##_to_stored, HELD, STORED, effect)                                                \
  FUNCTION (name##_stored_to, STORED, HELD, effect)                                                \
  FUNCTION (name##_stored, STORED, STORED, effect)

/* The next instruction is returned: the program's place stays in a register of the CPU. */
#define ROW(name, result) FUNCTIONS (name, HELD (to) = (result); return instruction + 1)
#define SKIP(name, is_true)                                                                        \
  FUNCTIONS (name,                                                                                 \
             return instruction + 1 + ((is_true) ? instruction->to % (VMM_WORK_SLACK + 1) : 0))
OPERATIONS (ROW, SKIP)
#undef ROW
#undef SKIP

typedef const VmmWorkInstruction *(*Operation) (VmmWorkMachine *, const VmmWorkInstruction *);

#define ROW(name, result)                                                                          \
  do_##name##_held, do_##name##_to_stored, do_##name##_stored_to, do_##name##_stored,
static const Operation operations[] = { OPERATIONS (ROW, ROW) };
#undef ROW

G_STATIC_ASSERT (G_N_ELEMENTS (operations) == G_MAXUINT8 + 1);

/* The same for all, by a fixed seed. Behind its end is what a skip may reach. */
void
vmm_work_write_program (VmmWorkMachine *machine)
{
  guint64 random = 20261128;

  for (guint i = 0; i < G_N_ELEMENTS (machine->program); i++) {
    guint64 chance = vmm_random (&random);

    machine->program[i] = (VmmWorkInstruction){
      .operation = (guint8) (chance >> 8),
      .to = (guint8) (chance >> 16) % VMM_WORK_REGISTERS,
      .a = (guint8) (chance >> 24) % VMM_WORK_REGISTERS,
      .b = (guint8) (chance >> 32) % VMM_WORK_REGISTERS,
    };
  }
}

static void
begin (VmmWorkMachine *machine)
{
  guint64 random = 7;

  for (guint i = 0; i < VMM_WORK_REGISTERS; i++)
    machine->registers[i] = vmm_random (&random);
  for (guint i = 0; i < VMM_WORK_CELLS; i++)
    machine->cells[i] = i * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

guint64
vmm_work_interpret (VmmWorkMachine *machine)
{
  const VmmWorkInstruction *end = machine->program + VMM_WORK_INSTRUCTIONS;
  guint64                   sum = 0;

  begin (machine);
  for (guint pass = 0; pass < PASSES; pass++)
    for (const VmmWorkInstruction *next = machine->program; next < end;)
      next = operations[next->operation](machine, next);
  for (guint i = 0; i < VMM_WORK_REGISTERS; i++)
    sum += machine->registers[i];
  return sum;
}
