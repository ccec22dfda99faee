/* SPDX-License-Identifier: MIT */
/* test_fleet: guests by what a Prometheus answers, recorded and made up. */
#include "vmm/fleet.h"

#include "vmm/channel.h"
#include "vmm/error.h"

#include <math.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT (1795736264)
#define SUCCESS "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
#define END "]}}"
#define OF(name) "\"instance\":\"" name "\",\"job\":\"vmm\""
#define ROW(labels, value) "{\"metric\":{" labels "},\"value\":[1795736264.085,\"" value "\"]}"

static void
add (VmmFleet *fleet, VmmFleetQuestion question, const char *rows)
{
  g_autofree char *text = g_strconcat (SUCCESS, rows, END, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (vmm_fleet_add (fleet, question, text, strlen (text), &error));
  g_assert_no_error (error);
}

static VmmFleet *
make (void)
{
  VmmFleet *fleet = vmm_fleet_new ();

  add (fleet, VMM_FLEET_ASK_HEARD,
       ROW (OF ("a"), "1795736260") "," ROW (OF ("b"), "1795736264.5") "," ROW (
           OF ("c"), "1795700000") "," ROW (OF ("d") ",\"vmm_host\":\"h2\"", "1795736263"));
  add (fleet, VMM_FLEET_ASK_INFO,
       ROW (OF ("a") ",\"vmm\":\"kvm\",\"vmm_version\":\"8.2\",\"instance_type\":\"c6i.large\","
                     "\"host_hint\":\"5ad1\"",
            "1") "," ROW (OF ("d") ",\"vmm\":\"xen\",\"vmm_host\":\"h2\",\"host_hint\":\"77aa\"",
                          "1"));
  add (fleet, VMM_FLEET_ASK_SCORE,
       ROW (OF ("a"), "114.563") "," ROW (OF ("b"), "38.1") "," ROW (OF ("d"), "NaN"));
  add (fleet, VMM_FLEET_ASK_LOW, ROW (OF ("a"), "110") "," ROW (OF ("b"), "33.9"));
  add (fleet, VMM_FLEET_ASK_HIGH, ROW (OF ("a"), "119") "," ROW (OF ("b"), "+Inf"));
  add (fleet, VMM_FLEET_ASK_STOLEN,
       ROW ("\"__name__\":\"vmm_stolen_ratio\"," OF ("a"), "0.01") "," ROW (
           "\"__name__\":\"vmm_window_stolen_ratio\"," OF ("b"),
           "0.31") "," ROW ("\"__name__\":\"vmm_stolen_ratio\"," OF ("d"), "1.5"));
  add (fleet, VMM_FLEET_ASK_QUALITY,
       ROW (OF ("a") ",\"quality\":\"clean\"",
            "1") "," ROW (OF ("b") ",\"quality\":\"disturbed\"",
                          "1") "," ROW (OF ("d") ",\"quality\":\"splendid\"", "1"));
  return fleet;
}

/* What is told is there to the digit, what is not is absent, and what cannot be is not believed. */
static void
test_table (void)
{
  g_autoptr (VmmFleet) fleet = make ();
  const VmmFleetGuest *a = vmm_fleet_find (fleet, "a"), *b = vmm_fleet_find (fleet, "b");
  const VmmFleetGuest *c = vmm_fleet_find (fleet, "c"), *d = vmm_fleet_find (fleet, "d");

  g_assert_cmpuint (fleet->guests->len, ==, 4);
  g_assert_null (vmm_fleet_find (fleet, "e"));
  g_assert_cmpint (fleet->now_us / G_USEC_PER_SEC, ==, NOW);
  g_assert_cmpfloat (a->score, ==, 114.563);
  g_assert_cmpfloat (a->low, ==, 110);
  g_assert_cmpfloat (a->stolen, ==, 0.01);
  g_assert_true (a->is_live && a->is_heard);
  g_assert_cmpint (a->quality, ==, VMM_QUALITY_CLEAN);
  g_assert_cmpstr (a->vmm, ==, "kvm");
  g_assert_cmpstr (a->type, ==, "c6i.large");
  g_assert_cmpstr (a->host, ==, "5ad1");
  g_assert_false (a->is_on_host);
  g_assert_true (isnan (b->high));
  g_assert_cmpint (b->heard_us, <=, fleet->now_us); /* its clock is ahead */
  g_assert_false (b->is_live);
  g_assert_false (c->is_heard);
  g_assert_true (isnan (c->score));
  g_assert_cmpint (c->quality, ==, -1);
  g_assert_true (isnan (d->score) && isnan (d->stolen));
  g_assert_cmpint (d->quality, ==, -1);
  g_assert_cmpstr (d->host, ==, "h2");
}

static char *
get_order (const VmmFleet *fleet)
{
  GString *order = g_string_new (NULL);

  for (guint i = 0; i < fleet->guests->len; i++)
    g_string_append (order, ((VmmFleetGuest *) fleet->guests->pdata[i])->guest);
  return g_string_free (order, FALSE);
}

static void
test_order (void)
{
  static const struct {
    VmmFleetColumn column;
    gboolean       reversed, by_host;
    const char    *order;
  } rows[] = {
    { VMM_FLEET_SCORE, FALSE, FALSE, "bacd" },   { VMM_FLEET_SCORE, TRUE, FALSE, "abcd" },
    { VMM_FLEET_STOLEN, FALSE, FALSE, "bacd" },  { VMM_FLEET_STOLEN, TRUE, FALSE, "abcd" },
    { VMM_FLEET_HEARD, FALSE, FALSE, "cadb" },   { VMM_FLEET_HEARD, TRUE, FALSE, "bdac" },
    { VMM_FLEET_QUALITY, FALSE, FALSE, "bacd" }, { VMM_FLEET_GUEST, TRUE, FALSE, "dcba" },
    { VMM_FLEET_VMM, FALSE, FALSE, "adbc" },     { VMM_FLEET_HOST, FALSE, FALSE, "adbc" },
    { VMM_FLEET_SCORE, FALSE, TRUE, "adbc" },
  };
  g_autoptr (VmmFleet) fleet = make ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    vmm_fleet_sort (fleet, rows[i].column, rows[i].reversed, rows[i].by_host);
    g_autofree char *order = get_order (fleet);
    g_test_message ("%s", vmm_fleet_column_id (rows[i].column));
    g_assert_cmpstr (order, ==, rows[i].order);
  }
  g_assert_cmpfloat (vmm_fleet_quantile (fleet, 0), ==, 38.1);
  g_assert_cmpfloat (vmm_fleet_quantile (fleet, 1), ==, 114.563);
}

static void
test_match (void)
{
  g_autoptr (VmmFleet) fleet = make ();
  const VmmFleetGuest *a = vmm_fleet_find (fleet, "a");

  g_assert_true (vmm_fleet_matches (a, NULL));
  g_assert_true (vmm_fleet_matches (a, ""));
  g_assert_true (vmm_fleet_matches (a, "KVM"));
  g_assert_true (vmm_fleet_matches (a, "c6I"));
  g_assert_false (vmm_fleet_matches (a, "xen"));
}

/* ---- Noisy hosts */

/* Guests of one host, the first `suffering` of which lose much. */
static void
add_host (VmmFleet *fleet, const char *host, guint suffering, guint guests, const char *metric)
{
  g_autoptr (GString) heard = g_string_new (NULL), stolen = g_string_new (NULL);

  for (guint i = 0; i < guests; i++) {
    g_autofree char *labels =
        g_strdup_printf ("\"instance\":\"%s-%u\",\"vmm_host\":\"%s\"", host, i, host);
    g_string_append_printf (heard, "%s" ROW ("%s", "1795736264"), i ? "," : "", labels);
    g_string_append_printf (stolen, "%s" ROW ("\"__name__\":\"%s\",%s", "%s"), i ? "," : "", metric,
                            labels, i < suffering ? "0.11" : "0.1");
  }
  add (fleet, VMM_FLEET_ASK_HEARD, heard->str);
  add (fleet, VMM_FLEET_ASK_STOLEN, stolen->str);
}

static void
test_noisy (void)
{
  static const char since[] =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{"
      "\"vmm_host\":\"h3of4\"},\"values\":[[1795730000,\"0.5\"],[1795730060,\"0.5\"],"
      "[1795736000,\"0.75\"],[1795736060,\"0.75\"],[1795736120,\"0.75\"]]}]}}";
  g_autoptr (VmmFleet) fleet = vmm_fleet_new ();
  g_autoptr (GError) error = NULL;

  add_host (fleet, "h3of4", 3, 4, "vmm_stolen_ratio");
  add_host (fleet, "h2of4", 2, 4, "vmm_stolen_ratio");
  add_host (fleet, "h2of5", 2, 5, "vmm_stolen_ratio");
  add_host (fleet, "h1of1", 1, 1, "vmm_stolen_ratio");
  add_host (fleet, "h0of9", 0, 9, "vmm_stolen_ratio");
  add_host (fleet, "old", 4, 4, "vmm_window_stolen_ratio");
  g_assert_true (vmm_fleet_add (fleet, VMM_FLEET_ASK_SINCE, since, strlen (since), &error));
  g_autoptr (GArray) noisy = vmm_fleet_find_noisy (fleet);
  g_assert_cmpuint (noisy->len, ==, 2);
  const VmmNoisyHost *first = &g_array_index (noisy, VmmNoisyHost, 0);
  const VmmNoisyHost *second = &g_array_index (noisy, VmmNoisyHost, 1);
  g_assert_cmpstr (first->host, ==, "h3of4");
  g_assert_cmpuint (first->suffering, ==, 3);
  g_assert_cmpuint (first->guests, ==, 4);
  g_assert_cmpint (first->since_us, ==, G_GINT64_CONSTANT (1795736000) * G_USEC_PER_SEC);
  g_assert_cmpstr (second->host, ==, "h2of4");
  g_assert_cmpint (second->since_us, ==, 0);
}

/* ---- Servers that are none, or mean ill */

static const struct {
  const char *name, *text;
  int         code; /* of the error; -1 = none */
} hostile[] = {
  { "nothing", "", VMM_ERROR_FORMAT },
  { "a page", "<html>", VMM_ERROR_FORMAT },
  { "an array", "[]", VMM_ERROR_FORMAT },
  { "half", SUCCESS ROW (OF ("a"), "1"), VMM_ERROR_FORMAT },
  { "empty", "{}", VMM_ERROR_FORMAT },
  { "no data", "{\"status\":\"success\"}", VMM_ERROR_FORMAT },
  { "data of another type", "{\"status\":\"success\",\"data\":7}", VMM_ERROR_FORMAT },
  { "a scalar",
    "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"1\"]}}",
    VMM_ERROR_FORMAT },
  { "an error", "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no\\u001b[2J\"}",
    VMM_ERROR_IO },
  { "an error without words", "{\"status\":\"error\",\"error\":[]}", VMM_ERROR_IO },
  { "no series", SUCCESS END, -1 },
  { "a series that is a number", SUCCESS "7" END, VMM_ERROR_FORMAT },
  { "a series without labels", SUCCESS "{\"value\":[1,\"1\"]}" END, VMM_ERROR_FORMAT },
  { "labels that are none", SUCCESS "{\"metric\":[],\"value\":[1,\"1\"]}" END, VMM_ERROR_FORMAT },
  { "a label that is a number", SUCCESS ROW ("\"instance\":7", "1") END, VMM_ERROR_FORMAT },
  { "without a value", SUCCESS "{\"metric\":{}}" END, VMM_ERROR_FORMAT },
  { "an empty value", SUCCESS "{\"metric\":{},\"value\":[]}" END, VMM_ERROR_FORMAT },
  { "a value of one", SUCCESS "{\"metric\":{},\"value\":[1]}" END, VMM_ERROR_FORMAT },
  { "a value of three", SUCCESS "{\"metric\":{},\"value\":[1,\"1\",1]}" END, VMM_ERROR_FORMAT },
  { "a number that is no text", SUCCESS "{\"metric\":{},\"value\":[1,1]}" END, VMM_ERROR_FORMAT },
  { "a time that is a text", SUCCESS "{\"metric\":{},\"value\":[\"1\",\"1\"]}" END,
    VMM_ERROR_FORMAT },
  { "a time that is null", SUCCESS "{\"metric\":{},\"value\":[null,\"1\"]}" END, VMM_ERROR_FORMAT },
  { "a time beyond all", SUCCESS "{\"metric\":{},\"value\":[1e17,\"1\"]}" END, VMM_ERROR_FORMAT },
  { "a text that is no number", SUCCESS ROW ("", "one") END, VMM_ERROR_FORMAT },
  { "an empty text", SUCCESS ROW ("", "") END, VMM_ERROR_FORMAT },
  { "NaN", SUCCESS ROW ("", "NaN") END, -1 },
  { "infinite", SUCCESS ROW ("", "-Inf") END, -1 },
  { "a member twice", SUCCESS "{\"metric\":{},\"metric\":{},\"value\":[1,\"1\"]}" END,
    VMM_ERROR_FORMAT },
  { "no text", SUCCESS ROW ("\"instance\":\"\\ud800\"", "1") END, VMM_ERROR_FORMAT },
  { "points that are numbers",
    "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},"
    "\"values\":[1]}]}}",
    VMM_ERROR_FORMAT },
  { "no points",
    "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},"
    "\"values\":[]}]}}",
    -1 },
};

static void
test_hostile (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    for (VmmFleetQuestion question = 0; question < VMM_FLEET_N_QUESTIONS; question++) {
      g_autoptr (VmmFleet) fleet = vmm_fleet_new ();
      g_autoptr (GError) error = NULL;
      gboolean is_label = strcmp (hostile[i].name, "a label that is a number") == 0;

      g_test_message ("%s %u", hostile[i].name, question);
      gboolean is_read =
          vmm_fleet_add (fleet, question, hostile[i].text, strlen (hostile[i].text), &error);
      if (is_label && question >= VMM_FLEET_ASK_SINCE) /* where nobody reads it */
        continue;
      g_assert_true (is_read == (hostile[i].code < 0));
      if (!is_read)
        g_assert_error (error, VMM_ERROR, hostile[i].code);
      g_assert_true (!error || !strchr (error->message, '\033'));
      g_autofree char *document = vmm_fleet_to_json (fleet, NULL);
      g_assert_nonnull (document);
    }
}

/* A name may be of any length and hold anything: it is cut, and moves no cursor. */
static void
test_names (void)
{
  g_autofree char *long_name = g_strnfill (8000, 'x');
  g_autofree char *row = g_strconcat ("{\"metric\":{\"instance\":\"\\u001b[2J\\u202e", long_name,
                                      "\"},\"value\":[1795736264,\"1795736264\"]}", NULL);
  g_autoptr (VmmFleet) fleet = vmm_fleet_new ();

  add (fleet, VMM_FLEET_ASK_HEARD, row);
  const VmmFleetGuest *guest = fleet->guests->pdata[0];
  g_assert_cmpuint (strlen (guest->guest), ==, VMM_FLEET_MAX_LABEL);
  g_assert_true (g_str_has_prefix (guest->guest, " [2J x"));
}

/* Ten thousand guests, and each of them twice. */
static void
test_many (void)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (VmmFleet) fleet = vmm_fleet_new ();

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (rows, "%s" ROW ("\"instance\":\"g%u\",\"job\":\"vmm\"", "%u"),
                            i ? "," : "", i % 10000, i);
  add (fleet, VMM_FLEET_ASK_SCORE, rows->str);
  g_assert_cmpuint (fleet->guests->len, ==, 10000);
  g_assert_cmpfloat (vmm_fleet_find (fleet, "g0")->score, ==, 10000); /* the latter holds */
  vmm_fleet_sort (fleet, VMM_FLEET_SCORE, TRUE, FALSE);
  g_assert_cmpstr (((VmmFleetGuest *) fleet->guests->pdata[0])->guest, ==, "g9999");
  for (guint i = 20000; i <= VMM_FLEET_MAX_SERIES; i++)
    g_string_append_printf (rows, "," ROW ("\"instance\":\"g%u\"", "1"), i);
  g_autofree char *text = g_strconcat (SUCCESS, rows->str, END, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_false (vmm_fleet_add (fleet, VMM_FLEET_ASK_SCORE, text, strlen (text), &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_FORMAT);
}

/* ---- Questions and documents */

static void
test_questions (void)
{
  g_autofree char *all = vmm_fleet_url ("http://p:9090/x/", VMM_FLEET_ASK_SCORE, NULL, 0);
  g_autofree char *day =
      vmm_fleet_url ("http://p", VMM_FLEET_ASK_SCORES, "a\"} or {\\", NOW * G_USEC_PER_SEC);

  g_assert_cmpstr (all, ==, "http://p:9090/x/api/v1/query?query=vmm_score");
  g_assert_cmpstr (
      day, ==,
      "http://p/api/v1/query_range?query=vmm_score%7Binstance%3D%22a%5C%22%7D%20or%20%7B"
      "%5C%5C%22%7D&start=1795651304&end=1795736264&step=1440");
}

/* Of those that are to be seen, one question: each name as it is, whatever it holds. Points are where their time is,
 * of the guest whose labels they have. */
static void
test_curves (void)
{
  char          address[] = "10.0.0.1:9100", strange[] = "a|b\"";
  VmmFleetGuest guests[] = { { .guest = address }, { .guest = strange } };
  gpointer      rows[] = { &guests[0], &guests[1] };
  GPtrArray     seen = { rows, G_N_ELEMENTS (rows) };
  const char   *matrix =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{"
      "\"instance\":\"a\",\"job\":\"vmm\"},\"values\":[[1795734824,\"50\"],[1795736264,\"60\"],"
      "[1795636264,\"70\"],[1795736264,\"NaN\"]]}]}}";
  g_autoptr (VmmFleet) fleet = vmm_fleet_new ();
  g_autofree char *pattern = vmm_fleet_pattern (&seen);
  g_autofree char *url = vmm_fleet_url ("http://p", VMM_FLEET_ASK_CURVES, pattern, 0);
  g_autofree char *key = vmm_fleet_key ("vmm", "a");

  g_assert_cmpstr (pattern, ==, "10\\.0\\.0\\.1:9100|a\\|b\"");
  g_assert_nonnull (strstr (url, "vmm_score%7Binstance%3D~%2210%5C%5C.0%5C%5C.0%5C%5C.1%3A9100%7C"
                                 "a%5C%5C%7Cb%5C%22%22%7D"));
  fleet->now_us = NOW * G_USEC_PER_SEC;
  g_assert_true (vmm_fleet_add (fleet, VMM_FLEET_ASK_CURVES, matrix, strlen (matrix), NULL));
  const float *points = g_hash_table_lookup (fleet->curves, key);
  g_assert_cmpuint (g_hash_table_size (fleet->curves), ==, 1);
  g_assert_cmpfloat (points[VMM_FLEET_POINTS - 1], ==, 60);
  g_assert_cmpfloat (points[VMM_FLEET_POINTS - 2], ==, 50);
  for (guint i = 0; i < VMM_FLEET_POINTS - 2; i++)
    g_assert_cmpint (vmm_absence (points[i]), ==, VMM_NOT_EXPOSED);
  g_assert_cmpuint (fleet->guests->len, ==, 0);
}

static void
test_document (void)
{
  g_autoptr (VmmFleet) fleet = make ();
  g_autofree char *text = vmm_fleet_to_json (fleet, "c6i");

  g_assert_nonnull (strstr (text, "\"score\": 114.563"));
  g_assert_nonnull (strstr (text, "\"guest\": \"a\""));
  g_assert_null (strstr (text, "\"guest\": \"b\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet/table", test_table);
  g_test_add_func ("/fleet/order", test_order);
  g_test_add_func ("/fleet/match", test_match);
  g_test_add_func ("/fleet/noisy", test_noisy);
  g_test_add_func ("/fleet/hostile", test_hostile);
  g_test_add_func ("/fleet/names", test_names);
  g_test_add_func ("/fleet/many", test_many);
  g_test_add_func ("/fleet/questions", test_questions);
  g_test_add_func ("/fleet/curves", test_curves);
  g_test_add_func ("/fleet/document", test_document);
  return g_test_run ();
}
