/* SPDX-License-Identifier: MIT */
/* test_settings: what is kept comes back; what is damaged, strange or out of range is left alone. */
#include "vmm/settings.h"

#include "vmm/channel.h"
#include "vmm/ring.h"
#include "vmm/store.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct {
  char *directory, *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->directory = g_dir_make_tmp ("test_settings-XXXXXX", NULL);
  place->path = g_build_filename (place->directory, "below", "settings.ini", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_autofree char *below = g_path_get_dirname (place->path);

  g_remove (place->path);
  g_remove (below);
  g_assert_cmpint (g_remove (place->directory), ==, 0); /* nothing else was left */
  g_free (place->path);
  g_free (place->directory);
}

static void
write_text (const Place *place, const char *text)
{
  g_autofree char *below = g_path_get_dirname (place->path);

  g_mkdir_with_parents (below, 0700);
  g_assert_true (g_file_set_contents (place->path, text, -1, NULL));
}

static void
assert_same (const VmmSettings *a, const VmmSettings *b)
{
  g_assert_cmpuint (a->interval_ms, ==, b->interval_ms);
  g_assert_cmpuint (a->history_s, ==, b->history_s);
  g_assert_cmpstr (a->ping_target, ==, b->ping_target);
  g_assert_cmpint (a->light, ==, b->light);
  g_assert_cmpint (a->cloud, ==, b->cloud);
  g_assert_cmpint (a->save, ==, b->save);
  g_assert_cmpint (a->units, ==, b->units);
  g_assert_cmpstr (a->fleet, ==, b->fleet);
  g_assert_cmpint (a->scheme, ==, b->scheme);
  g_assert_cmpstr (a->fleet_password, ==, b->fleet_password);
  g_assert_cmpstr (a->fleet_ca, ==, b->fleet_ca);
}

static void
assert_defaults (const Place *place)
{
  g_auto (VmmSettings) loaded = { 0 }, defaults = { 0 };

  vmm_settings_init (&loaded);
  vmm_settings_init (&defaults);
  vmm_settings_load (&loaded, place->path);
  assert_same (&loaded, &defaults);
}

static void
test_round_trip (Place *place, gconstpointer data)
{
  guint        n;
  const guint *histories = vmm_settings_histories (&n);

  for (guint i = 0; i < 3 * n; i++) {
    static const char *const targets[] = { "none", NULL, "2001:db8::1" };
    static const char *const urls[] = { "http://[2001:db8::1]:9090/a%20b", "https://p.example",
                                        NULL };
    static const char *const paths[] = { "/etc/a b.pem", NULL, "/home/x/\303\244=1;2#3" };
    g_autoptr (GError) error = NULL;
    g_auto (VmmSettings) saved = { 100 + i,
                                   histories[i % n],
                                   g_strdup (targets[i % 3]),
                                   i % 4 < 2,
                                   (i & 4) != 0,
                                   i % 2 == 0,
                                   (VmmUnits) (i % VMM_N_UNITS),
                                   g_strdup (urls[i % 3]),
                                   (VmmScheme) (i % VMM_N_SCHEMES),
                                   g_strdup (paths[i % 3]),
                                   g_strdup (paths[(i + 1) % 3]) };
    g_auto (VmmSettings) loaded = { 0 };

    vmm_settings_init (&loaded);
    vmm_settings_save (&saved, place->path, &error);
    g_assert_no_error (error);
    vmm_settings_load (&loaded, place->path);
    assert_same (&loaded, &saved);
  }
}

static void
test_absent (Place *place, gconstpointer data)
{
  assert_defaults (place);
}

static void
test_out_of_range (Place *place, gconstpointer data)
{
  static const char *const texts[] = {
    "[measurement]\ninterval_ms=99\n",
    "[measurement]\ninterval_ms=10001\n",
    "[measurement]\ninterval_ms=99999999999999999999\n",
    "[measurement]\ninterval_ms=-500\n",
    "[measurement]\ninterval_ms=0x1f4\n",
    "[measurement]\nping_target=gateway.example\n",
    "[measurement]\nping_target=\n",
    "[measurement]\nping_target=224.0.0.1\n",
    "[measurement]\nping_target=255.255.255.255\n",
    "[measurement]\nping_target=0.0.0.0\n",
    "[measurement]\nping_target=192.0.2.1; reboot\n",
    "[window]\nhistory_s=86401\n",
    "[window]\nhistory_s=-600\n",
    "[window]\nhistory_s=4294967896\n",
    "[measurement]\nlight=perhaps\n",
    "[window]\nsave=perhaps\n",
    "[window]\nunits=Decimal\n",
    "[window]\nunits=\n",
    "[fleet]\nurl=\n",
    "[fleet]\npassword_file=\n",
    "[fleet]\npassword_file=password\n",
    "[fleet]\nca_file=/a\\tb\n",
    "[fleet]\nca_file=/a\xff\n",
    "[fleet]\nurl=file:///etc/passwd\n",
    "[fleet]\nurl=http://a b\n",
    "[fleet]\nurl=http://a\\nb\n",
    "[fleet]\nurl=http://\xc3\xa4\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    write_text (place, texts[i]);
    assert_defaults (place);
  }
}

static void
test_damaged (Place *place, gconstpointer data)
{
  static const char *const texts[] = { "",
                                       "\n\n[",
                                       "interval_ms=500",
                                       "[measurement\ninterval_ms=500",
                                       "\xff\xfe\x01",
                                       "{ \"interval_ms\": 500 }" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    write_text (place, texts[i]);
    assert_defaults (place);
  }
}

/* One bad figure takes no good one with it. */
static void
test_in_parts (Place *place, gconstpointer data)
{
  g_auto (VmmSettings) loaded = { 0 };

  write_text (place, "[measurement]\ninterval_ms=7\nping_target=192.0.2.7\n"
                     "[window]\nsave=false\nunits=kilo\nhistory_s=3600\n");
  vmm_settings_init (&loaded);
  vmm_settings_load (&loaded, place->path);
  g_assert_cmpuint (loaded.interval_ms, ==, VMM_PLAN_INTERVAL_MS);
  g_assert_cmpstr (loaded.ping_target, ==, "192.0.2.7");
  g_assert_false (loaded.save);
  g_assert_cmpint (loaded.units, ==, VMM_UNITS_CUSTOMARY);
  g_assert_cmpuint (loaded.history_s, ==, 3600);
}

/* What would hang or never end is not read: this test would not, either. */
static void
test_strange_files (Place *place, gconstpointer data)
{
  g_autofree char *below = g_path_get_dirname (place->path);
  g_autofree char *large = g_strnfill (200000, '#');

  g_mkdir_with_parents (below, 0700);
  g_assert_cmpint (mkfifo (place->path, 0600), ==, 0);
  assert_defaults (place);
  g_remove (place->path);
  g_assert_cmpint (symlink ("/dev/zero", place->path), ==, 0);
  assert_defaults (place);
  g_remove (place->path);
  g_assert_cmpint (symlink (place->path, place->path), ==, 0);
  assert_defaults (place);
  g_remove (place->path);
  g_assert_cmpint (g_mkdir (place->path, 0700), ==, 0);
  assert_defaults (place);
  g_remove (place->path);
  g_autofree char *text = g_strconcat (large, "\n[measurement]\ninterval_ms=500\n", NULL);
  write_text (place, text);
  assert_defaults (place);
}

/* A newer version's choices outlive an older one. */
static void
test_unknown_stays (Place *place, gconstpointer data)
{
  g_auto (VmmSettings) settings = { 0 };
  g_autofree char *text = NULL;

  write_text (place, "[window]\nzoom=2\n[else]\nwhere=here\n");
  vmm_settings_init (&settings);
  g_assert_true (vmm_settings_save (&settings, place->path, NULL));
  g_assert_true (g_file_get_contents (place->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "zoom=2"));
  g_assert_nonnull (strstr (text, "where=here"));
}

/* What was changed is kept, and what another window has kept meanwhile stays. */
static void
test_remember (Place *place, gconstpointer data)
{
  static const char *const targets[] = { "192.0.2.7", NULL, "none" };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_auto (VmmSettings)
        before = { 500,  600,  g_strdup ("192.0.2.9"), TRUE,
                   TRUE, TRUE, VMM_UNITS_BINARY,       g_strdup ("http://a:9090") };
    g_auto (VmmSettings) after = { 0 }, kept = { 0 };

    write_text (place,
                "[measurement]\ninterval_ms=2000\nping_target=192.0.2.8\n"
                "[window]\nhistory_s=3600\nunits=decimal\nscheme=dark\n[fleet]\nurl=http://b\n");
    vmm_settings_copy (&after, &before);
    g_free (after.ping_target);
    after.ping_target = g_strdup (targets[i]);
    after.save = FALSE;
    if (i == 2) {
      g_free (after.fleet);
      after.fleet = g_strdup ("http://c");
    }
    g_assert_true (vmm_settings_remember (&before, &after, place->path, NULL));
    vmm_settings_init (&kept);
    vmm_settings_load (&kept, place->path);
    assert_same (&kept, &(VmmSettings){
                            2000, 3600, (char *) targets[i], FALSE, FALSE, FALSE, VMM_UNITS_DECIMAL,
                            (char *) (i == 2 ? "http://c" : "http://b"), VMM_SCHEME_DARK });
  }
}

/* There and back, of a plan that says nothing else of it. */
static void
test_plan (void)
{
  g_auto (VmmPlan) plan = { .duration_s = 30, .ping_target = g_strdup ("none") };
  g_auto (VmmSettings)
      settings = { 500, 600, g_strdup ("192.0.2.9"), TRUE, TRUE, TRUE, VMM_UNITS_BINARY, NULL };
  g_auto (VmmSettings) taken = { .history_s = 3600 };

  vmm_settings_apply (&settings, &plan);
  g_assert_cmpuint (plan.interval_ms, ==, 500);
  g_assert_cmpstr (plan.ping_target, ==, "192.0.2.9");
  g_assert_cmpuint (plan.history, ==, 1200);
  g_assert_cmpuint (plan.duration_s, ==, 30);
  vmm_settings_take_plan (&taken, &plan);
  assert_same (&taken,
               &(VmmSettings){ 500, 3600, (char *) "192.0.2.9", TRUE, TRUE, FALSE, 0, NULL });
}

static void
test_no_place (Place *place, gconstpointer data)
{
  g_auto (VmmSettings) settings = { 0 };
  g_autoptr (GError) error = NULL;

  vmm_settings_init (&settings);
  g_assert_false (vmm_settings_save (&settings, "/dev/null/settings.ini", &error));
  g_assert_nonnull (error);
}

/* A day at one row a second, and never more rows than that. */
static void
test_rows (void)
{
  g_assert_cmpuint (vmm_settings_rows (86400, 1000), ==, 86400);
  g_assert_cmpuint (vmm_settings_rows (86400, 100), ==, 86400);
  g_assert_cmpuint (vmm_settings_rows (86400, 10000), ==, 8640);
  g_assert_cmpuint (vmm_settings_rows (600, 1000), ==, 600);
  g_assert_cmpuint (vmm_settings_rows (600, 100), ==, 6000);
  g_assert_cmpuint (vmm_settings_rows (1, 10000), ==, 1);
  g_assert_cmpuint ((gsize) vmm_settings_day_mib () << 20, >=,
                    vmm_ring_size (86400, VMM_N_CHANNELS));
  g_assert_cmpuint ((gsize) (vmm_settings_day_mib () - 1) << 20, <,
                    vmm_ring_size (86400, VMM_N_CHANNELS));
}

/* Where they have been from the first version on, whatever the application's id is now. */
static void
test_path (void)
{
  g_autofree char *path = vmm_settings_path ();
  g_autofree char *store = vmm_store_default_directory ();
  g_autofree char *expected =
      g_build_filename (g_get_user_config_dir (), "vmm_monitor", "settings.ini", NULL);
  g_autofree char *results =
      g_build_filename (g_get_user_data_dir (), "vmm_monitor", "results", NULL);

  g_assert_cmpstr (path, ==, expected);
  g_assert_cmpstr (store, ==, results);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Place, NULL, set_up, test, tear_down)
  ADD ("/settings/round-trip", test_round_trip);
  ADD ("/settings/absent", test_absent);
  ADD ("/settings/out-of-range", test_out_of_range);
  ADD ("/settings/damaged", test_damaged);
  ADD ("/settings/in-parts", test_in_parts);
  ADD ("/settings/strange-files", test_strange_files);
  ADD ("/settings/unknown-stays", test_unknown_stays);
  ADD ("/settings/remember", test_remember);
  ADD ("/settings/no-place", test_no_place);
  g_test_add_func ("/settings/path", test_path);
  g_test_add_func ("/settings/plan", test_plan);
  g_test_add_func ("/settings/rows", test_rows);
  return g_test_run ();
}
