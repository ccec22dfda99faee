/* SPDX-License-Identifier: MIT */
/* rented: what a cloud counts against its guest in a window, and whether it moved it.
 *
 * A card may take seconds to answer, so it is asked on a worker, at a window's beginning and end. */
#include "rented.h"

#include "vmm/sources.h"

#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_US                                                                                \
  (200 * G_TIME_SPAN_MILLISECOND) /* for the last answer; usual are microseconds */

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

/* One answer, on its way: its worker's and the source's. */
typedef struct {
  int         refs; /* atomic */
  EthtoolCall call;
  GStrv       devices;
  GMutex      lock;
  GCond       changed;
  gboolean    done;
  double      counts[VMM_N_RENTED]; /* NAN = no card has it */
} Answer;

typedef struct {
  VmmSource     base;
  EthtoolCall   call;
  char         *root;
  GStrv         devices;
  Answer       *first, *last; /* NULL = not asked for */
  char         *host;         /* the hint at the window's beginning */
  VmmRentedInfo info;
} Rented;

static void
unref_answer (Answer *answer)
{
  if (!answer || !g_atomic_int_dec_and_test (&answer->refs))
    return;
  g_strfreev (answer->devices);
  g_mutex_clear (&answer->lock);
  g_cond_clear (&answer->changed);
  g_free (answer);
}

static gpointer
work (gpointer data)
{
  Answer *answer = data;
  double  counts[VMM_N_RENTED];
  int     fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  for (guint i = 0; i < VMM_N_RENTED; i++)
    counts[i] = NAN;
  for (guint i = 0; fd >= 0 && answer->devices[i]; i++)
    ethtool_add (answer->call, fd, answer->devices[i], names, VMM_N_RENTED, counts);
  if (fd >= 0)
    close (fd);
  g_mutex_lock (&answer->lock);
  memcpy (answer->counts, counts, sizeof counts);
  answer->done = TRUE;
  g_cond_signal (&answer->changed);
  g_mutex_unlock (&answer->lock);
  unref_answer (answer);
  return NULL;
}

/* NULL when there is no card to ask, or nobody to do it. */
static Answer *
ask (const Rented *rented)
{
  g_autoptr (GThread) thread = NULL;
  Answer *answer;

  if (!rented->devices[0])
    return NULL;
  answer = g_new0 (Answer, 1);
  *answer = (Answer){ .refs = 2, .call = rented->call, .devices = g_strdupv (rented->devices) };
  g_mutex_init (&answer->lock);
  g_cond_init (&answer->changed);
  thread = g_thread_try_new ("rented", work, answer, NULL);
  if (thread)
    return answer;
  answer->refs = 1;
  unref_answer (answer);
  return NULL;
}

/* FALSE when there is none by then. */
static gboolean
await (Answer *answer, double counts[VMM_N_RENTED])
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;
  gboolean     done;

  if (!answer)
    return FALSE;
  g_mutex_lock (&answer->lock);
  while (!answer->done && g_cond_wait_until (&answer->changed, &answer->lock, end_us))
    ;
  done = answer->done;
  memcpy (counts, answer->counts, sizeof answer->counts);
  g_mutex_unlock (&answer->lock);
  return done;
}

static void
forget (Rented *rented)
{
  g_clear_pointer (&rented->first, unref_answer);
  g_clear_pointer (&rented->last, unref_answer);
  g_clear_pointer (&rented->host, g_free);
}

static void
window_begins (VmmSource *source, gint64 now_us)
{
  Rented *rented = (Rented *) source;

  forget (rented);
  vmm_rented_init (&rented->info);
  rented->first = ask (rented);
  rented->host = vmm_host_read_hint (rented->root);
}

static void
window_ends (VmmSource *source)
{
  Rented          *rented = (Rented *) source;
  g_autofree char *host = vmm_host_read_hint (rented->root);

  rented->last = ask (rented);
  rented->info.moved = rented->host && *rented->host && *host && strcmp (rented->host, host) != 0;
}

/* A counter that fell was reset: nobody knows what it would have said. */
static void
subtract (const double first[VMM_N_RENTED], const double last[VMM_N_RENTED], double *counts)
{
  for (guint i = 0; i < VMM_N_RENTED; i++)
    counts[i] = last[i] >= first[i] ? last[i] - first[i] : NAN;
}

static void
describe (VmmSource *source, VmmDescription *description)
{
  Rented *rented = (Rented *) source;
  double  first[VMM_N_RENTED], last[VMM_N_RENTED];

  if (rented->last && await (rented->first, first) && await (rented->last, last))
    subtract (first, last, rented->info.counts);
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

  forget (rented);
  g_strfreev (rented->devices);
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
  Rented *rented = g_new0 (Rented, 1);

  rented->base.class = &class;
  rented->call = call;
  rented->root = g_strdup (root);
  rented->devices = call ? list_cards (host) : g_new0 (char *, 1);
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
