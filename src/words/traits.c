/* SPDX-License-Identifier: MIT */
/* traits: a table of what should be the same on all sides, as each has it, and what follows where it is
 * not. */
#include "join.h"
#include "vmm/account.h"
#include "vmm/phrases.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static char *
say_text (const char *text, VmmLanguage language)
{
  return g_strdup (text && *text ? text : vmm_text (language, N_ ("unknown")));
}

static char *
say_fact (const VmmResult *result, const VmmLikeness *likeness, VmmLanguage language)
{
  g_autofree char *text = vmm_host_say (vmm_result_get_host (result), likeness->fact, language);

  return say_text (text, language);
}

static char *
say_score_version (const VmmResult *result, const VmmLikeness *likeness, VmmLanguage language)
{
  guint version = vmm_result_get_score (result)->version;

  return version ? g_strdup_printf ("%u", version) : say_text (NULL, language);
}

static char *
say_program (const VmmResult *result, const VmmLikeness *likeness, VmmLanguage language)
{
  return say_text (vmm_result_get_program (result), language);
}

static char *
say_duration (const VmmResult *result, const VmmLikeness *likeness, VmmLanguage language)
{
  char   digits[VMM_DECIMAL_SIZE];
  double seconds = vmm_plan_seconds (vmm_result_get_plan (result));

  return g_strconcat (vmm_decimal (language, digits, "%g", seconds), " s", NULL);
}

static char *
say_interval (const VmmResult *result, const VmmLikeness *likeness, VmmLanguage language)
{
  return g_strdup_printf ("%u ms", vmm_result_get_plan (result)->interval_ms);
}

static char *
say_bursts (const VmmResult *result, const VmmLikeness *likeness, VmmLanguage language)
{
  gboolean light = vmm_result_get_plan (result)->light;

  return g_strdup (vmm_text (language, light ? N_ ("left out") : N_ ("as defined")));
}

static char *
say_own_load (const VmmResult *result, const VmmLikeness *likeness, VmmLanguage language)
{
  return g_strdup (vmm_text (language, vmm_result_get_probes_info (result)->own_load_removed
                                           ? N_ ("removed")
                                           : N_ ("not removed")));
}

static char *
say_ping (const VmmResult *result, const VmmLikeness *likeness, VmmLanguage language)
{
  const VmmPingInfo *ping = vmm_result_get_ping (result);
  /* Both ways of sending an echo are one kind; a TCP connect is another. */
  VmmPingMethod method = ping->method == VMM_PING_ICMP_RAW ? VMM_PING_ICMP_DATAGRAM : ping->method;
  const char   *kind = vmm_target_kind_id (ping->kind), *how = vmm_ping_method_id (method);

  if (isnan (vmm_result_get_score (result)->categories[VMM_CATEGORY_NETWORK].value))
    return g_strdup (vmm_text (language, N_ ("not scored")));
  if (language == VMM_LOCAL) {
    kind = vmm_say_id ("target", kind);
    how = vmm_say_id ("ping", how);
  }
  /* TRANSLATORS: what is pinged, and how: "gateway by icmp", "given 192.0.2.1 by tcp" */
  return ping->kind == VMM_TARGET_GIVEN
             ? g_strdup_printf (vmm_text (language, N_ ("%1$s %2$s by %3$s")), kind, ping->address,
                                how)
             : g_strdup_printf (vmm_text (language, N_ ("%1$s by %2$s")), kind, how);
}

/* The probes that have a ratio: what a category's score is made of. By name, for people by title. */
static char *
say_probes (const VmmResult *result, const VmmLikeness *likeness, VmmLanguage language)
{
  static const char none[] = NC_ ("probes", "none");
  const char       *separator = language == VMM_ENGLISH ? " " : ", ";
  GString          *names = g_string_new (NULL);
  guint             category = likeness->trait - VMM_TRAIT_PROBES;

  for (const VmmScoreProbe *probe = vmm_result_get_score (result)->probes; probe->row; probe++)
    if ((guint) probe->row->category == category && probe->scored && isfinite (probe->ratio))
      g_string_append_printf (names, "%s%s", names->len ? separator : "",
                              language == VMM_ENGLISH
                                  ? probe->row->name
                                  : _ (vmm_channel (probe->row->channel)->title));
  if (!names->len)
    g_string_append (names, language == VMM_ENGLISH ? none : vmm_say_id ("probes", none));
  return g_string_free (names, FALSE);
}

typedef struct {
  const char *name; /* NULL: that of the fact */
  char *(*say) (const VmmResult *result, const VmmLikeness *likeness, VmmLanguage language);
  const char *consequence;
} Row;

/* clang-format off */
static const Row rows[VMM_N_TRAITS] = {
  [VMM_TRAIT_SCORE_VERSION]  = { N_ ("Score version"),  say_score_version, N_ ("scores of two definitions are not compared") },
  [VMM_TRAIT_PROBES + VMM_CATEGORY_CPU] = { N_ ("CPU probes"),     say_probes,        N_ ("CPU and total are not made of the same probes") },
  [VMM_TRAIT_PROBES + VMM_CATEGORY_MEMORY] = { N_ ("Memory probes"),  say_probes,        N_ ("memory and total are not made of the same probes") },
  [VMM_TRAIT_PROBES + VMM_CATEGORY_DISK] = { N_ ("Disk probes"),    say_probes,        N_ ("disk and total are not made of the same probes") },
  [VMM_TRAIT_PROBES + VMM_CATEGORY_NETWORK] = { N_ ("Network probes"), say_probes,        N_ ("network and total are not made of the same probes") },
  [VMM_TRAIT_PING_TARGET]    = { N_ ("Ping target"),    say_ping,          N_ ("network times to unlike targets are not compared") },
  [VMM_TRAIT_TIME]           = { N_ ("Measured at"),    NULL,              NULL }, /* of a whole side */
  [VMM_TRAIT_BURSTS]         = { N_ ("Bursts"),         say_bursts,        NULL },
  [VMM_TRAIT_FACT]           = { NULL,                  say_fact,          NULL },
  [VMM_TRAIT_DURATION]       = { N_ ("Duration"),       say_duration,      NULL },
  [VMM_TRAIT_INTERVAL]       = { N_ ("Interval"),       say_interval,      NULL },
  [VMM_TRAIT_OWN_LOAD]       = { N_ ("Own load"),       say_own_load,      NULL },
  [VMM_TRAIT_PROGRAM]        = { N_ ("Program"),        say_program,       NULL },
};
/* clang-format on */

const char *
vmm_account_trait (const VmmAccount *account, const VmmLikeness *likeness)
{
  const char *name = rows[likeness->trait].name;

  return vmm_text (account->language, name ? name : likeness->fact->title);
}

const char *
vmm_account_consequence (const VmmAccount *account, const VmmLikeness *likeness)
{
  const char *consequence = likeness->same ? NULL : rows[likeness->trait].consequence;

  return consequence ? vmm_text (account->language, consequence) : NULL;
}

static char *
say_moment (gint64 time_us, VmmLanguage language)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);

  return language == VMM_LOCAL || !time ? vmm_phrase_moment (time_us, FALSE)
                                        : g_date_time_format (time, "%Y-%m-%dT%H:%MZ");
}

/* From when to when its windows began, or NULL without any. */
static char *
say_span (const VmmAccount *account, const GPtrArray *windows)
{
  gint64 first_us = G_MAXINT64, last_us = G_MININT64;

  for (guint i = 0; i < windows->len; i++) {
    gint64 created_us = vmm_result_get_created (windows->pdata[i]);
    first_us = MIN (first_us, created_us);
    last_us = MAX (last_us, created_us);
  }
  if (!windows->len)
    return NULL;
  g_autofree char *first = say_moment (first_us, account->language);
  g_autofree char *last = say_moment (last_us, account->language);
  /* TRANSLATORS: two moments, each with its date */
  return strcmp (first, last) == 0
             ? g_steal_pointer (&first)
             : g_strdup_printf (vmm_text (account->language, N_ ("%1$s to %2$s")), first, last);
}

/* The values that the windows of the side have, each once. */
static char *
list_values (const VmmAccount *account, const VmmLikeness *likeness, const GPtrArray *windows)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  char *text = NULL;

  for (guint i = 0; i < windows->len; i++) {
    char *value = rows[likeness->trait].say (windows->pdata[i], likeness, account->language);
    if (g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL)) {
      g_free (value);
      continue;
    }
    g_ptr_array_add (values, value);
    text = vmm_words_join (text, g_strdup (value), account->language);
  }
  return text;
}

char *
vmm_account_trait_of (const VmmAccount *account, const VmmLikeness *likeness, guint side)
{
  const GPtrArray *windows = account->comparison->sides[side].results;
  char            *text = likeness->trait == VMM_TRAIT_TIME ? say_span (account, windows)
                                                            : list_values (account, likeness, windows);

  return text ? text : g_strdup (vmm_text (account->language, N_ ("no measurement")));
}

char *
vmm_account_traits (const VmmAccount *account, const VmmLikeness *likeness)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < account->comparison->n_sides; i++) {
    g_autofree char *value = vmm_account_trait_of (account, likeness, i);
    if (account->comparison->sides[i].windows)
      g_string_append_printf (text, "%s%s", text->len ? " | " : "", value);
  }
  return g_string_free (text, FALSE);
}
