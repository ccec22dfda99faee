/* SPDX-License-Identifier: MIT */
/* test_metadata: what a cloud's service says is believed as far as it can be true, and whom is asked how. */
#include "asked.h"
#include "metadata.h"

#include "vmm/sources.h"

#include "machine.h"

/* ---- A service that says one thing to all, and what it was asked */
static struct {
  const char *body, *mark;
  guint       status;
  VmmCause    cause;
  GString    *asked;     /* "GET URL\n" */
  gint        questions; /* atomic */
} fake;

static VmmHttpAnswer *
answer (const VmmHttpRequest *request)
{
  VmmHttpAnswer *made = g_new0 (VmmHttpAnswer, 1);
  gboolean       is_token = strcmp (request->method, "PUT") == 0;

  g_string_append_printf (fake.asked, "%s %s\n", request->method, request->url);
  g_assert_cmpuint (request->limit_ms, >, 0);
  g_assert_cmpuint (request->limit_ms, <=, 1000);
  g_assert_cmpuint (request->limit_bytes, ==, METADATA_BYTES);
  made->body = g_strdup (is_token && fake.cause == VMM_CAUSE_NONE ? "token" : fake.body);
  made->length = strlen (made->body);
  made->status = fake.status;
  made->cause = fake.cause;
  made->sentence = fake.cause ? g_strdup ("why") : NULL;
  made->wanted = request->wanted ? g_strdup (fake.mark) : NULL;
  g_atomic_int_inc (&fake.questions);
  return made;
}

static VmmHost *
ask (const char *root, const char *vendor, const char *product, gboolean events)
{
  machine_write (root, "sys/class/dmi/id/sys_vendor", vendor);
  machine_write (root, "sys/class/dmi/id/product_name", product);
  g_autoptr (VmmHost) host = vmm_host_new (root);
  g_string_truncate (fake.asked, 0);
  return metadata_ask (host, root, events, NULL, answer);
}

static void
say (const char *body)
{
  fake.body = body;
  fake.mark = "Google";
  fake.status = 200;
  fake.cause = VMM_CAUSE_NONE;
}

static void
fail (VmmCause cause, guint status)
{
  say ("");
  fake.cause = cause;
  fake.status = status;
}

/* ---- */

static void
test_values (void)
{
  static const struct {
    const char *body, *zone;
    VmmCause    cause;
  } rows[] = {
    { "fsn1-dc14", "fsn1-dc14", VMM_CAUSE_NONE },
    { " fsn1-dc14\n", "fsn1-dc14", VMM_CAUSE_NONE },
    { "projects/4711/zones/b", "b", VMM_CAUSE_NONE },
    { "", "", VMM_CAUSE_NONE },
    { "two words", "", VMM_CAUSE_CLOUD_UNFIT },
    { "<html>", "", VMM_CAUSE_CLOUD_UNFIT },
    { "a\033[31m", "", VMM_CAUSE_CLOUD_UNFIT },
    { "\xc3\xa4", "", VMM_CAUSE_CLOUD_UNFIT },
    { "0123456789012345678901234567890123456789012345678901234567890123456789", "",
      VMM_CAUSE_CLOUD_UNFIT },
  };
  char *root = machine_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    say (rows[i].body);
    g_autoptr (VmmHost) host = ask (root, "Hetzner", "vServer", FALSE);
    g_autofree char *evidence = g_strjoinv ("\n", (char **) host->evidence);
    g_assert_cmpstr (host->cloud_id, ==, "hetzner");
    g_assert_cmpstr (host->zone, ==, rows[i].zone);
    g_assert_cmpint (host->asked_cause, ==, rows[i].cause);
    g_assert_true (*host->asked_reason ? rows[i].cause : !rows[i].cause);
    g_assert_null (strstr (evidence, "4711"));
    g_assert_true (!*rows[i].zone ||
                   strstr (evidence, "metadata /hetzner/v1/metadata/availability-zone: "));
  }
  machine_free (root);
}

/* Whoever is not named is not asked; nor is whom only cloud-init names. */
static void
test_nobody (void)
{
  char *root = machine_new ();

  say ("a");
  machine_write (root, "run/cloud-init/instance-data.json",
                 "{\"v1\": {\"cloud_name\": \"gce\", \"region\": \"r\"}}");
  g_autoptr (VmmHost) host = ask (root, "QEMU", "Standard PC", TRUE);
  g_assert_cmpstr (host->cloud_id, ==, "gcp");
  g_assert_cmpstr (host->region, ==, "r");
  g_assert_cmpint (host->asked_cause, ==, VMM_CAUSE_NO_CLOUD_SERVICE);
  g_assert_cmpstr (fake.asked->str, ==, "");
  g_autoptr (VmmHost) other = vmm_host_ask_cloud (host, root, TRUE, NULL);
  g_assert_cmpint (other->asked_cause, ==, VMM_CAUSE_SYSROOT);
  machine_free (root);
}

static void
test_order (void)
{
  char *root = machine_new ();

  say ("t3.large");
  g_autoptr (VmmHost) host = ask (root, "Amazon EC2", "t3.medium", FALSE);
  g_assert_cmpstr (host->instance_type, ==, "t3.large"); /* now, not when it was made */
  g_assert_true (g_str_has_prefix (fake.asked->str,
                                   "PUT http://169.254.169.254/latest/api/token\n"
                                   "GET http://169.254.169.254/latest/meta-data/"));

  /* Not there is an answer, too. Anything else ends it. */
  fail (VMM_CAUSE_HTTP_STATUS, 404);
  g_autoptr (VmmHost) without = ask (root, "DigitalOcean", "Droplet", TRUE);
  g_assert_cmpint (without->asked_cause, ==, VMM_CAUSE_NONE);
  fail (VMM_CAUSE_HTTP_LATE, 0);
  g_autoptr (VmmHost) late = ask (root, "Amazon EC2", "t3.medium", TRUE);
  g_assert_cmpint (late->asked_cause, ==, VMM_CAUSE_HTTP_LATE);
  g_assert_cmpstr (late->asked_reason, ==, "169.254.169.254: why");
  g_assert_cmpstr (late->instance_type, ==, "t3.medium");
  g_assert_cmpstr (fake.asked->str, ==, "PUT http://169.254.169.254/latest/api/token\n");
  machine_free (root);
}

#define ROUTES_HEAD                                                                                \
  "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
#define REST "\t0003\t0\t0\t100\t"

static void
test_way (void)
{
  char *root = machine_new ();

  say ("a");
  machine_write (root, "proc/net/route", ROUTES_HEAD "ens5\t00000000\t0101A8C0" REST "00000000\n");
  g_autoptr (VmmHost) by_ipv4 = ask (root, "Amazon EC2", "t3.medium", FALSE);
  g_assert_cmpstr (by_ipv4->region, ==, "a");
  g_assert_nonnull (strstr (fake.asked->str, "http://169.254.169.254/"));
  machine_write (root, "proc/net/route", ROUTES_HEAD "ens5\t0000FEA9\t00000000" REST "0000FFFF\n");
  g_autoptr (VmmHost) by_link = ask (root, "Amazon EC2", "t3.medium", FALSE);
  g_assert_cmpstr (by_link->region, ==, "a");
  g_assert_nonnull (strstr (fake.asked->str, "http://169.254.169.254/"));
  machine_write (root, "proc/net/route", /* a bridge of containers leads nowhere */
                 ROUTES_HEAD "docker0\t000011AC\t00000000" REST "0000FFFF\n");
  g_autoptr (VmmHost) by_ipv6 = ask (root, "Amazon EC2", "t3.medium", FALSE);
  g_assert_cmpstr (by_ipv6->region, ==, "a");
  g_assert_nonnull (strstr (fake.asked->str, "http://[fd00:ec2::254]/"));
  g_assert_null (strstr (fake.asked->str, "169.254"));

  machine_write (root, ".dockerenv", "");
  fail (VMM_CAUSE_HTTP_LATE, 0);
  g_autoptr (VmmHost) contained = ask (root, "Amazon EC2", "t3.medium", FALSE);
  g_assert_nonnull (strstr (contained->asked_reason, "in a container"));
  machine_free (root);
}

/* ---- */

static void
test_events (void)
{
  static const struct {
    const char *leaf, *text, *kind, *time; /* kind NULL: this is no answer */
  } rows[] = {
    { "maintenance-event", "NONE", "", "" },
    { "maintenance-event", "MIGRATE_ON_HOST_MAINTENANCE\n", "move", "" },
    { "maintenance-event", "<html>", NULL, NULL },
    { "maintenance-event", "", NULL, NULL },
    { "scheduledevents", "{\"DocumentIncarnation\": 1, \"Events\": []}", "", "" },
    { "scheduledevents", "{\"Events\": [{\"EventType\": \"Freeze\", \"NotBefore\": \"\"}]}",
      "pause", "" },
    { "scheduledevents",
      "{\"Events\": [{\"EventType\": \"Reboot\", \"EventStatus\": \"Completed\"}, "
      "{\"EventType\": \"Redeploy\", \"EventStatus\": \"Scheduled\", \"NotBefore\": "
      "\"Mon, 19 Sep 2022 18:29:47 GMT\"}]}",
      "move", "Mon, 19 Sep 2022 18:29:47 GMT" },
    { "scheduledevents",
      "{\"Events\": [{\"EventType\": \"Freeze\", \"NotBefore\": \"\\u001b[31m\"}]}", "pause", "" },
    { "scheduledevents", "{\"Events\": [{\"EventType\": \"Feast\"}]}", NULL, NULL },
    { "scheduledevents", "{\"Events\": [7]}", NULL, NULL },
    { "scheduledevents", "{\"Events\": 7}", NULL, NULL },
    { "scheduledevents", "{}", NULL, NULL },
    { "scheduledevents", "[]", "", "" },
    { "scheduledevents", "{\"Events\": [", NULL, NULL },
    { "scheduledevents", "1, \"document\": {\"EventType\": \"Freeze\"}", NULL, NULL },
    { "instance-action", "{\"action\": \"terminate\", \"time\": \"2017-09-18T08:22:00Z\"}", "end",
      "2017-09-18T08:22:00Z" },
    { "instance-action", "{\"action\": 7}", NULL, NULL },
    /* The same by amazon-ec2-metadata-mock, which indents. */
    { "instance-action", "{\n\t\"action\": \"hibernate\",\n\t\"time\": \"2025-05-05T05:05:55Z\"\n}",
      "hibernation", "2025-05-05T05:05:55Z" },
    { "maintenance/scheduled",
      "[{\"Code\": \"instance-stop\", \"State\": \"canceled\", \"NotBefore\": \"1 Jan 2020 "
      "01:03:47 "
      "GMT\"}]",
      "", "" },
    { "maintenance/scheduled",
      "[{\"Code\": \"instance-reboot\", \"State\": \"active\", \"NotBefore\": \"1 Jan 2020 "
      "01:03:47 "
      "GMT\"}]",
      "restart", "1 Jan 2020 01:03:47 GMT" },
    { "maintenance/scheduled", "[]", "", "" },
    { "rebalance", "{\n\t\"noticeTime\": \"2010-10-26T11:11:11Z\"\n}", "risk", "" },
    { "rebalance", "{\"noticeTime\": 7}", NULL, NULL },
    { "rebalance", "{\"noticeTime\": \"soon\"}", NULL, NULL },
    { "rebalance", "{}", NULL, NULL },
    { "rebalance", "[]", NULL, NULL },
    { "rebalance", "<html>", NULL, NULL },
    { "spot/termination-time", "2015-01-05T18:02:00Z\n", "end", "2015-01-05T18:02:00Z" },
    { "spot/termination-time", "<html>", NULL, NULL },
    { "spot/termination-time", "none", NULL, NULL },
    { "spot/termination-time", "", NULL, NULL },
  };
  guint                 n;
  const MetadataEvents *table = metadata_events (&n);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const MetadataEvents *row = table;
    g_autofree char      *kind = NULL, *when = NULL;
    while (!strstr (row->path, rows[i].leaf))
      row++;
    g_test_message ("%s", rows[i].text);
    g_assert_true (metadata_read_event (row, rows[i].text, strlen (rows[i].text), &kind, &when) ==
                   (rows[i].kind != NULL));
    g_assert_cmpstr (kind, ==, rows[i].kind);
    g_assert_cmpstr (when, ==, rows[i].time);
  }
}

/* Every row of the tables is somebody's, and no leaf is one of those that are nobody's business. */
static void
test_tables (void)
{
  static const char *const private[] = { "user-data",   "user_data", "iam",
                                         "identity",    "tags",      "keys",
                                         "instance-id", "recursive", "subscription" };
  guint                 n, n_events;
  const MetadataLeaf   *leaves = metadata_leaves (&n);
  const MetadataEvents *events = metadata_events (&n_events);

  for (guint i = 0; i < n; i++) {
    g_assert_nonnull (metadata_find_service (leaves[i].cloud_id));
    g_assert_nonnull (vmm_host_cloud_name (leaves[i].cloud_id));
    for (guint k = 0; k < G_N_ELEMENTS (private); k++)
      g_assert_null (strstr (leaves[i].path, private[k]));
  }
  for (guint i = 0; i < n_events; i++)
    g_assert_nonnull (metadata_find_service (events[i].cloud_id));
  g_assert_nonnull (vmm_host_events_warning ("azure"));
  g_assert_nonnull (vmm_host_events_warning ("gcp"));
  g_assert_null (vmm_host_events_warning ("aws"));
  g_assert_null (vmm_host_events_warning ("none"));
}

/* Of one machine in a window: what the service says at its beginning and at its end. */
static gboolean
is_moved (VmmSource *source, const char *first, const char *last)
{
  VmmDescription description = { .activity = "" };

  say (first);
  g_string_truncate (fake.asked, 0);
  vmm_source_window_begins (source, 0);
  do { /* the worker has it */
    g_thread_yield ();
    description.host = NULL;
    vmm_source_describe (source, &description);
  } while (!description.host);
  g_assert_false (description.rented.moved);
  if (last)
    say (last);
  else
    fail (VMM_CAUSE_HTTP_STATUS, 404);
  gint before = g_atomic_int_get (&fake.questions);
  vmm_source_window_ends (source);
  while (g_atomic_int_get (&fake.questions) == before)
    g_thread_yield ();
  vmm_source_settle (source);
  vmm_source_describe (source, &description);
  return description.rented.moved;
}

/* Another drift token at the end of a window than at its beginning: Google moved the machine. */
static void
test_sign (void)
{
  char *root = machine_new ();

  machine_write (root, "sys/class/dmi/id/product_name", "Google Compute Engine");
  g_autoptr (VmmHost) host = vmm_host_new (root);
  g_autoptr (VmmSource) first = asked_new_with_ask (root, host, FALSE, answer);
  g_assert_true (is_moved (first, "4711", "4712"));
  g_assert_nonnull (strstr (fake.asked->str, "/virtual-clock/drift-token"));
  g_autoptr (VmmSource) second = asked_new_with_ask (root, host, FALSE, answer);
  g_assert_false (is_moved (second, "4711", "4711"));
  g_autoptr (VmmSource) third = asked_new_with_ask (root, host, FALSE, answer);
  g_assert_false (is_moved (third, "4711", NULL));

  /* Alibaba's landing time, with a token of its own; and who has no such sign is not asked for it. */
  machine_write (root, "sys/class/dmi/id/product_name", "Alibaba Cloud ECS");
  say ("2024-11-17 10:02:41");
  g_string_truncate (fake.asked, 0);
  g_autofree char *sign = metadata_ask_sign (host, root, answer);
  g_assert_cmpstr (sign, ==, "2024-11-17 10:02:41");
  g_assert_cmpstr (fake.asked->str, ==,
                   "PUT http://100.100.100.200/latest/api/token\n"
                   "GET http://100.100.100.200/latest/meta-data/instance/last-host-landing-time\n");
  say ("<html>");
  g_assert_null (metadata_ask_sign (host, root, answer));
  machine_write (root, "sys/class/dmi/id/product_name", "t3.medium");
  machine_write (root, "sys/class/dmi/id/sys_vendor", "Amazon EC2");
  g_string_truncate (fake.asked, 0);
  g_assert_null (metadata_ask_sign (host, root, answer));
  g_assert_cmpstr (fake.asked->str, ==, "");
  g_assert_null (vmm_host_ask_sign (host, root));
  machine_free (root);
}

/* With a window it is asked; who waits for it waits for nothing else. */
static void
test_source (void)
{
  char *root = machine_new ();
  g_autoptr (VmmHost) host = vmm_host_new (root);
  g_autoptr (VmmSource) source = vmm_asked_new (root, host, FALSE);
  VmmDescription description = { .activity = "" };

  vmm_source_describe (source, &description);
  g_assert_null (description.host);
  for (guint window = 0; window < 2; window++) {
    vmm_source_window_begins (source, 0);
    do {
      g_thread_yield ();
      vmm_source_describe (source, &description);
    } while (!description.host);
    g_assert_cmpint (description.host->asked_cause, ==, VMM_CAUSE_SYSROOT);
    vmm_source_window_ends (source);
  }
  machine_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fake.asked = g_string_new (NULL);
  g_test_add_func ("/metadata/values", test_values);
  g_test_add_func ("/metadata/nobody", test_nobody);
  g_test_add_func ("/metadata/order", test_order);
  g_test_add_func ("/metadata/way", test_way);
  g_test_add_func ("/metadata/events", test_events);
  g_test_add_func ("/metadata/tables", test_tables);
  g_test_add_func ("/metadata/source", test_source);
  g_test_add_func ("/metadata/sign", test_sign);
  int result = g_test_run ();
  g_string_free (fake.asked, TRUE);
  return result;
}
