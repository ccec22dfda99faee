/* SPDX-License-Identifier: MIT */
/* metric: the table of metrics. */
#include "vmm/metric.h"
#include "vmm/channel.h"

#include <glib/gi18n-lib.h>

#define NO_GRAPH .main = -1, .secondary = -1

/* clang-format off */
/* Stolen is our own estimate of what steal tells: it counts where it is more. */
static const VmmLayer cpu_layers[] = {
  { VMM_CHANNEL_CPU_USER,   VMM_CHANNEL_CPU_USER,   VMM_LAYER_WITHIN, "user" },
  { VMM_CHANNEL_CPU_BUSY,   VMM_CHANNEL_CPU_SYSTEM, VMM_LAYER_WITHIN, "system" },
  { VMM_CHANNEL_CPU_IOWAIT, VMM_CHANNEL_CPU_IOWAIT, VMM_LAYER_ON,     "iowait" },
  { VMM_CHANNEL_CPU_STEAL,  VMM_CHANNEL_CPU_STEAL,  VMM_LAYER_ON,     "steal" },
  { VMM_CHANNEL_CPU_STOLEN, VMM_CHANNEL_CPU_STOLEN, VMM_LAYER_BEYOND, "stolen" },
};

static const VmmMetricInfo metrics[VMM_N_METRICS] = {
  [VMM_METRIC_CPU] = {
    "cpu", N_ ("CPU"), TRUE, FALSE, NC_ ("score line", "CPU"), VMM_HUE_BLUE,
    .main = VMM_CHANNEL_CPU_BUSY, .secondary = VMM_CHANNEL_CPU_STEAL, .top = 100,
    .layers = cpu_layers, .n_layers = G_N_ELEMENTS (cpu_layers),
    .unit = /* xgettext:no-c-format */ N_ ("% busy"),
    .help = N_ ("Busy: the share of time in which the CPUs of this guest worked.") },
  [VMM_METRIC_MEMORY] = {
    "memory", N_ ("Memory"), TRUE, FALSE, NC_ ("score line", "memory"), VMM_HUE_GREEN,
    .main = VMM_CHANNEL_MEMORY_USED, .secondary = VMM_CHANNEL_MEMORY_CACHE, .top = 100,
    .unit = /* xgettext:no-c-format */ N_ ("% used"),
    .help = N_ ("Used: memory that programs hold and that could not be given to others at once.") },
  [VMM_METRIC_DISK] = {
    "disk", N_ ("Disk"), TRUE, FALSE, NC_ ("score line", "disk"), VMM_HUE_YELLOW,
    .graph = N_ ("Disk I/O"),
    .main = VMM_CHANNEL_DISK_READ, .secondary = VMM_CHANNEL_DISK_WRITE, .least = 1,
    .is_opposed = TRUE,
    .help = N_ ("Read and write: what went through this guest's disks in a second.") },
  [VMM_METRIC_NETWORK] = {
    "network", N_ ("Network"), TRUE, FALSE, NC_ ("score line", "network"), VMM_HUE_RED,
    .graph = N_ ("Network latency"),
    .main = VMM_CHANNEL_NETWORK_RTT, .secondary = VMM_CHANNEL_NETWORK_JITTER, .least = 0.1,
    .unit = N_ ("ms"),
    .help = N_ ("Latency: the time from an echo sent to the target to its answer.") },
  [VMM_METRIC_PEER]     = { "peer",     N_ ("Peer"),     TRUE,  FALSE, NO_GRAPH },
  [VMM_METRIC_PRESSURE] = { "pressure", N_ ("Pressure"), TRUE,  FALSE, NO_GRAPH },
  [VMM_METRIC_GPU] = {
    "gpu", N_ ("GPU"), TRUE, TRUE, NULL, VMM_HUE_PURPLE,
    .main = VMM_CHANNEL_GPU_BUSY, .secondary = VMM_CHANNEL_GPU_MEMORY, .top = 100,
    .unit = /* xgettext:no-c-format */ N_ ("% busy"),
    .help = N_ ("Busy GPU: the share of time in which the busiest GPU worked.") },
  [VMM_METRIC_ENERGY] = {
    "energy", N_ ("Energy"), TRUE, TRUE, NULL, VMM_HUE_TEAL,
    .main = VMM_CHANNEL_ENERGY_GUEST, .secondary = VMM_CHANNEL_ENERGY_MACHINE, .least = 1,
    .stands_in = TRUE,
    .help = N_ ("Energy: what this guest takes, as its host tells it.") },
  [VMM_METRIC_CLOCK]    = { "clock",    N_ ("Clock"),    FALSE, FALSE, NO_GRAPH },
  [VMM_METRIC_SELF]     = { "self",     N_ ("Own cost"), FALSE, FALSE, NO_GRAPH },
  [VMM_METRIC_PROBE]    = { "probe",    N_ ("Probes"),   FALSE, FALSE, NO_GRAPH },
};

static const VmmMetric graphs[] = {
#define ROW(ID, graph, category) VMM_IF_##graph (VMM_METRIC_##ID)
  VMM_METRICS (ROW)
#undef ROW
};

static const VmmMetric categories[] = {
#define ROW(ID, graph, category) VMM_IF_##category (VMM_METRIC_##ID)
  VMM_METRICS (ROW)
#undef ROW
};
/* clang-format on */

static const char *const hues[VMM_N_HUES] = { "blue", "green", "yellow", "red", "purple", "teal" };

const VmmMetricInfo *
vmm_metric (VmmMetric metric)
{
  g_return_val_if_fail ((guint) metric < VMM_N_METRICS, NULL);
  return &metrics[metric];
}

VmmMetric
vmm_graph_metric (VmmGraphId graph)
{
  g_return_val_if_fail ((guint) graph < VMM_N_GRAPHS, 0);
  return graphs[graph];
}

VmmMetric
vmm_category_metric (VmmCategory category)
{
  g_return_val_if_fail ((guint) category < VMM_N_CATEGORIES, 0);
  return categories[category];
}

const VmmMetricInfo *
vmm_category (VmmCategory category)
{
  return vmm_metric (vmm_category_metric (category));
}

const char *
vmm_hue_name (VmmHue hue)
{
  g_return_val_if_fail ((guint) hue < VMM_N_HUES, NULL);
  return hues[hue];
}
