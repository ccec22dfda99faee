/* SPDX-License-Identifier: MIT */
/* assemble: makes every source that a plan asks for, and the session around them. */
#include "vmm/session.h"

/* What sources are made of. */
typedef struct {
  const VmmPlan *plan;
  VmmHost       *host;
  const char    *root;
  gint64         interval_us;
} Setting;

static VmmSource *
make_clock (const Setting *setting)
{
  return vmm_clock_new (setting->interval_us, NULL, NULL);
}

static VmmSource *
make_cpu (const Setting *setting)
{
  return vmm_cpu_new (setting->root, setting->host);
}

static VmmSource *
make_memory (const Setting *setting)
{
  return vmm_memory_new (setting->root);
}

static VmmSource *
make_disk (const Setting *setting)
{
  return vmm_disk_new (setting->root);
}

static VmmSource *
make_pressure (const Setting *setting)
{
  return vmm_pressure_new (setting->root);
}

static VmmSource *
make_gpu (const Setting *setting)
{
  return vmm_gpu_new (setting->root, NULL);
}

static VmmSource *
make_energy (const Setting *setting)
{
  return vmm_energy_new (setting->root, setting->host);
}

static VmmSource *
make_self (const Setting *setting)
{
  if (setting->host->cpus > 0)
    return vmm_self_new (setting->host->cpus);
  return vmm_self_new (setting->plan->sysroot ? 1 : g_get_num_processors ());
}

/* Under a root that is not this machine's, the default gateway is not ours to ask: only an address
 * that was given is. */
static gboolean
wants_ping (const Setting *setting)
{
  if (!setting->plan->ping_target || g_str_equal (setting->plan->ping_target, "cloud"))
    return !setting->plan->sysroot;
  return !g_str_equal (setting->plan->ping_target, "none");
}

/* None, unless there is a peer. */
static VmmPeerTurns
get_turns (const Setting *setting)
{
  VmmPeerTurns turns = { 0, 0 };

  if (setting->plan->network_peer)
    vmm_peer_turns_init (&turns, setting->interval_us, vmm_plan_ticks (setting->plan));
  return turns;
}

static VmmSource *
make_ping (const Setting *setting)
{
  const VmmPeerTurns turns = get_turns (setting);
  VmmSource *ping = vmm_ping_new (setting->root, setting->plan->ping_target, setting->interval_us);

  vmm_ping_leave (ping, &turns);
  return ping;
}

static gboolean
wants_peer (const Setting *setting)
{
  return setting->plan->network_peer != NULL;
}

static VmmSource *
make_peer (const Setting *setting)
{
  const VmmPeerTurns turns = get_turns (setting);

  return vmm_peer_new (setting->plan->network_peer, &turns);
}

/* On a machine of one's own nobody counts. */
static gboolean
wants_rented (const Setting *setting)
{
  return !g_str_equal (setting->host->cloud_id, "none") || *setting->host->host_hint;
}

static VmmSource *
make_rented (const Setting *setting)
{
  return vmm_rented_new (setting->root, setting->host);
}

static gboolean
wants_asked (const Setting *setting)
{
  return setting->plan->cloud;
}

static VmmSource *
make_asked (const Setting *setting)
{
  return vmm_asked_new (setting->root, setting->host, setting->plan->cloud_events);
}

static gboolean
wants_probes (const Setting *setting)
{
  return setting->plan->probes;
}

static VmmSource *
make_probes (const Setting *setting)
{
  const VmmPlan *plan = setting->plan;

  return vmm_probes_new (&(VmmProbesOptions){ .scratch_dir = plan->scratch_dir,
                                              .interval_us = setting->interval_us,
                                              .seed = plan->seed,
                                              .ticks = vmm_plan_ticks (plan),
                                              .light = plan->light,
                                              .keeps_scratch = plan->keeps_scratch });
}

/* In the order in which they are sampled. */
/* clang-format off */
static const struct {
  gboolean (*is_wanted) (const Setting *setting); /* NULL = always */
  VmmSource *(*make) (const Setting *setting);
} table[] = {
  { NULL,         make_clock },
  { NULL,         make_cpu },
  { NULL,         make_memory },
  { NULL,         make_disk },
  { NULL,         make_pressure },
  { NULL,         make_gpu },
  { NULL,         make_energy },
  { NULL,         make_self },
  { wants_ping,   make_ping },
  { wants_peer,   make_peer },
  { wants_probes, make_probes },
  { wants_rented, make_rented },
  { wants_asked,  make_asked },
};
/* clang-format on */

VmmSession *
vmm_session_new (const VmmPlan *plan, VmmHost *host, GError **error)
{
  if (!vmm_plan_check (plan, error))
    return NULL;

  const Setting setting = { .plan = plan,
                            .host = host,
                            .root = plan->sysroot ? plan->sysroot : "/",
                            .interval_us = plan->interval_ms * G_GINT64_CONSTANT (1000) };
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (!table[i].is_wanted || table[i].is_wanted (&setting))
      g_ptr_array_add (sources, table[i].make (&setting));
  return vmm_session_new_with_sources (plan, host, sources, error);
}
