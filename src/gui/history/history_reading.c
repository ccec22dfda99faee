/* SPDX-License-Identifier: MIT */
/* history_reading: work on the store, for its shelf. */
#include "history_reading.h"

VmmHistoryReading *
vmm_history_reading_new (gint64 span_us)
{
  VmmHistoryReading *reading = g_new0 (VmmHistoryReading, 1);

  reading->span_us = span_us;
  return reading;
}

void
vmm_history_reading_free (VmmHistoryReading *reading)
{
  vmm_history_free (reading->history);
  g_clear_error (&reading->error);
  g_free (reading);
}

void
vmm_history_reading_do (VmmStore *store, VmmHistoryReading *reading)
{
  g_autoptr (GPtrArray) entries = vmm_store_list (store, &reading->error);
  g_autoptr (VmmHost) host = vmm_host_new ("/");
  g_autofree char *machine = vmm_store_machine (host);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now_us = g_get_real_time ();

  if (!entries)
    return;
  const VmmHistoryQuery query = { .machine = machine,
                                  .since_us = reading->span_us ? now_us - reading->span_us : 0,
                                  .until_us = now_us,
                                  .zone = zone };
  reading->history = vmm_history_new (entries, &query);
  vmm_history_explain (reading->history, store);
}
