/* SPDX-License-Identifier: MIT */
/* test_gpu: cards of made trees, and a library that fails in every way that can be told. */
#include "instrument.h"

#include "gpu.h"

#include <dlfcn.h>

#define CARD "sys/class/drm/card1/"
#define SECOND ((gint64) G_USEC_PER_SEC)

static const VmmChannelId channels[] = { VMM_CHANNEL_GPU_BUSY, VMM_CHANNEL_GPU_MEMORY,
                                         VMM_CHANNEL_GPU_POWER };

static void
write_card (const Instrument *instrument, guint n, const char *name, const char *text)
{
  g_autofree char *path = g_strdup_printf ("sys/class/drm/card%u/%s", n, name);
  machine_write (instrument->root, path, text);
}

static void
set_driver (const Instrument *instrument, guint n, const char *driver)
{
  g_autofree char *directory =
      g_strdup_printf ("%s/sys/class/drm/card%u/device", instrument->root, n);
  g_autofree char *link = g_build_filename (directory, "driver", NULL);
  g_autofree char *target = g_strconcat ("../../../bus/pci/drivers/", driver, NULL);

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_assert_cmpint (symlink (target, link), ==, 0);
}

static void
begin (Instrument *instrument)
{
  instrument->source = vmm_gpu_new (instrument->root, NULL);
  instrument->now_us = 100 * SECOND;
  vmm_source_start (instrument->source, instrument->now_us);
}

static void
assert_none (const Instrument *instrument, VmmCause cause)
{
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++) {
    VmmReason reason = vmm_source_reason (instrument->source, channels[i]);
    g_assert_cmpint (vmm_absence (instrument->row[channels[i]]), ==, VMM_NOT_EXPOSED);
    g_assert_cmpstr (vmm_cause_id (reason.cause), ==, vmm_cause_id (cause));
    g_assert_nonnull (reason.sentence);
  }
}

/* ---- Cards */

static void
write_amdgpu (const Instrument *instrument, guint n, const char *busy, const char *watts)
{
  set_driver (instrument, n, "amdgpu");
  write_card (instrument, n, "device/gpu_busy_percent", busy);
  write_card (instrument, n, "device/mem_info_vram_used", "2147483648\n");
  write_card (instrument, n, "device/mem_info_vram_total", "8589934592\n");
  write_card (instrument, n, "device/hwmon/hwmon4/power1_average", watts);
}

/* All three values are of the busiest card. */
static void
test_amdgpu (Instrument *instrument, gconstpointer data)
{
  write_amdgpu (instrument, 1, "12\n", "33000000\n");
  write_amdgpu (instrument, 10, "65\n", "145000000\n");
  write_card (instrument, 10, "device/mem_info_vram_used", "4294967296\n");
  machine_write (instrument->root, "sys/class/drm/card1-HDMI-A-1/device/gpu_busy_percent", "99\n");
  begin (instrument);
  instrument_sample (instrument, SECOND);
  assert_value (instrument->row, GPU_BUSY, 65);
  assert_value (instrument->row, GPU_MEMORY, 50);
  assert_value (instrument->row, GPU_POWER, 145);

  write_card (instrument, 10, "device/gpu_busy_percent", "65535\n");
  instrument_sample (instrument, SECOND);
  assert_value (instrument->row, GPU_BUSY, 12);
  assert_value (instrument->row, GPU_POWER, 33);
  write_card (instrument, 1, "device/gpu_busy_percent", "65535\n");
  write_card (instrument, 1, "device/mem_info_vram_total", "0\n");
  write_card (instrument, 10, "device/mem_info_vram_total", "0\n");
  instrument_sample (instrument, SECOND);
  assert_absent (instrument->row, GPU_BUSY, FAILED);
  assert_absent (instrument->row, GPU_MEMORY, FAILED);
  assert_reason (instrument->source, GPU_MEMORY, "what the GPU tells cannot be");
}

/* A sleeping card is busy for 0 %, and nothing of it is read. */
static void
test_asleep (Instrument *instrument, gconstpointer data)
{
  write_amdgpu (instrument, 1, "12\n", "33000000\n");
  write_card (instrument, 1, "device/power/runtime_status", "suspended\n");
  begin (instrument);
  write_card (instrument, 1, "device/gpu_busy_percent", "not to be read\n");
  instrument_sample (instrument, SECOND);
  assert_value (instrument->row, GPU_BUSY, 0);
  assert_absent (instrument->row, GPU_POWER, PENDING);
  assert_reason (instrument->source, GPU_POWER, "*asleep*");
  write_card (instrument, 1, "device/power/runtime_status", "active\n");
  write_card (instrument, 1, "device/gpu_busy_percent", "7\n");
  instrument_sample (instrument, SECOND);
  assert_value (instrument->row, GPU_BUSY, 7);
  assert_value (instrument->row, GPU_POWER, 33);
}

/* A virtual function has memory, and no sensors. */
static void
test_function (Instrument *instrument, gconstpointer data)
{
  set_driver (instrument, 0, "amdgpu");
  write_card (instrument, 0, "device/mem_info_vram_used", "1\n");
  write_card (instrument, 0, "device/mem_info_vram_total", "4\n");
  begin (instrument);
  instrument_sample (instrument, SECOND);
  assert_absent (instrument->row, GPU_BUSY, NOT_EXPOSED);
  assert_reason (instrument->source, GPU_BUSY, "*virtual functions");
  assert_value (instrument->row, GPU_MEMORY, 25);
  assert_absent (instrument->row, GPU_POWER, NOT_EXPOSED);
}

static void
test_residency (Instrument *instrument, gconstpointer driver)
{
  const char *idle = g_str_equal (driver, "xe") ? "device/tile0/gt0/gtidle/idle_residency_ms"
                                                : "gt/gt0/rc6_residency_ms";

  set_driver (instrument, 0, driver);
  write_card (instrument, 0, idle, "1000\n");
  write_card (instrument, 0, "device/hwmon/hwmon2/energy1_input", "5000000\n");
  begin (instrument);
  write_card (instrument, 0, idle, "1750\n");
  write_card (instrument, 0, "device/hwmon/hwmon2/energy1_input", "20000000\n");
  instrument_sample (instrument, SECOND);
  assert_value (instrument->row, GPU_BUSY, 25);
  assert_reason (instrument->source, GPU_BUSY, "*at most");
  assert_value (instrument->row, GPU_POWER, 15);
  write_card (instrument, 0, idle, "3\n");
  instrument_sample (instrument, SECOND);
  assert_absent (instrument->row, GPU_BUSY, PENDING);
  write_card (instrument, 0, idle, "1503\n"); /* more than the time that passed */
  instrument_sample (instrument, SECOND);
  assert_value (instrument->row, GPU_BUSY, 0);
}

static void
test_silent (Instrument *instrument, gconstpointer data)
{
  begin (instrument);
  instrument_sample (instrument, SECOND);
  assert_none (instrument, VMM_CAUSE_NO_GPU);
  vmm_source_free (instrument->source);

  set_driver (instrument, 0, "virtio-pci");
  begin (instrument);
  instrument_sample (instrument, SECOND);
  assert_none (instrument, VMM_CAUSE_GPU_SILENT);
  assert_reason (instrument->source, GPU_BUSY, "virtio_gpu tells*");
}

/* ---- NVIDIA's library */

typedef void (*Set) (const char *function, int result, unsigned busy, unsigned sleep_s);

static const char *const functions[] = {
  "nvmlInit_v2",
  "nvmlShutdown",
  "nvmlDeviceGetCount_v2",
  "nvmlDeviceGetHandleByIndex_v2",
  "nvmlDeviceGetUtilizationRates",
  "nvmlDeviceGetMemoryInfo",
  "nvmlDeviceGetPowerUsage",
};

static char *
get_library (const char *without)
{
  return g_strdup_printf ("%s/nvml%s%s.so", g_getenv ("FAKE_NVML"), without ? "_" : "",
                          without ? without : "");
}

/* Keeps the library loaded, so that what is told to it stays told. */
static Set
get_set (void)
{
  static void     *handle;
  g_autofree char *library = get_library (NULL);

  if (!handle)
    handle = dlopen (library, RTLD_NOW);
  g_assert_nonnull (handle);
  return (Set) dlsym (handle, "fake_nvml_set");
}

static void
ask (Instrument *instrument, const char *library)
{
  machine_write (instrument->root, "proc/driver/nvidia/version", "NVRM version: 580\n");
  instrument->source = vmm_gpu_new (instrument->root, library);
  instrument->now_us = 100 * SECOND;
  gpu_settle (instrument->source);
  vmm_source_start (instrument->source, instrument->now_us);
  gpu_settle (instrument->source);
  instrument_sample (instrument, SECOND);
}

static void
test_nvml (Instrument *instrument, gconstpointer data)
{
  g_autofree char *library = get_library (NULL);

  get_set () (NULL, 0, 100, 0);
  ask (instrument, library);
  assert_value (instrument->row, GPU_BUSY, 100);
  assert_value (instrument->row, GPU_MEMORY, 25);
  assert_value (instrument->row, GPU_POWER, 81.3);
}

static void
test_nvml_lacking (Instrument *instrument, gconstpointer data)
{
  ask (instrument, "/nowhere/libnvidia-ml.so.1");
  assert_none (instrument, VMM_CAUSE_NVML_ABSENT);
  g_clear_pointer (&instrument->source, vmm_source_free);
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++) {
    g_autofree char *library = get_library (functions[i]);
    ask (instrument, library);
    assert_none (instrument, VMM_CAUSE_NVML_OLD);
    g_clear_pointer (&instrument->source, vmm_source_free);
  }
}

/* Every function with every code: what it tells is absent, and the rest is there. */
static void
test_nvml_failing (Instrument *instrument, gconstpointer data)
{
  static const int codes[] = { 1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                               16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 999 };
  g_autofree char *library = get_library (NULL);

  for (guint f = 0; f < G_N_ELEMENTS (functions); f++)
    for (guint c = 0; c < G_N_ELEMENTS (codes); c++) {
      guint present = 0;

      get_set () (functions[f], codes[c], 40, 0);
      ask (instrument, library);
      for (guint i = 0; i < G_N_ELEMENTS (channels); i++) {
        VmmAbsence absence = vmm_absence (instrument->row[channels[i]]);
        present += absence == VMM_PRESENT;
        if (absence == VMM_PRESENT)
          continue;
        g_assert_cmpint (absence, ==,
                         codes[c] == 3 || codes[c] == 4 || codes[c] == 13 ||
                                 g_str_has_suffix (functions[f], "ByIndex_v2")
                             ? VMM_NOT_EXPOSED
                             : VMM_FAILED);
        g_assert_nonnull (vmm_source_reason (instrument->source, channels[i]).sentence);
      }
      g_assert_cmpuint (present, ==, f == 1 ? 3 : f < 4 ? 0 : 2);
      g_clear_pointer (&instrument->source, vmm_source_free);
    }
  get_set () (NULL, 0, 0, 0);
}

/* Ticks go on while it sleeps, after 10 s it is given up, and nobody waits for it at the end. */
static void
test_nvml_sleeping (Instrument *instrument, gconstpointer data)
{
  g_autofree char *library = get_library (NULL);

  get_set () ("nvmlInit_v2", 0, 40, 30);
  machine_write (instrument->root, "proc/driver/nvidia/version", "NVRM version: 580\n");
  instrument->source = vmm_gpu_new (instrument->root, library);
  instrument_sample (instrument, SECOND);
  assert_absent (instrument->row, GPU_BUSY, PENDING);
  instrument_sample (instrument, 9 * SECOND);
  assert_absent (instrument->row, GPU_BUSY, PENDING);
  instrument_sample (instrument, SECOND);
  assert_absent (instrument->row, GPU_BUSY, FAILED);
  assert_reason (instrument->source, GPU_BUSY, "did not answer*");
}

/* What dies in its library dies: the library lives in this process. */
static void
test_nvml_aborting (Instrument *instrument, gconstpointer data)
{
  if (g_test_subprocess ()) {
    g_autofree char *library = get_library (NULL);
    get_set () ("nvmlDeviceGetUtilizationRates", -1, 0, 0);
    ask (instrument, library);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static void
test_not_asked (Instrument *instrument, gconstpointer data)
{
  machine_write (instrument->root, "proc/driver/nvidia/version", "NVRM version: 580\n");
  begin (instrument); /* another machine's files, and no library was named */
  instrument_sample (instrument, SECOND);
  assert_absent (instrument->row, GPU_BUSY, OFF);
  assert_reason (instrument->source, GPU_BUSY, "--sysroot*");
}

/* What this process has open, loaded and running. */
static guint
count_entries (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

static char *
print_state (void)
{
  g_autofree char *maps = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  return g_strdup_printf ("%u open, %u threads, nvml %s", count_entries ("/proc/self/fd"),
                          count_entries ("/proc/self/task"),
                          strstr (maps, "/nvml_nvmlShutdown.so") ? "loaded" : "not loaded");
}

/* Where there is nothing, nothing is opened, loaded or started. The library lacks a function, so that
 * no other test has it loaded. */
static void
test_nothing (Instrument *instrument, gconstpointer data)
{
  static const VmmHost host = { .vmm_id = "kvm", .container = "none" };
  g_autofree char     *library = get_library ("nvmlShutdown");
  g_autofree char     *before = print_state ();

  instrument->source = vmm_gpu_new (instrument->root, library);
  VmmSource *energy = vmm_energy_new (instrument->root, &host);
  vmm_source_start (instrument->source, 0);
  vmm_source_start (energy, 0);
  instrument_sample (instrument, SECOND);
  vmm_source_sample (energy, SECOND, instrument->row);
  g_autofree char *with_nothing = print_state ();
  g_assert_cmpstr (with_nothing, ==, before);
  vmm_source_free (energy);
  g_clear_pointer (&instrument->source, vmm_source_free);

  ask (instrument, library); /* and with the driver's file it would be seen */
  g_autofree char *with_driver = print_state ();
  g_assert_nonnull (strstr (with_driver, "nvml loaded"));
}

static void
test_fixtures (void)
{
  g_autoptr (GDir) dir = g_dir_open (g_getenv ("FIXTURES"), 0, NULL);
  const char *name;
  guint       n = 0;

  for (; (name = g_dir_read_name (dir)); n++) {
    g_autofree char *root = machine_fixture (name);
    g_autoptr (VmmSource) gpu = vmm_gpu_new (root, NULL);
    float row[VMM_N_CHANNELS];

    vmm_source_start (gpu, SECOND);
    vmm_source_sample (gpu, 2 * SECOND, row);
    for (guint i = 0; i < G_N_ELEMENTS (channels); i++) {
      g_assert_cmpint (vmm_absence (row[channels[i]]), ==, VMM_NOT_EXPOSED);
      g_assert_nonnull (vmm_source_reason (gpu, channels[i]).sentence);
    }
  }
  g_assert_cmpuint (n, >=, 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, function)                                                                  \
  g_test_add (name, Instrument, data, instrument_set_up, function, instrument_tear_down)
  ADD ("/gpu/amdgpu", NULL, test_amdgpu);
  ADD ("/gpu/asleep", NULL, test_asleep);
  ADD ("/gpu/function", NULL, test_function);
  ADD ("/gpu/i915", "i915", test_residency);
  ADD ("/gpu/xe", "xe", test_residency);
  ADD ("/gpu/silent", NULL, test_silent);
  ADD ("/gpu/nothing", NULL, test_nothing);
  ADD ("/gpu/nvml", NULL, test_nvml);
  ADD ("/gpu/nvml/lacking", NULL, test_nvml_lacking);
  ADD ("/gpu/nvml/failing", NULL, test_nvml_failing);
  ADD ("/gpu/nvml/aborting", NULL, test_nvml_aborting);
  ADD ("/gpu/nvml/not-asked", NULL, test_not_asked);
  g_test_add_func ("/gpu/fixtures", test_fixtures);
  ADD ("/gpu/nvml/sleeping", NULL, test_nvml_sleeping); /* the last: its thread goes on */
  return g_test_run ();
}
