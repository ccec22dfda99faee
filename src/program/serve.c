/* SPDX-License-Identifier: MIT */
/* serve: the command that measures by a timetable: how often, and who takes the figures. */
#include "serve.h"

#include "measure.h"
#include "own.h"
#include "vmm/command.h"
#include "vmm/error.h"
#include "vmm/export.h"
#include "vmm/face.h"
#include "vmm/secret.h"

#include <glib/gi18n-lib.h>

/* What GOption stores into. */
typedef struct {
  char    *textfile, *every, *listen, *certificate, *key, *password;
  char    *push, *push_password, *push_ca;
  gboolean once, open;
} Own;

static void
own_clear (Own *own)
{
  g_free (own->textfile);
  g_free (own->every);
  g_free (own->listen);
  g_free (own->certificate);
  g_free (own->key);
  g_free (own->password);
  g_free (own->push);
  g_free (own->push_password);
  g_free (own->push_ca);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Own, own_clear)

/* What is read of the files that are named. */
typedef struct {
  char *certificate, *key, *password, *push;
} Secrets;

static void
secrets_clear (Secrets *secrets)
{
  vmm_secret_free (secrets->certificate);
  vmm_secret_free (secrets->key);
  vmm_secret_free (secrets->password);
  vmm_secret_free (secrets->push);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Secrets, secrets_clear)

/* TRUE where no file is named, or the one that is can be read, and not by others. */
static gboolean
read_secret (const char *path, VmmSecretReaders readers, char **ret_secret, GError **error)
{
  if (!path)
    return TRUE;
  *ret_secret = readers == VMM_SECRET_NOBODY ? vmm_secret_read_password (path, error)
                                             : vmm_secret_read (path, readers, error);
  return *ret_secret != NULL;
}

static gboolean
read_secrets (const Own *own, Secrets *secrets, GError **error)
{
  return read_secret (own->certificate, VMM_SECRET_ANYBODY, &secrets->certificate, error) &&
         read_secret (own->key, VMM_SECRET_GROUP, &secrets->key, error) &&
         read_secret (own->password, VMM_SECRET_NOBODY, &secrets->password, error) &&
         read_secret (own->push_password, VMM_SECRET_NOBODY, &secrets->push, error);
}

gboolean
vmm_serve_check_every (const char *every, guint usual_s, guint duration_s, guint *ret_every_s,
                       GError **error)
{
  double seconds = every ? vmm_own_read_time (every) : usual_s;

  if (!(seconds >= VMM_SERVE_EVERY_MIN_S && seconds <= VMM_SERVE_EVERY_MAX_S)) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
                 _ ("--every \"%s\": must be 5m to 7d, such as 30m or 1h"), every);
    return FALSE;
  }
  *ret_every_s = (guint) seconds;
  if (duration_s <= *ret_every_s / 2)
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               _ ("--duration %u: must be half of --every at most"), duration_s);
  return FALSE;
}

const char *
vmm_serve_find_misuse (const VmmOptions *options)
{
  if (options->repeat != 1 || options->pause_s || options->json_file || options->csv_file ||
      options->quiet || options->face || !options->plan.probes)
    return _ ("serve and watch go without --terminal, --window, --repeat, --pause, --json, --csv, "
              "--quiet and --passive");
  return NULL;
}

static const char *
find_misuse (const Own *own, const VmmOptions *options)
{
  if (!own->certificate != !own->key)
    return _ ("--tls-cert and --tls-key go together");
  if (!own->listen && (own->certificate || own->password || own->open))
    return _ ("--tls-cert, --tls-key, --password and --open are for --listen");
  if (!own->push && (own->push_password || own->push_ca))
    return _ ("--push-password and --push-ca are for --push");
  return vmm_serve_find_misuse (options);
}

static gboolean
check (const Own *own, const VmmOptions *options, guint *ret_every_s, GError **error)
{
  return vmm_serve_check_every (own->every, VMM_SERVE_EVERY_S, options->plan.duration_s,
                                ret_every_s, error) &&
         (!own->textfile || vmm_export_check (own->textfile, error)) &&
         (!own->push || vmm_serve_check_push (own->push, own->push_password != NULL, error));
}

static VmmExit
serve (const Own *own, int argc, char **argv)
{
  g_auto (VmmOptions) options = { 0 };
  g_auto (Secrets) secrets = { NULL };
  g_autoptr (GError) error = NULL;
  const char *misuse;
  guint       every_s;
  VmmExit     exit;

  if (!vmm_options_parse (&options, argc, argv, &error))
    return vmm_command_misused ("serve", error->message);
  if ((misuse = find_misuse (own, &options)))
    return vmm_command_misused ("serve", misuse);
  if (!check (own, &options, &every_s, &error) || !read_secrets (own, &secrets, &error))
    return vmm_command_refuse (error);
  if (!vmm_measure_check (&options, &exit))
    return exit;
  options.plan.history = 1;
  return vmm_terminal_serve (&(VmmServing){
      &options.plan,
      { every_s,
        own->textfile,
        own->once,
        options.keep,
        FALSE,
        { own->push, secrets.push, own->push_ca } },
      { own->listen, secrets.certificate, secrets.key, secrets.password, own->open } });
}

VmmExit
vmm_serve_run (int argc, char **argv)
{
  g_auto (Own) own = { 0 };
  g_autofree char **arguments = NULL;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "textfile", 0, 0, G_OPTION_ARG_FILENAME, &own.textfile, N_ ("Where the figures are written, for Prometheus"), N_ ("FILE") },
    { "push", 0, 0, G_OPTION_ARG_STRING, &own.push, N_ ("Where they are sent: a Pushgateway, or VictoriaMetrics"), "URL" },
    { "push-password", 0, 0, G_OPTION_ARG_FILENAME, &own.push_password, N_ ("For that: one line USER:PASSWORD that nobody else can read"), N_ ("FILE") },
    { "push-ca", 0, 0, G_OPTION_ARG_FILENAME, &own.push_ca, N_ ("Certificates to trust there instead of the system's, in PEM"), N_ ("FILE") },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &own.listen, N_ ("Answer who collects, at /metrics"), "ADDR:PORT" },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &own.certificate, N_ ("The certificate of that address, in PEM"), N_ ("FILE") },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &own.key, N_ ("The key of that certificate, in PEM"), N_ ("FILE") },
    { "password", 0, 0, G_OPTION_ARG_FILENAME, &own.password, N_ ("Who may read: one line USER:PASSWORD that nobody else can read"), N_ ("FILE") },
    { "open", 0, 0, G_OPTION_ARG_NONE, &own.open, N_ ("Whoever reaches that address may read the figures"), NULL },
    { "every", 0, 0, G_OPTION_ARG_STRING, &own.every, N_ ("Time from one measurement to the next, 5m to 7d (1h)"), N_ ("TIME") },
    { "once", 0, 0, G_OPTION_ARG_NONE, &own.once, N_ ("Measure once now, and end"), NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  const VmmOwnLine line = {
    "serve",
    N_ ("[OPTION OF A MEASUREMENT...]"),
    N_ ("Measures at equal distances, at other times than other guests do, until it is "
        "stopped. Its figures are for monitoring: Prometheus and its like. A measurement that is "
        "due "
        "while the guest is busy is skipped. The other options are those of a measurement; --light "
        "is for a guest that must answer others in time."),
    entries,
  };
  VmmExit exit;

  if (!vmm_own_parse (&line, argc, argv, &argc, &arguments, &exit))
    return exit;
  return serve (&own, argc, arguments);
}
