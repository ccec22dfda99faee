/* SPDX-License-Identifier: MIT */
/* ledger: claims with their fates, and what follows from them for the next one. */
#include "ledger.h"

#include <string.h>

#define LAST 3
#define NEEDED 2 /* of the last three */
#define RECORD 10

static const char *const fates[VMM_N_FATES] = { "open", "right", "wrong", "unseen" };

const char *
vmm_fate_id (guint fate)
{
  return fate < VMM_N_FATES ? fates[fate] : NULL;
}

gboolean
ledger_is_open (const VmmLedgerPage *page)
{
  return page->n > 0 && page->claims[page->n - 1].fate == VMM_FATE_OPEN;
}

void
ledger_make (VmmLedgerPage *page, gint64 made_us, gint64 low_us, gint64 high_us, gboolean is_secret)
{
  g_return_if_fail (!ledger_is_open (page));

  if (page->n == VMM_LEDGER_KEPT)
    memmove (page->claims, page->claims + 1, --page->n * sizeof *page->claims);
  page->claims[page->n++] = (VmmClaim){
    .made_us = made_us,
    .low_us = low_us,
    .high_us = high_us,
    .is_secret = is_secret,
  };
}

void
ledger_settle (VmmLedgerPage *page, VmmFate fate, gint64 came_us)
{
  if (!ledger_is_open (page))
    return;
  page->claims[page->n - 1].fate = fate;
  page->claims[page->n - 1].came_us = came_us;
}

/* Of the newest `most` claims that came true or not. */
static guint
count (const VmmLedgerPage *page, guint most, guint *ret_of)
{
  guint right = 0;

  *ret_of = 0;
  for (guint i = page->n; i > 0 && *ret_of < most; i--) {
    VmmFate fate = page->claims[i - 1].fate;
    right += fate == VMM_FATE_RIGHT;
    *ret_of += fate == VMM_FATE_RIGHT || fate == VMM_FATE_WRONG;
  }
  return right;
}

guint
vmm_ledger_count (const VmmLedgerPage *page, guint *ret_of)
{
  return count (page, RECORD, ret_of);
}

guint
ledger_count_last (const VmmLedgerPage *page, guint *ret_of)
{
  return count (page, LAST, ret_of);
}

gboolean
ledger_is_proved (const VmmLedgerPage *page)
{
  guint of;

  return ledger_count_last (page, &of) >= NEEDED && of == LAST;
}

gboolean
ledger_is_discredited (const VmmLedgerPage *page)
{
  guint of, one, right = ledger_count_last (page, &of);

  return of - right >= NEEDED && count (page, 1, &one) == 0;
}
