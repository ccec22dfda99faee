/* SPDX-License-Identifier: MIT */
/* test_ping: what is sent when, and what the rows say of it, over a network made by the test. */
#include "icmp_socket.h"
#include "machine.h"
#include "ping.h"
#include "vmm/error.h"

#include <sys/socket.h>

#define MS 1000
#define SECOND G_USEC_PER_SEC
#define START (100 * SECOND)
#define SENT_MAX 4096
#define ROUTE "eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\n"
#define OTHER_ROUTE "eth0\t00000000\t020200C0\t0003\t0\t0\t100\t00000000\n"
#define NO_ROUTE "Iface\tDestination\n"

#define LOST (-1)

typedef struct {
  gint64  due_us;
  guint16 sequence;
  gint64  rtt_ns;
} Answer;

/* A network: what it does to echoes, and what it saw of them. */
typedef struct {
  char  *root;
  gint64 now_us;

  gboolean  refuses_icmp; /* the kernel gives no socket */
  gboolean  is_down;      /* nothing can be sent, no wire be opened */
  gint64    icmp_us, tcp_us;
  gint64    delays_us[64]; /* of the first echoes, instead; 0 = as above */
  guint     copies;        /* of each answer */
  guint     junk;          /* things to read that are no answer */
  VmmStamps stamps;
  char     *word; /* the next thing that the network says */

  GArray *answers;
  gint64  sent_us[SENT_MAX];
  guint   sent, icmp_wires, tcp_wires, alive, received;
  char    address[64]; /* of the last wire */
} Net;

typedef struct {
  VmmWire wire;
  Net    *net;
} FakeWire;

static gboolean
send_fake (VmmWire *wire, guint16 sequence, GError **error)
{
  Net   *net = ((FakeWire *) wire)->net;
  gint64 delay_us = wire->method == VMM_PING_TCP ? net->tcp_us : net->icmp_us;

  if (net->is_down) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "Network is unreachable");
    return FALSE;
  }
  if (net->sent < G_N_ELEMENTS (net->delays_us) && net->delays_us[net->sent])
    delay_us = net->delays_us[net->sent];
  g_assert_cmpuint (net->sent, <, SENT_MAX);
  net->sent_us[net->sent++] = net->now_us;
  if (delay_us == LOST)
    return TRUE;
  for (guint i = 0; i < net->copies; i++) {
    Answer answer = { net->now_us + delay_us, sequence, delay_us * 1000 };
    g_array_append_val (net->answers, answer);
  }
  return TRUE;
}

static VmmWireEvent
receive_fake (VmmWire *wire, guint16 *ret_sequence, gint64 *ret_rtt_ns, GError **error)
{
  Net *net = ((FakeWire *) wire)->net;

  net->received++;
  if (net->junk) {
    net->junk--;
    return VMM_WIRE_IGNORED;
  }
  if (net->word) {
    g_autofree char *word = g_steal_pointer (&net->word);
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, word);
    return VMM_WIRE_TROUBLE;
  }
  for (guint i = 0; i < net->answers->len; i++) {
    Answer answer = g_array_index (net->answers, Answer, i);
    if (answer.due_us > net->now_us)
      continue;
    g_array_remove_index (net->answers, i);
    *ret_sequence = answer.sequence;
    *ret_rtt_ns = answer.rtt_ns;
    return VMM_WIRE_ANSWER;
  }
  return VMM_WIRE_EMPTY;
}

static void
free_fake (VmmWire *wire)
{
  Net *net = ((FakeWire *) wire)->net;

  net->alive--;
  g_array_set_size (net->answers, 0); /* nobody is there to read them */
  g_free (wire);
}

static const VmmWireClass fake_class = { send_fake, receive_fake, free_fake };

static VmmWire *
open_fake (gpointer data, VmmPingMethod method, const VmmTarget *target, GError **error)
{
  Net *net = data;

  if (method != VMM_PING_TCP && net->refuses_icmp) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_PERMISSION, "ICMP is refused");
    return NULL;
  }
  if (net->is_down) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "%s: Network is unreachable", target->text);
    return NULL;
  }
  *(method == VMM_PING_TCP ? &net->tcp_wires : &net->icmp_wires) += 1;
  net->alive++;
  g_strlcpy (net->address, target->text, sizeof net->address);

  FakeWire *wire = g_new0 (FakeWire, 1);
  wire->wire = (VmmWire){ &fake_class, method, net->stamps };
  wire->net = net;
  return &wire->wire;
}

static void
set_up (Net *net, gconstpointer data)
{
  *net = (Net){ .root = machine_new (),
                .icmp_us = 2 * MS,
                .tcp_us = 3 * MS,
                .copies = 1,
                .stamps = VMM_STAMPS_KERNEL };
  net->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  machine_write (net->root, "proc/net/route", ROUTE);
}

static void
tear_down (Net *net, gconstpointer data)
{
  g_assert_cmpuint (net->alive, ==, 0);
  g_array_unref (net->answers);
  g_free (net->word);
  machine_free (net->root);
}

static VmmSource *
make (Net *net, const char *target, guint per_second)
{
  return vmm_ping_new_with_open (net->root, target, SECOND, per_second, open_fake, net);
}

static VmmSource *
make_started (Net *net, guint per_second)
{
  VmmSource *ping = make (net, NULL, per_second);
  net->now_us = START;
  vmm_source_start (ping, START);
  vmm_source_window_begins (ping, START);
  return ping;
}

/* Lets time go by as a session would, to the end of the next whole tick, and samples. */
static void
run_tick (Net *net, VmmSource *ping, float row[VMM_N_CHANNELS])
{
  gint64 end_us = START + ((net->now_us - START) / SECOND + 1) * SECOND;

  for (;;) {
    gint64 next_us = vmm_source_pulse (ping, net->now_us);
    g_assert_cmpint (next_us, >, net->now_us);
    if (next_us >= end_us)
      break;
    net->now_us = next_us;
  }
  net->now_us = end_us;
  vmm_source_sample (ping, end_us, row);
}

static void
run_ticks (Net *net, VmmSource *ping, guint n, float row[VMM_N_CHANNELS])
{
  for (guint i = 0; i < n; i++)
    run_tick (net, ping, row);
}

static void
assert_all_absent (VmmSource *ping, const float *row, VmmAbsence why)
{
  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    if (vmm_source_has (ping, c))
      g_assert_cmpint (vmm_absence (row[c]), ==, why);
}

static VmmPingInfo
get_info (VmmSource *ping)
{
  VmmDescription description;
  vmm_source_describe (ping, &description);
  return description.ping;
}

static void
assert_method (VmmSource *ping, VmmPingMethod method)
{
  g_assert_cmpint (get_info (ping).method, ==, method);
}

/* ---- Before anything is sent */

static void
test_off (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make (net, "none", 5);
  float       row[VMM_N_CHANNELS];
  VmmPingInfo info;

  vmm_source_sample (ping, START, row);
  assert_all_absent (ping, row, VMM_OFF);
  assert_reason (ping, NETWORK_RTT, "ping switched off");
  vmm_source_start (ping, START);
  g_assert_cmpint (vmm_source_pulse (ping, START), ==, G_MAXINT64);
  vmm_source_sample (ping, START + SECOND, row);
  assert_all_absent (ping, row, VMM_OFF);
  info = get_info (ping);
  g_assert_cmpint (info.method, ==, VMM_PING_NONE);
  g_assert_cmpint (info.kind, ==, VMM_TARGET_NONE);
  g_assert_cmpstr (info.address, ==, "");
  g_assert_cmpuint (net->icmp_wires, ==, 0);
}

static void
test_before_start (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make (net, NULL, 5);
  float       row[VMM_N_CHANNELS];
  VmmPingInfo info;

  vmm_source_sample (ping, START, row);
  assert_all_absent (ping, row, VMM_OFF);
  g_assert_null (vmm_source_reason (ping, VMM_CHANNEL_NETWORK_RTT).sentence);
  g_assert_null (vmm_source_reason (ping, VMM_CHANNEL_CPU_BUSY).sentence);
  info = get_info (ping);
  g_assert_cmpint (info.method, ==, VMM_PING_ICMP_DATAGRAM);
  g_assert_cmpint (info.kind, ==, VMM_TARGET_GATEWAY);
  g_assert_cmpint (info.stamps, ==, VMM_STAMPS_KERNEL);
  g_assert_cmpstr (info.address, ==, "192.0.2.1");
  g_assert_cmpint (vmm_source_pulse (ping, START), ==, G_MAXINT64);
  g_assert_cmpuint (net->sent, ==, 0);
}

static void
test_given (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make (net, "fd00::7", 5);
  VmmPingInfo info;

  info = get_info (ping);
  g_assert_cmpint (info.kind, ==, VMM_TARGET_GIVEN);
  g_assert_cmpstr (info.address, ==, "fd00::7");
}

static void
test_no_target (Net *net, gconstpointer data)
{
  float row[VMM_N_CHANNELS];

  machine_write (net->root, "proc/net/route", NO_ROUTE);
  VmmSource *ping = make (net, NULL, 5);
  vmm_source_sample (ping, START, row);
  assert_all_absent (ping, row, VMM_NOT_EXPOSED);
  assert_reason (ping, NETWORK_LOSS, "no default gateway in proc/net/route or proc/net/ipv6_route");
  assert_method (ping, VMM_PING_NONE);
  vmm_source_free (ping);

  machine_write (net->root, "proc/net/route", "garbage\n");
  ping = make (net, NULL, 5);
  vmm_source_sample (ping, START, row);
  assert_all_absent (ping, row, VMM_FAILED);
  assert_reason (ping, NETWORK_RTT, "proc/net/route: line 1 is not a route; *");
  vmm_source_free (ping);

  ping = make (net, "gateway.example", 5);
  vmm_source_sample (ping, START, row);
  assert_all_absent (ping, row, VMM_FAILED);
  assert_reason (ping, NETWORK_RTT, "ping target \"gateway.example\": expected *");
  vmm_source_free (ping);
}

/* ---- When echoes leave */

static void
test_times (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_ticks (net, ping, 3, row);
  g_assert_cmpuint (net->sent, ==, 15);
  for (guint i = 0; i < 15; i++)
    g_assert_cmpint (net->sent_us[i] - START, ==, (i / 5 * 1000 + 500 + i % 5 * 100) * MS);
}

/* In a peer's turns there are no echoes, and the rows between them have all of theirs. */
static void
test_peer (Net *net, gconstpointer data)
{
  VmmPeerTurns turns;
  float        row[VMM_N_CHANNELS];

  vmm_peer_turns_init (&turns, SECOND, 5);
  g_autoptr (VmmSource) ping = make (net, NULL, 5);
  vmm_ping_leave (ping, &turns);
  net->now_us = START;
  vmm_source_start (ping, START);
  vmm_source_window_begins (ping, START);
  run_ticks (net, ping, 1, row);
  g_assert_cmpuint (net->sent, ==, 5);
  run_ticks (net, ping, 1, row);
  g_assert_cmpuint (net->sent, ==, 5);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_NETWORK_RTT]), ==, VMM_PENDING);
  run_ticks (net, ping, 3, row);
  g_assert_cmpuint (net->sent, ==, 20);
  g_assert_cmpfloat (row[VMM_CHANNEL_NETWORK_LOSS], ==, 0);
  vmm_source_window_ends (ping);
  run_ticks (net, ping, 2, row);
  g_assert_cmpuint (net->sent, ==, 22);
}

/* As many in a window as were asked for, one a tick before and after it; the one that is due stays. */
static void
test_rate (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make (net, NULL, 2);
  static const guint due_ms[] = { 500, 1500, 1750, 2500, 3500, 3750 };
  float              row[VMM_N_CHANNELS];

  net->now_us = START;
  vmm_source_start (ping, START);
  for (guint tick = 0; tick < 4; tick++) {
    if (tick % 2)
      vmm_source_window_begins (ping, net->now_us);
    run_tick (net, ping, row);
    if (tick % 2)
      vmm_source_window_ends (ping);
  }
  g_assert_cmpuint (net->sent, ==, G_N_ELEMENTS (due_ms));
  for (guint i = 0; i < G_N_ELEMENTS (due_ms); i++)
    g_assert_cmpint (net->sent_us[i] - START, ==, due_ms[i] * MS);
}

/* The real ping in a window: 5 a second, and at least one a tick. */
static void
test_rates_in_window (Net *net, gconstpointer data)
{
  static const struct {
    gint64 interval_us;
    guint  sent;
  } cases[] = {
    { SECOND / 10, 1 }, { SECOND * 3 / 10, 1 }, { 2 * SECOND, 10 }, { 10 * SECOND, 50 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    VmmSource *ping = vmm_ping_new_with_open (net->root, NULL, cases[i].interval_us,
                                              VMM_PING_PER_SECOND, open_fake, net);
    net->sent = 0;
    net->now_us = START;
    vmm_source_start (ping, START);
    vmm_source_window_begins (ping, START);
    while (net->now_us < START + cases[i].interval_us)
      net->now_us = vmm_source_pulse (ping, net->now_us);
    g_assert_cmpuint (net->sent, ==, cases[i].sent);
    vmm_source_free (ping);
  }
}

/* A main loop that comes late sends one echo, at most, and never a row of those it missed. */
static void
test_late_loop (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make_started (net, 5);
  const struct {
    guint at_ms, sent, next_ms;
  } calls[] = {
    { 0, 0, 500 },     { 499, 0, 500 },   { 530, 1, 600 },     { 650, 2, 700 },   { 899, 2, 900 },
    { 1450, 2, 1500 }, { 5777, 2, 5800 }, { 5800, 3, 5900 },   { 5899, 3, 5900 }, { 6000, 4, 6500 },
    { 6650, 4, 6700 }, { 6700, 5, 6800 }, { 60000, 5, 60500 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    net->now_us = START + calls[i].at_ms * MS;
    g_assert_cmpint (vmm_source_pulse (ping, net->now_us) - START, ==, calls[i].next_ms * MS);
    g_assert_cmpuint (net->sent, ==, calls[i].sent);
  }
}

/* Where no kernel stamps, the answer is looked for often, and less often as it ages. */
static void
test_user_stamps (Net *net, gconstpointer data)
{
  net->stamps = VMM_STAMPS_USER;
  net->icmp_us = LOST;
  g_autoptr (VmmSource) ping = make_started (net, 1);
  guint looks = 0;

  net->now_us = START + 500 * MS;
  while (net->now_us < START + 1500 * MS) {
    gint64 age_us = net->now_us - (START + 500 * MS);
    gint64 next_us = vmm_source_pulse (ping, net->now_us);
    g_assert_cmpint (next_us - net->now_us, <=, MAX (MS, age_us / 4));
    net->now_us = next_us;
    looks++;
  }
  g_assert_cmpuint (looks, <, 50);
}

/* ---- What the rows say */

static void
test_figures (Net *net, gconstpointer data)
{
  const gint64 delays_us[] = { 1 * MS, 3 * MS, 2 * MS, 6 * MS, 8 * MS, 5 * MS };
  memcpy (net->delays_us, delays_us, sizeof delays_us);
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_tick (net, ping, row);
  assert_value (row, NETWORK_RTT, 4.0);
  assert_value (row, NETWORK_JITTER, 2.25); /* 2 1 4 2 */
  assert_value (row, NETWORK_LOSS, 0.0);
  assert_value (row, NETWORK_LATE, 0.0);
  assert_value (row, NETWORK_DUPLICATE, 0.0);
  g_assert_null (vmm_source_reason (ping, VMM_CHANNEL_NETWORK_RTT).sentence);
  run_tick (net, ping, row);
  assert_value (row, NETWORK_RTT, 2.6);    /* 5 2 2 2 2 */
  assert_value (row, NETWORK_JITTER, 1.2); /* 3, to the last of the tick before; 3 0 0 0 */
}

static void
test_pending (Net *net, gconstpointer data)
{
  net->icmp_us = 700 * MS;
  g_autoptr (VmmSource) ping = make_started (net, 1);
  float row[VMM_N_CHANNELS];

  run_tick (net, ping, row);
  assert_all_absent (ping, row, VMM_PENDING);
  run_tick (net, ping, row);
  assert_value (row, NETWORK_RTT, 700);
  assert_absent (row, NETWORK_JITTER, PENDING);
  assert_value (row, NETWORK_LOSS, 0);
  run_tick (net, ping, row);
  assert_value (row, NETWORK_JITTER, 0);
}

static void
test_loss (Net *net, gconstpointer data)
{
  net->delays_us[2] = LOST;
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_tick (net, ping, row);
  assert_value (row, NETWORK_LOSS, 0); /* it may yet come */
  assert_value (row, NETWORK_JITTER, 0);
  run_tick (net, ping, row);
  assert_value (row, NETWORK_LOSS, 100.0 / 6);
  run_tick (net, ping, row);
  assert_value (row, NETWORK_LOSS, 0);
}

static void
test_late_answer (Net *net, gconstpointer data)
{
  net->delays_us[5] = 1700 * MS; /* sent at 1.5 s, lost at 2.5 s, there at 3.2 s */
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_ticks (net, ping, 3, row);
  assert_value (row, NETWORK_LOSS, 100.0 / 6);
  assert_value (row, NETWORK_LATE, 0);
  run_tick (net, ping, row);
  assert_value (row, NETWORK_LATE, 1);
  assert_value (row, NETWORK_LOSS, 0);
  assert_value (row, NETWORK_RTT, 2); /* not of it */
}

static void
test_always_late (Net *net, gconstpointer data)
{
  net->icmp_us = 1200 * MS;
  g_autoptr (VmmSource) ping = make_started (net, 1);
  float row[VMM_N_CHANNELS];

  run_ticks (net, ping, 4, row);
  assert_absent (row, NETWORK_RTT, FAILED);
  assert_value (row, NETWORK_LOSS, 100);
  assert_value (row, NETWORK_LATE, 1);
  assert_reason (ping, NETWORK_RTT, "192.0.2.1: no answer within 1 s");
}

static void
test_duplicate (Net *net, gconstpointer data)
{
  net->copies = 3;
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_tick (net, ping, row);
  assert_value (row, NETWORK_DUPLICATE, 10);
  assert_value (row, NETWORK_RTT, 2);
  assert_value (row, NETWORK_LOSS, 0);
}

/* Whatever is thrown at it, one call reads a bounded number of things; the answer behind them is
 * no loss, though it is read two seconds after it came. */
static void
test_flood (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make_started (net, 1);
  float row[VMM_N_CHANNELS];

  run_ticks (net, ping, 2, row);
  net->now_us = START + 2500 * MS;
  vmm_source_pulse (ping, net->now_us);
  g_assert_cmpuint (net->sent, ==, 3);
  net->junk = 60000 + VMM_PING_READ_MAX;
  for (guint calls = 0; net->junk > VMM_PING_READ_MAX; calls++) {
    guint  received = net->received;
    gint64 next_us = vmm_source_pulse (ping, net->now_us);
    g_assert_cmpuint (net->received - received, <=, VMM_PING_READ_MAX);
    g_assert_cmpint (next_us, <=, net->now_us + 10 * MS);
    g_assert_cmpuint (calls, <, 1000);
    net->now_us = next_us;
  }
  g_assert_cmpint (net->now_us, >, START + 4500 * MS);
  vmm_source_pulse (ping, net->now_us);
  vmm_source_sample (ping, net->now_us, row);
  assert_value (row, NETWORK_LOSS, 0);
  assert_value (row, NETWORK_RTT, 2);
}

/* ---- Who does not answer, and how */

/* Never 100 % loss of a target that does not answer at all. */
static void
test_silent (Net *net, gconstpointer data)
{
  net->icmp_us = LOST;
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_tick (net, ping, row);
  assert_all_absent (ping, row, VMM_PENDING);
  run_tick (net, ping, row);
  assert_all_absent (ping, row, VMM_FAILED);
  assert_reason (ping, NETWORK_RTT, "192.0.2.1: no answer to an ICMP echo");
  assert_method (ping, VMM_PING_TCP);
  run_tick (net, ping, row);
  assert_value (row, NETWORK_RTT, 3);
  assert_value (row, NETWORK_LOSS, 0);
  assert_reason (ping, NETWORK_RTT, "*TCP connect*192.0.2.1 does not answer ICMP*");
  run_ticks (net, ping, 50, row);
  assert_value (row, NETWORK_RTT, 3);
  assert_method (ping, VMM_PING_TCP);
  g_assert_cmpuint (net->icmp_wires, ==, 1);
  g_assert_cmpuint (net->tcp_wires, ==, 1);
}

static void
test_mute (Net *net, gconstpointer data)
{
  net->icmp_us = net->tcp_us = LOST;
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  for (guint i = 1; i < 30; i++) {
    run_tick (net, ping, row);
    assert_all_absent (ping, row, i < 2 ? VMM_PENDING : VMM_FAILED);
  }
  g_assert_cmpuint (net->icmp_wires, >=, 3); /* in turns */
  g_assert_cmpuint (net->tcp_wires, >=, 3);
  net->icmp_us = 2 * MS; /* at last */
  run_ticks (net, ping, 10, row);
  assert_value (row, NETWORK_RTT, 2);
  assert_value (row, NETWORK_LOSS, 0);
  assert_method (ping, VMM_PING_ICMP_DATAGRAM);
  g_assert_null (vmm_source_reason (ping, VMM_CHANNEL_NETWORK_RTT).sentence);
}

/* Once answered, the method stays, however long nothing comes: that is loss. */
static void
test_falls_silent (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_ticks (net, ping, 2, row);
  net->icmp_us = LOST;
  run_ticks (net, ping, 20, row);
  assert_absent (row, NETWORK_RTT, FAILED);
  assert_absent (row, NETWORK_JITTER, FAILED);
  assert_value (row, NETWORK_LOSS, 100);
  assert_reason (ping, NETWORK_RTT, "192.0.2.1: no answer within 1 s");
  net->word = g_strdup ("host unreachable");
  run_ticks (net, ping, 2, row);
  assert_reason (ping, NETWORK_RTT, "192.0.2.1: no answer within 1 s: host unreachable");
  g_assert_cmpuint (net->tcp_wires, ==, 0);

  net->icmp_us = 4 * MS;
  run_ticks (net, ping, 2, row);
  assert_value (row, NETWORK_RTT, 4);
  assert_value (row, NETWORK_LOSS, 0);
  g_assert_null (vmm_source_reason (ping, VMM_CHANNEL_NETWORK_RTT).sentence);
}

static void
test_refused (Net *net, gconstpointer data)
{
  net->refuses_icmp = TRUE;
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  assert_method (ping, VMM_PING_TCP);
  assert_reason (ping, NETWORK_RTT, "*TCP connect*ICMP is refused");
  run_tick (net, ping, row);
  assert_value (row, NETWORK_RTT, 3);
  assert_reason (ping, NETWORK_RTT, "*TCP connect*ICMP is refused");
}

static void
test_refused_and_mute (Net *net, gconstpointer data)
{
  net->refuses_icmp = TRUE;
  net->tcp_us = LOST;
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_ticks (net, ping, 20, row);
  assert_all_absent (ping, row, VMM_FAILED);
  assert_reason (ping, NETWORK_RTT, "192.0.2.1: no answer to a TCP connect; *ICMP is refused");
  assert_method (ping, VMM_PING_TCP);
}

/* ---- A network that goes and comes */

static void
test_down (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_ticks (net, ping, 2, row);
  net->is_down = TRUE;
  run_tick (net, ping, row);
  assert_value (row, NETWORK_LOSS, 100);
  assert_absent (row, NETWORK_RTT, FAILED);
  assert_reason (ping, NETWORK_RTT, "192.0.2.1: Network is unreachable");
  machine_write (net->root, "proc/net/route", NO_ROUTE);
  run_ticks (net, ping, 5, row);
  assert_value (row, NETWORK_LOSS, 100);
  assert_method (ping, VMM_PING_ICMP_DATAGRAM);

  machine_write (net->root, "proc/net/route", ROUTE);
  net->is_down = FALSE;
  run_ticks (net, ping, 2, row);
  assert_value (row, NETWORK_RTT, 2);
  assert_value (row, NETWORK_LOSS, 0);
  g_assert_null (vmm_source_reason (ping, VMM_CHANNEL_NETWORK_RTT).sentence);
  g_assert_cmpuint (net->tcp_wires, ==, 0);
}

/* A wire that failed is replaced as soon as another can be had: its socket may be bound to an
 * address that this machine no longer has. */
static void
test_reopened (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_tick (net, ping, row);
  net->is_down = TRUE;
  run_tick (net, ping, row);
  g_assert_cmpuint (net->icmp_wires, ==, 1); /* none can be had: the old one is kept */
  g_assert_cmpuint (net->alive, ==, 1);
  net->is_down = FALSE;
  net->icmp_us = LOST;
  run_ticks (net, ping, 2, row);
  g_assert_cmpuint (net->icmp_wires, ==, 2);
  g_assert_cmpuint (net->alive, ==, 1);
}

static void
test_another_gateway (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float       row[VMM_N_CHANNELS];
  VmmPingInfo info;

  run_ticks (net, ping, 2, row);
  machine_write (net->root, "proc/net/route", OTHER_ROUTE);
  run_ticks (net, ping, 3, row);
  g_assert_cmpstr (net->address, ==, "192.0.2.1"); /* it answers still */
  net->icmp_us = LOST;
  run_ticks (net, ping, 2, row);
  g_assert_cmpstr (net->address, ==, "192.0.2.2");
  info = get_info (ping);
  g_assert_cmpstr (info.address, ==, "192.0.2.2");
  run_ticks (net, ping, 10, row); /* has never answered: no loss, and the method stays */
  assert_all_absent (ping, row, VMM_FAILED);
  g_assert_cmpuint (net->tcp_wires, ==, 0);
  net->icmp_us = MS;
  run_ticks (net, ping, 2, row);
  assert_value (row, NETWORK_RTT, 1);
}

static void
test_appears (Net *net, gconstpointer data)
{
  machine_write (net->root, "proc/net/route", NO_ROUTE);
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_ticks (net, ping, 3, row);
  assert_all_absent (ping, row, VMM_NOT_EXPOSED);
  machine_write (net->root, "proc/net/route", ROUTE);
  run_ticks (net, ping, 2, row);
  assert_value (row, NETWORK_RTT, 2);
  g_assert_null (vmm_source_reason (ping, VMM_CHANNEL_NETWORK_RTT).sentence);
}

static void
test_again (Net *net, gconstpointer data)
{
  g_autoptr (VmmSource) ping = make_started (net, 5);
  float row[VMM_N_CHANNELS];

  run_ticks (net, ping, 2, row);
  vmm_source_stop (ping);
  g_assert_cmpint (vmm_source_pulse (ping, net->now_us), ==, G_MAXINT64);
  vmm_source_sample (ping, net->now_us, row);
  assert_all_absent (ping, row, VMM_OFF);

  net->icmp_us = LOST; /* what was under way at the stop is no loss of the next window */
  guint sent = net->sent;
  vmm_source_start (ping, net->now_us);
  vmm_source_window_begins (ping, net->now_us);
  run_tick (net, ping, row);
  g_assert_cmpuint (net->sent, ==, sent + 5);
  assert_absent (row, NETWORK_LOSS, PENDING);
}

/* ---- Down to the bytes: a pair of sockets, and a peer that answers badly */

typedef struct {
  gint64 now_us;
  int    peer;
} Peer;

static gint64
read_peer_clock (gpointer data)
{
  return ((Peer *) data)->now_us * 1000;
}

static VmmWire *
open_pair (gpointer data, VmmPingMethod method, const VmmTarget *target, GError **error)
{
  Peer *peer = data;
  int   fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), ==, 0);
  peer->peer = fds[1];
  return vmm_icmp_socket_new_with_clock (fds[0], VMM_ICMP_V4, 77, read_peer_clock, peer);
}

/* Turns a request into its reply: the checksum grows by what the type loses. */
static void
turn_around (guint8 packet[VMM_ICMP_SIZE])
{
  guint sum = ((guint) packet[2] << 8 | packet[3]) + 0x0800;
  sum = (sum & 0xffff) + (sum >> 16);
  packet[0] = 0;
  packet[2] = (guint8) (sum >> 8);
  packet[3] = (guint8) sum;
}

/* 10 000 forged replies between a request and its answer: one is counted, and no more. */
static void
test_forged_flood (void)
{
  Peer   peer = { START, -1 };
  guint8 reply[VMM_ICMP_SIZE], forged[VMM_ICMP_SIZE];
  float  row[VMM_N_CHANNELS];
  guint  n = 0;
  g_autoptr (VmmSource) ping =
      vmm_ping_new_with_open ("/nowhere", "127.0.0.1", SECOND, 1, open_pair, &peer);

  vmm_source_start (ping, START);
  peer.now_us = START + 500 * MS;
  vmm_source_pulse (ping, peer.now_us);
  g_assert_cmpint (recv (peer.peer, reply, sizeof reply, 0), ==, sizeof reply);
  turn_around (reply);
  while (n < 10000) {
    memcpy (forged, reply, sizeof forged);
    for (guint i = 4; i < sizeof forged; i++)
      forged[i] ^= (guint8) g_test_rand_int ();
    if (send (peer.peer, forged, sizeof forged, 0) == sizeof forged)
      n++;
    else
      vmm_source_pulse (ping, peer.now_us);
  }
  vmm_source_pulse (ping, peer.now_us);
  peer.now_us += 30 * MS;
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (send (peer.peer, reply, sizeof reply, 0), ==, sizeof reply);
  peer.now_us += 10 * MS;
  vmm_source_pulse (ping, peer.now_us);
  vmm_source_sample (ping, START + SECOND, row);
  assert_value (row, NETWORK_RTT, 40);
  assert_value (row, NETWORK_DUPLICATE, 1);
  assert_value (row, NETWORK_LOSS, 0);
  close (peer.peer);
}

static void
test_ids (void)
{
  g_assert_cmpstr (vmm_ping_method_id (VMM_PING_NONE), ==, "none");
  g_assert_cmpstr (vmm_ping_method_id (VMM_PING_ICMP_DATAGRAM), ==, "icmp");
  g_assert_cmpstr (vmm_ping_method_id (VMM_PING_ICMP_RAW), ==, "icmp-raw");
  g_assert_cmpstr (vmm_ping_method_id (VMM_PING_TCP), ==, "tcp");
  g_assert_cmpstr (vmm_target_kind_id (VMM_TARGET_NONE), ==, "none");
  g_assert_cmpstr (vmm_target_kind_id (VMM_TARGET_GATEWAY), ==, "gateway");
  g_assert_cmpstr (vmm_target_kind_id (VMM_TARGET_GIVEN), ==, "given");
  g_assert_cmpstr (vmm_target_kind_id (VMM_TARGET_CLOUD), ==, "cloud");
  g_assert_cmpstr (vmm_stamps_id (VMM_STAMPS_USER), ==, "user");
  g_assert_cmpstr (vmm_stamps_id (VMM_STAMPS_KERNEL_RECEIVE), ==, "kernel-receive");
  g_assert_cmpstr (vmm_stamps_id (VMM_STAMPS_KERNEL), ==, "kernel");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Net, NULL, set_up, function, tear_down)
  ADD ("/ping/off", test_off);
  ADD ("/ping/before-start", test_before_start);
  ADD ("/ping/given", test_given);
  ADD ("/ping/no-target", test_no_target);
  ADD ("/ping/times", test_times);
  ADD ("/ping/peer", test_peer);
  ADD ("/ping/rate", test_rate);
  ADD ("/ping/rates-in-window", test_rates_in_window);
  ADD ("/ping/late-loop", test_late_loop);
  ADD ("/ping/user-stamps", test_user_stamps);
  ADD ("/ping/figures", test_figures);
  ADD ("/ping/pending", test_pending);
  ADD ("/ping/loss", test_loss);
  ADD ("/ping/late-answer", test_late_answer);
  ADD ("/ping/always-late", test_always_late);
  ADD ("/ping/duplicate", test_duplicate);
  ADD ("/ping/flood", test_flood);
  ADD ("/ping/silent", test_silent);
  ADD ("/ping/mute", test_mute);
  ADD ("/ping/falls-silent", test_falls_silent);
  ADD ("/ping/refused", test_refused);
  ADD ("/ping/refused-and-mute", test_refused_and_mute);
  ADD ("/ping/down", test_down);
  ADD ("/ping/reopened", test_reopened);
  ADD ("/ping/another-gateway", test_another_gateway);
  ADD ("/ping/appears", test_appears);
  ADD ("/ping/again", test_again);
  g_test_add_func ("/ping/forged-flood", test_forged_flood);
  g_test_add_func ("/ping/ids", test_ids);
  return g_test_run ();
}
