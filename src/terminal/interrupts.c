/* SPDX-License-Identifier: MIT */
/* interrupts: a GSource for each thing that can interrupt. */
#include "interrupts.h"

#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

static const int stops[] = { SIGINT, SIGTERM, SIGHUP };

struct _VmmInterrupts {
  VmmInterrupt stop, resize;
  gpointer     data;
  GSource     *sources[G_N_ELEMENTS (stops) + 2]; /* and size and keys */
  guint        n_sources;
};

static void
listen_to (VmmInterrupts *interrupts, GSource *source, GSourceFunc heard)
{
  g_source_set_callback (source, heard, interrupts, NULL);
  g_source_attach (source, NULL);
  interrupts->sources[interrupts->n_sources++] = source;
}

static gboolean
on_stop (gpointer data)
{
  const VmmInterrupts *interrupts = data;

  interrupts->stop (interrupts->data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_resize (gpointer data)
{
  const VmmInterrupts *interrupts = data;

  interrupts->resize (interrupts->data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_key (int fd, GIOCondition condition, gpointer data)
{
  char   key;
  gssize n = read (fd, &key, 1);

  if (n == 1 && (key == 'q' || key == 'Q'))
    on_stop (data);
  return n > 0;
}

VmmInterrupts *
vmm_interrupts_new (VmmInterrupt stop, gpointer data)
{
  VmmInterrupts *interrupts = g_new0 (VmmInterrupts, 1);

  interrupts->stop = stop;
  interrupts->data = data;
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    listen_to (interrupts, g_unix_signal_source_new (stops[i]), on_stop);
  return interrupts;
}

void
vmm_interrupts_free (VmmInterrupts *interrupts)
{
  for (guint i = 0; i < interrupts->n_sources; i++) {
    g_source_destroy (interrupts->sources[i]);
    g_source_unref (interrupts->sources[i]);
  }
  g_free (interrupts);
}

void
vmm_interrupts_watch_size (VmmInterrupts *interrupts, VmmInterrupt resize)
{
  interrupts->resize = resize;
  listen_to (interrupts, g_unix_signal_source_new (SIGWINCH), on_resize);
}

void
vmm_interrupts_watch_keys (VmmInterrupts *interrupts)
{
  listen_to (interrupts, g_unix_fd_source_new (STDIN_FILENO, G_IO_IN | G_IO_HUP),
             G_SOURCE_FUNC (on_key));
}
