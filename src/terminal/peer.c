/* SPDX-License-Identifier: MIT */
/* peer: the command that answers other guests' --network-peer until it is stopped. */
#include "vmm/peer.h"

#include "command.h"
#include "interrupts.h"
#include "vmm/figure.h"
#include "vmm/loop.h"

#include <glib/gi18n-lib.h>

#define MINUTES 60
#define MAX_MINUTES 1440

static void
quit (gpointer loop)
{
  g_main_loop_quit (loop);
}

static gboolean
on_over (gpointer loop)
{
  quit (loop);
  return G_SOURCE_CONTINUE; /* whoever runs the loop removes it */
}

static VmmExit
tell_begin (const VmmPeerServer *server, int minutes)
{
  g_autofree char *address = vmm_peer_server_get_address (server);
  g_autofree char *line = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Answers at %1$s for %2$d minute. Ctrl-C ends it.",
                   "Answers at %1$s for %2$d minutes. Ctrl-C ends it.", (gulong) minutes),
      address, minutes);

  return vmm_command_say (line);
}

static VmmExit
tell_end (const VmmPeerServer *server)
{
  VmmPeerAccount account;
  char           bytes[VMM_FIGURE_SIZE];

  vmm_peer_server_get_account (server, &account);
  vmm_figure_bytes_of (bytes, (double) account.bytes, 1000);
  g_autofree char *line = g_strdup_printf (_ ("%1$u bursts, %2$s taken, %3$u connections refused"),
                                           account.streams, bytes, account.refused);
  return vmm_command_say (line);
}

static VmmExit
serve (VmmPeerServer *server, GMainLoop *loop, int minutes)
{
  VmmExit exit = tell_begin (server, minutes);

  if (exit != VMM_EXIT_DONE)
    return exit;
  VmmInterrupts *interrupts = vmm_interrupts_new (quit, loop);
  guint          timer = g_timeout_add_seconds ((guint) minutes * 60, on_over, loop);
  g_main_loop_run (loop);
  g_source_remove (timer);
  vmm_interrupts_free (interrupts);
  return tell_end (server);
}

VmmExit
vmm_peer_run (int argc, char **argv)
{
  g_autofree char *address = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  int     minutes = MINUTES;
  VmmExit exit;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &address, N_ ("Only at this address (every one of this guest, port 9781)"), "ADDR:PORT" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &minutes, N_ ("End after so many, 1 to 1440 (60)"), "N" },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  const VmmCommandLine line = {
    .name = "peer",
    .usage = "",
    .summary =
        N_ ("Lets another guest measure how much TCP carries between the two: there, measure "
            "with --network-peer and the address of this guest. What comes is thrown away. "
            "Whoever reaches the address may send, 1 GiB and 1 second at a time at most, one "
            "guest after the other."),
    .entries = entries,
  };

  if (!vmm_command_parse (&line, argc, argv, &arguments, &exit))
    return exit;
  if (minutes < 1 || minutes > MAX_MINUTES)
    return vmm_command_misused ("peer", _ ("--minutes: expected 1 to 1440"));
  g_autoptr (GMainLoop) loop = vmm_loop_new (&error);
  if (!loop)
    return vmm_command_fail (error);
  g_autoptr (VmmPeerServer) server = vmm_peer_server_new (address, &error);
  return server ? serve (server, loop, minutes) : vmm_command_refuse (error);
}
