/* SPDX-License-Identifier: MIT */
/* rented: what a cloud counts against its guest in a window, and whether it moved it.
 *
 * A card may take seconds to answer, so it is asked aside, at a window's beginning and end. */
#include "rented.h"

#include "vmm/aside.h"
#include "vmm/sources.h"

#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* For an answer at a window's end, once; usual are microseconds. */
#define PATIENCE_US (200 * G_TIME_SPAN_MILLISECOND)

/* Amazon: amzn-drivers, kernel/linux/ena/ena_ethtool.c; Azure: Linux, drivers/net/hyperv/netvsc_drv.c. */
static const char *const names[VMM_N_RENTED] = {
  [VMM_RENTED_IN] = "bw_in_allowance_exceeded",
  [VMM_RENTED_OUT] = "bw_out_allowance_exceeded",
  [VMM_RENTED_PACKETS] = "pps_allowance_exceeded",
  [VMM_RENTED_CONNECTIONS] = "conntrack_allowance_exceeded",
  [VMM_RENTED_SERVICES] = "linklocal_allowance_exceeded",
  [VMM_RENTED_FUNCTION] = "vf_tx_packets",
};
static const char *const drivers[] = { "ena", "hv_netvsc" };

typedef struct {
  EthtoolCall call;
  GStrv       devices;
} Cards;

typedef struct {
  double counts[VMM_N_RENTED]; /* NAN = no card has it */
} Answer;

typedef struct {
  VmmSource     base;
  char         *root;
  VmmAside     *cards;    /* NULL = there is none to ask */
  gboolean      is_asked; /* and the answer is not taken */
  gboolean      is_over;  /* the window, at whose end they were asked again */
  Answer        first;
  char         *host; /* the hint at the window's beginning */
  VmmRentedInfo info;
} Rented;

/* ---- On the worker */

static void
work (gpointer state, gint64 now_us, gpointer draft)
{
  const Cards *cards = state;
  Answer      *answer = draft;
  int          fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  for (guint i = 0; i < VMM_N_RENTED; i++)
    answer->counts[i] = NAN;
  for (guint i = 0; fd >= 0 && cards->devices[i]; i++)
    ethtool_add (cards->call, fd, cards->devices[i], names, VMM_N_RENTED, answer->counts);
  if (fd >= 0)
    close (fd);
}

static void
clear (gpointer state)
{
  g_strfreev (((Cards *) state)->devices);
  g_free (state);
}

static const VmmAsideClass asking = {
  .name = "vmm-rented",
  .work = work,
  .clear = clear,
  .answer_size = sizeof (Answer),
};

/* ---- On the caller's thread */

/* FALSE when there is none of what was asked for this window. One that hangs is waited for no more. */
static gboolean
take (Rented *rented, Answer *ret_answer)
{
  VmmCause cause;
  gboolean is_answered = rented->is_asked && vmm_aside_settle (rented->cards, PATIENCE_US) &&
                         vmm_aside_take (rented->cards, 0, ret_answer, &cause);

  rented->is_asked = FALSE;
  return is_answered;
}

static void
ask (Rented *rented)
{
  rented->is_asked = rented->cards && vmm_aside_ask (rented->cards, 0);
}

static void
window_begins (VmmSource *source, gint64 now_us)
{
  Rented *rented = (Rented *) source;
  Answer  old;

  take (rented, &old);
  vmm_rented_init (&rented->info);
  rented->is_over = FALSE;
  g_free (rented->host);
  rented->host = vmm_host_read_hint (rented->root);
  ask (rented);
}

static void
window_ends (VmmSource *source)
{
  Rented          *rented = (Rented *) source;
  g_autofree char *host = vmm_host_read_hint (rented->root);

  rented->info.moved = rented->host && *rented->host && *host && strcmp (rented->host, host) != 0;
  rented->is_over = take (rented, &rented->first);
  if (rented->is_over)
    ask (rented);
}

/* A counter that fell was reset: nobody knows what it would have said. */
static void
subtract (const double *first, const double *last, double *counts)
{
  for (guint i = 0; i < VMM_N_RENTED; i++)
    counts[i] = last[i] >= first[i] ? last[i] - first[i] : NAN;
}

static void
describe (VmmSource *source, VmmDescription *description)
{
  Rented *rented = (Rented *) source;
  Answer  last;

  if (rented->is_over && take (rented, &last))
    subtract (rented->first.counts, last.counts, rented->info.counts);
  description->rented = rented->info;
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
}

static void
free_rented (VmmSource *source)
{
  Rented *rented = (Rented *) source;

  vmm_aside_free (rented->cards);
  g_free (rented->host);
  g_free (rented->root);
  g_free (rented);
}

static const VmmSourceClass class = {
  .name = "rented",
  .window_begins = window_begins,
  .window_ends = window_ends,
  .sample = sample,
  .describe = describe,
  .free = free_rented,
};

static GStrv
list_cards (const VmmHost *host)
{
  g_autoptr (GStrvBuilder) cards = g_strv_builder_new ();

  for (guint i = 0; i < host->n_devices; i++)
    for (guint k = 0; k < G_N_ELEMENTS (drivers); k++)
      if (strcmp (host->devices[i].driver, drivers[k]) == 0)
        g_strv_builder_add (cards, host->devices[i].name);
  return g_strv_builder_end (cards);
}

VmmSource *
rented_new_with_call (const char *root, const VmmHost *host, EthtoolCall call)
{
  g_auto (GStrv) devices = list_cards (host);
  Rented *rented = g_new0 (Rented, 1);

  rented->base.class = &class;
  rented->root = g_strdup (root);
  if (call && devices[0]) {
    const Cards cards = { call, g_steal_pointer (&devices) };
    rented->cards = vmm_aside_new (&asking, g_memdup2 (&cards, sizeof cards));
  }
  vmm_rented_init (&rented->info);
  return &rented->base;
}

static int
call_kernel (int fd, unsigned long request, void *argument)
{
  return ioctl (fd, request, argument);
}

VmmSource *
vmm_rented_new (const char *root, const VmmHost *host)
{
  return rented_new_with_call (root, host, strcmp (root, "/") == 0 ? call_kernel : NULL);
}

void
vmm_rented_init (VmmRentedInfo *ret_info)
{
  *ret_info = (VmmRentedInfo){ .moved = FALSE };
  for (guint i = 0; i < VMM_N_RENTED; i++)
    ret_info->counts[i] = NAN;
}
