/* SPDX-License-Identifier: MIT */
/* test_icmp_open: each right that a guest may have leads to its socket, or to a message that says
 * which right is missing. In network namespaces of its own, whose only host is itself. */
#include "icmp_open.h"

#include "privilege.h"
#include "vmm/error.h"

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NAMESPACE "/icmp-open/subprocess/namespace"

static gboolean
write_file (const char *path, const char *text)
{
  int      fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean is_written = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);
  return is_written;
}

/* A process there is user 1000 with every capability, and without a network. */
static void
enter_namespace (void)
{
  g_autofree char *uids = g_strdup_printf ("1000 %u 1", geteuid ());
  g_autofree char *gids = g_strdup_printf ("1000 %u 1", getegid ());

  if (unshare (CLONE_NEWUSER | CLONE_NEWNET) == 0 && write_file ("/proc/self/setgroups", "deny") &&
      write_file ("/proc/self/uid_map", uids) && write_file ("/proc/self/gid_map", gids))
    return;
  exit (1);
}

static void
bring_loopback_up (void)
{
  struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING };
  int          fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (ioctl (fd, SIOCSIFFLAGS, &request), ==, 0);
  close (fd);
}

static VmmWire *
open_wire (const char *address, GError **error)
{
  VmmTarget target;

  g_assert_true (vmm_target_find ("/", address, &target, NULL));
  return vmm_icmp_open (&target, error);
}

/* Sends an echo and waits for its answer; the round trip time, or -1. */
static gint64
get_echo (VmmWire *wire, guint16 sequence)
{
  VmmWireEvent event;
  guint16      answered = 0;
  gint64       rtt_ns = -1;

  g_assert_true (wire->class->send (wire, sequence, NULL));
  do
    event = wire->class->receive (wire, &answered, &rtt_ns, NULL);
  while (event == VMM_WIRE_EMPTY || event == VMM_WIRE_IGNORED);
  g_assert_cmpint (event, ==, VMM_WIRE_ANSWER);
  g_assert_cmpuint (answered, ==, sequence);
  return rtt_ns;
}

/* An echo to ourselves comes back through the kernel's own answer to it. The first ones may be
 * without a time: the kernel begins to stamp a moment after it was asked to. */
static void
assert_echo (const char *address, VmmPingMethod method)
{
  gint64 rtt_ns = -1;

  VmmWire *wire = open_wire (address, NULL);
  g_assert_nonnull (wire);
  g_assert_cmpint (wire->method, ==, method);
  for (guint16 sequence = 7; rtt_ns < 0 && sequence < 1000; sequence++)
    rtt_ns = get_echo (wire, sequence);
  g_assert_cmpint (rtt_ns, >, 0);
  wire->class->free (wire);
}

static void
in_namespace_with_group (gconstpointer address)
{
  enter_namespace ();
  bring_loopback_up ();
  g_assert_true (write_file ("/proc/sys/net/ipv4/ping_group_range", "1000 1000"));
  assert_echo (address, VMM_PING_ICMP_DATAGRAM);
}

static void
in_namespace_with_capability (gconstpointer address)
{
  enter_namespace ();
  bring_loopback_up ();
  assert_echo (address, VMM_PING_ICMP_RAW);
  g_assert_null (open_wire (address, NULL)); /* the right was given back */
}

static void
in_namespace_without_right (gconstpointer address)
{
  g_autoptr (GError) error = NULL;

  enter_namespace ();
  bring_loopback_up ();
  g_assert_true (vmm_privilege_drop_net_raw ());
  g_assert_null (open_wire (address, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_PERMISSION);
  g_assert_nonnull (strstr (error->message, "raw socket: Operation not permitted"));
  g_assert_nonnull (strstr (error->message, "ping_group_range"));
}

static void
in_namespace_without_way (gconstpointer address)
{
  g_autoptr (GError) error = NULL;

  enter_namespace ();
  g_assert_null (open_wire (address, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_IO);
  g_assert_true (g_str_has_prefix (error->message, address));
}

static const struct {
  const char *name;
  void (*run) (gconstpointer address);
} cases[] = {
  { "group", in_namespace_with_group },
  { "capability", in_namespace_with_capability },
  { "no-right", in_namespace_without_right },
  { "no-way", in_namespace_without_way },
};

static const char *const addresses[] = { "127.0.0.1", "::1" };

static void
test_in_subprocess (gconstpointer path)
{
  g_test_trap_subprocess (NAMESPACE, 0, 0);
  if (!g_test_trap_has_passed ()) {
    g_test_skip ("no namespaces of one's own");
    return;
  }
  g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func (NAMESPACE, enter_namespace);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < G_N_ELEMENTS (addresses); k++) {
      g_autofree char *path = g_strdup_printf ("/icmp-open/%s/v%u", cases[i].name, k ? 6 : 4);
      g_autofree char *subprocess = g_strdup_printf ("%s/subprocess", path);
      g_test_add_data_func_full (path, g_strdup (subprocess), test_in_subprocess, g_free);
      g_test_add_data_func (subprocess, addresses[k], cases[i].run);
    }
  return g_test_run ();
}
