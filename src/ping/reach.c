/* SPDX-License-Identifier: MIT */
/* reach: whom to ping and over which wire, and what to say when nobody answers. */
#include "reach.h"

#include "vmm/error.h"
#include "vmm/language.h"

#define SILENT_ICMP 5
#define SILENT_TCP 8 /* each port twice */

G_GNUC_PRINTF (2, 3)
static void
set_text (char **text, const char *format, ...)
{
  char   *old = *text; /* may be among the arguments */
  va_list arguments;

  va_start (arguments, format);
  *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_free (old);
}

static void
set_cause (VmmReach *reach, const char *cause)
{
  g_clear_pointer (&reach->cause, g_free);
  g_clear_pointer (&reach->note, g_free);
  if (!cause)
    return;
  reach->cause = g_strdup (cause);
  reach->note =
      g_strdup_printf (VMM_SAID ("TCP connect time instead of ICMP echo time: %s"), cause);
}

static void
close_wire (VmmReach *reach)
{
  if (reach->wire)
    reach->wire->class->free (reach->wire);
  reach->wire = NULL;
  reach->is_broken = FALSE;
}

static void
use_wire (VmmReach *reach, VmmWire *wire, const VmmTarget *target)
{
  close_wire (reach);
  reach->wire = wire;
  reach->target = *target;
  reach->silent = 0;
  reach->info = (VmmPingInfo){ wire->method, target->kind, wire->stamps };
  g_strlcpy (reach->info.address, target->text, sizeof reach->info.address);
}

/* What was answered until now was answered to the last wire: its description stays. */
static void
give_up (VmmReach *reach, const GError *error)
{
  close_wire (reach);
  if (!reach->is_settled)
    reach->info = (VmmPingInfo){ VMM_PING_NONE };
  reach->absence =
      g_error_matches (error, VMM_ERROR, VMM_ERROR_MISSING) ? VMM_NOT_EXPOSED : VMM_FAILED;
  reach->trouble_cause = VMM_CAUSE_NO_TARGET;
  set_text (&reach->trouble, "%s", error->message);
}

/* A wire to `target`; without the right to open ICMP sockets, one of TCP. A wire that still may
 * work is not given up for one that cannot be had. */
static void
open_wire (VmmReach *reach, const VmmTarget *target, VmmPingMethod method)
{
  g_autoptr (GError) error = NULL;
  gboolean is_same = reach->wire && vmm_target_equal (&reach->target, target);
  VmmWire *wire = reach->open (reach->open_data, method, target, &error);

  if (wire) {
    if (wire->method != VMM_PING_TCP)
      set_cause (reach, NULL);
  } else if (is_same) {
    return;
  } else if (!reach->is_settled && g_error_matches (error, VMM_ERROR, VMM_ERROR_PERMISSION)) {
    set_cause (reach, error->message);
    g_clear_error (&error);
    wire = reach->open (reach->open_data, VMM_PING_TCP, target, &error);
  }
  if (!wire) {
    give_up (reach, error);
    return;
  }
  if (!is_same) {
    reach->is_heard = FALSE;
    g_clear_pointer (&reach->trouble, g_free);
  }
  use_wire (reach, wire, target);
}

static gboolean
is_tcp (const VmmReach *reach)
{
  return reach->info.method == VMM_PING_TCP;
}

/* Looks again whom to ping, and opens a wire when there is none, a broken one, or one to someone
 * else. A TCP wire opens its sockets anew at every echo: it does not break. An answered wire is kept
 * when the gateway vanishes: that may come back, the right to open raw sockets may not. */
static void
repair (VmmReach *reach)
{
  g_autoptr (GError) error = NULL;
  VmmTarget target;

  if (!vmm_target_find (reach->root, reach->target_text, &target, &error)) {
    if (!reach->wire || !reach->is_settled) {
      reach->is_heard = FALSE;
      give_up (reach, error);
    }
    return;
  }
  if (reach->wire && vmm_target_equal (&reach->target, &target) &&
      (!reach->is_broken || is_tcp (reach)))
    return;
  open_wire (reach, &target,
             target.kind == VMM_TARGET_CLOUD || (is_tcp (reach) && reach->is_settled)
                 ? VMM_PING_TCP
                 : VMM_PING_ICMP_DATAGRAM);
}

static void
switch_method (VmmReach *reach)
{
  VmmTarget target = reach->target;
  gboolean  to_tcp = !is_tcp (reach);

  open_wire (reach, &target, to_tcp ? VMM_PING_TCP : VMM_PING_ICMP_DATAGRAM);
  reach->silent = 0;
  if (to_tcp && is_tcp (reach)) {
    g_autofree char *cause =
        g_strdup_printf (VMM_SAID ("%s does not answer ICMP echo"), target.text);
    set_cause (reach, cause);
  }
}

static void
name_trouble (VmmReach *reach, const VmmFlightTick *tick)
{
  gboolean    is_unsent = tick->unsent == tick->lost && reach->word;
  const char *what = is_unsent         ? reach->word
                     : reach->is_heard ? VMM_SAID ("no answer within 1 s")
                     : is_tcp (reach)  ? VMM_SAID ("no answer to a TCP connect")
                                       : VMM_SAID ("no answer to an ICMP echo");

  reach->trouble_cause = is_unsent ? VMM_CAUSE_NOT_SENT : VMM_CAUSE_NO_ANSWER;
  set_text (&reach->trouble, "%s: %s", reach->target.text, what);
  if (!is_unsent && reach->word)
    set_text (&reach->trouble, "%s: %s", reach->trouble, reach->word);
  if (reach->cause)
    set_text (&reach->trouble, "%s; %s", reach->trouble, reach->cause);
}

void
vmm_reach_init (VmmReach *reach, const char *root, const char *target, VmmWireOpen open,
                gpointer data)
{
  *reach = (VmmReach){
    .root = g_strdup (root), .target_text = g_strdup (target), .open = open, .open_data = data
  };
  repair (reach);
}

void
vmm_reach_clear (VmmReach *reach)
{
  close_wire (reach);
  g_clear_pointer (&reach->root, g_free);
  g_clear_pointer (&reach->target_text, g_free);
  g_clear_pointer (&reach->trouble, g_free);
  g_clear_pointer (&reach->word, g_free);
  set_cause (reach, NULL);
}

void
vmm_reach_begin (VmmReach *reach)
{
  reach->is_settled = FALSE;
  reach->silent = 0;
  if (reach->wire)
    g_clear_pointer (&reach->trouble, g_free);
  repair (reach);
}

gboolean
vmm_reach_send (VmmReach *reach, guint16 sequence)
{
  g_autoptr (GError) error = NULL;

  if (reach->wire->class->send (reach->wire, sequence, &error))
    return TRUE;
  reach->is_broken = TRUE;
  set_text (&reach->word, "%s", error->message);
  return FALSE;
}

VmmWireEvent
vmm_reach_receive (VmmReach *reach, guint16 *ret_sequence, gint64 *ret_rtt_ns)
{
  g_autoptr (GError) error = NULL;

  VmmWireEvent event = reach->wire->class->receive (reach->wire, ret_sequence, ret_rtt_ns, &error);
  if (event == VMM_WIRE_TROUBLE)
    set_text (&reach->word, "%s", error->message);
  reach->info.stamps = reach->wire->stamps;
  return event;
}

void
vmm_reach_judge (VmmReach *reach, const VmmFlightTick *tick)
{
  if (tick->answered || tick->late)
    reach->is_heard = reach->is_settled = TRUE;
  if (tick->answered) {
    g_clear_pointer (&reach->trouble, g_free);
    g_clear_pointer (&reach->word, g_free);
  } else if (tick->lost) {
    if (!reach->is_heard)
      reach->silent += tick->lost - tick->unsent;
    name_trouble (reach, tick);
  }
}

gboolean
vmm_reach_look_after (VmmReach *reach, const VmmFlightTick *tick)
{
  const VmmWire *old = reach->wire;

  if (old && !reach->is_heard && !reach->is_settled && reach->target.kind != VMM_TARGET_CLOUD &&
      reach->silent >= (is_tcp (reach) ? SILENT_TCP : SILENT_ICMP))
    switch_method (reach);
  else if (!old || (tick->lost && !tick->answered))
    repair (reach);
  return reach->wire != old;
}

VmmReason
vmm_reach_get_reason (const VmmReach *reach)
{
  if (reach->trouble)
    return (VmmReason){ reach->trouble_cause, reach->trouble };
  return (VmmReason){ reach->note ? VMM_CAUSE_TCP_INSTEAD : VMM_CAUSE_NONE, reach->note };
}
