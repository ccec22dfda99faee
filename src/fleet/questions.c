/* SPDX-License-Identifier: MIT */
/* questions: what is asked, in Prometheus' language. */
#include "vmm/fleet.h"

#include <string.h>

/* Of the range of one guest: a point each so often. And of what is looked for when a host began to be noisy. */
#define STEP_S (VMM_FLEET_DAY_S / VMM_FLEET_POINTS)
#define SINCE_S 21600
#define SINCE_STEP_S 60

/* Each "%s" is the guest, as the text of a selector. Guests that have fallen silent are looked for a week
 * back. What node_exporter serves in our place it serves when we have ended, so a time of ours counts. */
/* clang-format off */
static const struct {
  const char *text;
  guint       range_s, step_s; /* 0 = this moment */
} rows[VMM_FLEET_N_QUESTIONS] = {
  [VMM_FLEET_ASK_HEARD] = { "last_over_time(vmm_exposition_timestamp_seconds[7d]) or timestamp(vmm_window_start_timestamp_seconds)", 0, 0 },
  [VMM_FLEET_ASK_INFO] = { "vmm_guest_info", 0, 0 },
  [VMM_FLEET_ASK_SCORE] = { "vmm_score", 0, 0 },
  [VMM_FLEET_ASK_LOW] = { "vmm_score_lower_bound", 0, 0 },
  [VMM_FLEET_ASK_HIGH] = { "vmm_score_upper_bound", 0, 0 },
  [VMM_FLEET_ASK_STOLEN] = { "vmm_stolen_ratio or vmm_window_stolen_ratio", 0, 0 },
  [VMM_FLEET_ASK_QUALITY] = { "vmm_window_quality == 1", 0, 0 },
  [VMM_FLEET_ASK_SINCE] = { "(count by (vmm_host) (vmm_stolen_ratio{vmm_host!=\"\"} > 0.10) >= 2) / on (vmm_host) count by (vmm_host) (vmm_stolen_ratio{vmm_host!=\"\"}) >= 0.5", SINCE_S, SINCE_STEP_S },
  [VMM_FLEET_ASK_SCORES] = { "vmm_score{instance=\"%s\"}", VMM_FLEET_DAY_S, STEP_S },
  [VMM_FLEET_ASK_STOLENS] = { "100 * max_over_time(vmm_stolen_ratio{instance=\"%s\"}[24m])", VMM_FLEET_DAY_S, STEP_S },
  [VMM_FLEET_ASK_FINDINGS] = { "max_over_time(timestamp(vmm_finding{instance=\"%s\"})[24h:5m]) or timestamp(vmm_finding{instance=\"%s\"})", 0, 0 },
  [VMM_FLEET_ASK_CURVES] = { "vmm_score{instance=~\"%s\"}", VMM_FLEET_DAY_S, STEP_S },
};
/* clang-format on */

/* Within quotes of Prometheus' language. Free with g_free(). */
static char *
escape (const char *guest)
{
  GString *text = g_string_new (NULL);

  for (const char *at = guest ? guest : ""; *at; at++)
    if (*at == '\n')
      g_string_append (text, "\\n");
    else
      g_string_append_printf (text, *at == '\\' || *at == '"' ? "\\%c" : "%c", *at);
  return g_string_free (text, FALSE);
}

char *
vmm_fleet_pattern (const GPtrArray *guests)
{
  GString *pattern = g_string_new (NULL);

  for (guint i = 0; i < guests->len; i++) {
    const VmmFleetGuest *guest = guests->pdata[i];
    g_autofree char     *name = g_regex_escape_string (guest->guest, -1);
    g_string_append_printf (pattern, "%s%s", i ? "|" : "", name);
  }
  return g_string_free (pattern, FALSE);
}

char *
vmm_fleet_url (const char *server, VmmFleetQuestion question, const char *guest, gint64 now_us)
{
  g_autofree char *name = escape (guest);
  g_autoptr (GString) query = g_string_new (rows[question].text);
  gint64 end_s = now_us / G_USEC_PER_SEC;
  gsize  length = strlen (server);

  g_string_replace (query, "%s", name, 0);
  while (length > 0 && server[length - 1] == '/')
    length--;
  g_autofree char *escaped = g_uri_escape_string (query->str, NULL, FALSE);
  GString         *url = g_string_new_len (server, (gssize) length);
  g_string_append_printf (url, "/api/v1/%s?query=%s",
                          rows[question].range_s ? "query_range" : "query", escaped);
  if (rows[question].range_s)
    g_string_append_printf (url, "&start=%" G_GINT64_FORMAT "&end=%" G_GINT64_FORMAT "&step=%u",
                            end_s - rows[question].range_s + rows[question].step_s, end_s,
                            rows[question].step_s);
  return g_string_free (url, FALSE);
}
