/* SPDX-License-Identifier: MIT */
/* share_page: one HTML document with its style and its picture inside. Nothing runs in it and nothing is
 * fetched, and it tells the browser so. All texts are escaped by g_markup_printf_escaped(). */
#include "share_private.h"

#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* clang-format off */
static const char style[] =
  ":root{color-scheme:light dark;--paper:#fff;--card:#f6f6f8;--ink:#1c1b22;--quiet:#5b5966;--line:#dcdbe2;"
  "--total:#5e5c64;--h0:#1c71d8;--h1:#1f8a4c;--h2:#9c6e00;--h3:#c01c28;--h4:#813d9c;--h5:#0d7377}\n"
  "@media(prefers-color-scheme:dark){:root{--paper:#17171c;--card:#212129;--ink:#f1f0f5;--quiet:#a9a7b4;"
  "--line:#3a3944;--total:#b4b2bd;--h0:#78aeed;--h1:#57d491;--h2:#e5b53c;--h3:#ff7b78;--h4:#c78fe0;--h5:#5ccfcf}}\n"
  "*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);"
  "font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}main{max-width:50rem;margin:0 auto;padding:2.5rem 1.25rem}\n"
  "h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 .4rem}h2{font-size:1.1rem;margin:2.2rem 0 .6rem}"
  "h3{font-size:1rem;margin:0 0 .3rem}p{margin:.2rem 0}.quiet,dt,th{color:var(--quiet)}"
  ".big{font-size:4.5rem;line-height:1.1;font-weight:700;font-variant-numeric:tabular-nums;margin:1.2rem 0 0}\n"
  "figure{margin:1.6rem 0;padding:1rem;background:var(--card);border-radius:12px}svg{display:block;width:100%;height:auto}"
  "svg text{font:15px system-ui,sans-serif;fill:var(--ink)}svg .quiet{fill:var(--quiet);font-size:13px}\n"
  ".track{fill:var(--line)}.grid{stroke:var(--quiet);stroke-dasharray:3 3}.span{stroke:var(--ink);stroke-width:2}"
  ".t{fill:var(--total)}.h0{fill:var(--h0)}.h1{fill:var(--h1)}.h2{fill:var(--h2)}.h3{fill:var(--h3)}.h4{fill:var(--h4)}.h5{fill:var(--h5)}"
  ".second{opacity:.55}\n"
  "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:left;font-weight:400;"
  "padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}td.n,th.n{text-align:right}"
  "article{background:var(--card);border-radius:12px;padding:.9rem 1rem;margin:.7rem 0}dl{display:grid;"
  "grid-template-columns:minmax(6rem,max-content) 1fr;gap:.2rem 1rem;margin:0}dd{margin:0}"
  "footer{margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.85rem}\n";
/* clang-format on */

/* ---- A result */

static void
append_scores (GString *out, const VmmShare *share)
{
  g_string_append (out, "<table><thead><tr><th></th>");
  /* xgettext:no-c-format */
  vmm_share_append (out, "<th class=\"n\">%s</th><th>%s</th></tr></thead>\n<tbody>\n", _ ("points"),
                    _ ("95 % interval"));
  for (guint i = 0; i < VMM_SHARE_ROWS; i++)
    vmm_share_append (out, "<tr><td>%s</td><td class=\"n\">%s</td><td>%s</td></tr>\n",
                      share->rows[i].title, share->rows[i].sides[0].figure,
                      share->rows[i].sides[0].interval);
  g_string_append (out, "</tbody></table>\n");
}

static void
append_finding (GString *out, const VmmFinding *finding)
{
  g_autofree char *title = vmm_words_finding_title (finding);
  g_autofree char *shown = vmm_share_clean (title);

  vmm_share_append (out, "<article><h3>%s</h3><dl>\n", shown);
  for (guint i = 0; i < VMM_N_FINDING_PARTS; i++) {
    const char      *heading;
    g_autofree char *text = vmm_words_finding_part (finding, i, &heading);
    if (!text)
      continue;
    g_autofree char *clean = vmm_share_clean (text);
    vmm_share_append (out, "<dt>%s</dt><dd>%s</dd>\n", heading, clean);
  }
  g_string_append (out, "</dl></article>\n");
}

static void
append_findings (GString *out, const VmmResult *result)
{
  g_autoptr (GPtrArray) findings = vmm_advise (result);

  vmm_share_append (out, "<h2>%s</h2>\n", _ ("Findings"));
  if (!findings->len)
    vmm_share_append (out, "<p>%s</p>\n", vmm_words_no_findings (vmm_result_get_score (result)));
  for (guint i = 0; i < findings->len; i++)
    append_finding (out, findings->pdata[i]);
}

static void
append_probe (GString *out, const VmmScoreProbe *probe)
{
  const VmmScoreRow *row = probe->row;
  VmmFigureUnit      unit = vmm_words_probe_unit (row, probe->value);
  char               value[VMM_FIGURE_SIZE], reference[VMM_FIGURE_SIZE] = "";
  char               points[VMM_FIGURE_SIZE] = "";

  if (!isfinite (probe->value))
    return;
  vmm_figure_in (value, VMM_LOCAL, probe->value, unit);
  if (row->weight > 0) {
    vmm_figure_in (reference, VMM_LOCAL, row->reference, unit);
    vmm_figure_points (points, probe->ratio * 100);
  }
  vmm_share_append (
      out,
      "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>"
      "</tr>\n",
      _ (vmm_channel (row->channel)->title), value, reference, points);
}

static void
append_probes (GString *out, const VmmScore *score)
{
  vmm_share_append (out, "<h2>%s</h2>\n<table><thead><tr><th></th>", _ ("Probes"));
  vmm_share_append (out, "<th class=\"n\">%s</th><th class=\"n\">%s</th>", _ ("measured"),
                    _ ("100 means"));
  vmm_share_append (out, "<th class=\"n\">%s</th></tr></thead>\n<tbody>\n", _ ("points"));
  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++)
    append_probe (out, probe);
  g_string_append (out, "</tbody></table>\n");
}

/* What others need not know: where the machine is, and on which host of its cloud. */
static gboolean
is_place (const VmmHostFact *fact)
{
  static const char *const places[] = { "region", "zone", "host_hint", NULL };

  return g_strv_contains (places, fact->member.name);
}

static void
append_facts (GString *out, const VmmHost *host)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);

  vmm_share_append (out, "<h2>%s</h2>\n<dl>\n", _ ("Machine"));
  for (guint i = 0; i < n; i++) {
    gboolean         is_told = facts[i].title && !is_place (&facts[i]);
    g_autofree char *text = is_told ? vmm_host_say (host, &facts[i], VMM_LOCAL) : g_strdup ("");
    g_autofree char *clean = vmm_share_clean (text);
    if (clean[0])
      vmm_share_append (out, "<dt>%s</dt><dd>%s</dd>\n", _ (facts[i].title), clean);
  }
  g_string_append (out, "</dl>\n");
}

static void
append_run (GString *out, const VmmShare *share)
{
  vmm_share_append (out, "<p class=\"big\">%s</p>\n<p>%s</p>\n", share->rows[0].sides[0].figure,
                    share->verdict);
  vmm_share_append_picture (out, share);
  append_scores (out, share);
  append_findings (out, share->result);
  if (vmm_result_get_plan (share->result)->probes)
    append_probes (out, vmm_result_get_score (share->result));
  append_facts (out, vmm_result_get_host (share->result));
}

/* ---- A comparison */

static void
append_sides (GString *out, const VmmShare *share)
{
  for (guint i = 0; i < share->n_sides; i++)
    vmm_share_append (out, "<p>%s <span class=\"quiet\">· %s</span></p>\n", share->sides[i].told,
                      share->sides[i].machine);
}

static void
append_verdicts (GString *out, const VmmShare *share)
{
  g_string_append (out, "<table><thead><tr><th></th>");
  for (guint i = 0; i < share->n_sides; i++)
    vmm_share_append (out, "<th class=\"n\">%s</th>", share->sides[i].name);
  g_string_append (out, "<th></th></tr></thead>\n<tbody>\n");
  for (guint i = 0; i < VMM_SHARE_ROWS; i++) {
    const VmmShareRow *row = &share->rows[i];
    vmm_share_append (
        out, "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s</td></tr>\n",
        row->title, row->sides[0].figure, row->sides[1].figure, row->verdict ? row->verdict : "");
  }
  g_string_append (out, "</tbody></table>\n");
}

static void
append_unlike (GString *out, const VmmAccount *account)
{
  const GPtrArray *likeness = account->comparison->likeness;
  guint            told = 0;

  for (guint i = 0; i < likeness->len; i++) {
    const VmmLikeness *row = likeness->pdata[i];
    if (row->same)
      continue;
    g_autofree char *values =
        row->fact && is_place (row->fact) ? g_strdup ("–") : vmm_account_traits (account, row);
    g_autofree char *clean = vmm_share_clean (values);
    if (!told++)
      vmm_share_append (out, "<h2>%s</h2>\n<dl>\n", _ ("Not alike"));
    vmm_share_append (out, "<dt>%s</dt><dd>%s</dd>\n", vmm_account_trait (account, row), clean);
  }
  if (told)
    g_string_append (out, "</dl>\n");
  else
    vmm_share_append (out, "<p class=\"quiet\">%s</p>\n", _ ("Like is compared with like."));
}

static void
append_cures (GString *out, const VmmAccount *account)
{
  const GPtrArray *cures = account->comparison->cures;

  if (!cures->len)
    return;
  vmm_share_append (out, "<h2>%s</h2>\n<dl>\n", vmm_account_cures (account));
  for (guint i = 0; i < cures->len; i++) {
    g_autofree char *text = vmm_account_cure (account, cures->pdata[i]);
    g_autofree char *clean = vmm_share_clean (text);
    vmm_share_append (out, "<dt>%s</dt><dd>%s</dd>\n",
                      vmm_account_cure_title (account, cures->pdata[i]), clean);
  }
  g_string_append (out, "</dl>\n");
}

static void
append_comparison (GString *out, const VmmShare *share)
{
  append_sides (out, share);
  vmm_share_append (out, "<p class=\"quiet\">%s</p>\n", share->order ? share->order : "");
  vmm_share_append_picture (out, share);
  append_verdicts (out, share);
  append_cures (out, share->account);
  append_unlike (out, share->account);
}

/* ---- Both */

static const char *
get_title (const VmmShare *share)
{
  return share->account ? share->verdict : share->label ? share->label : share->sides[0].name;
}

static void
append_head (GString *out, const VmmShare *share)
{
  vmm_share_append (
      out,
      "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>%s</title>\n",
      /* TRANSLATORS: the code of your language, as HTML names it */
      C_ ("language of a page", "en"), get_title (share));
  g_string_append_printf (out, "<style>\n%s</style>\n</head>\n<body>\n<main>\n", style);
}

char *
vmm_share_page (const VmmShare *share)
{
  GString *out = g_string_new (NULL);

  append_head (out, share);
  vmm_share_append (out, "<header><p class=\"quiet\">%s · %s</p>\n<h1>%s</h1>\n", share->program,
                    share->moment, get_title (share));
  if (!share->account)
    vmm_share_append (out, "<p class=\"quiet\">%s</p>\n", share->sides[0].machine);
  g_string_append (out, "</header>\n");
  (share->account ? append_comparison : append_run) (out, share);
  vmm_share_append (out,
                    "<footer><p>%s</p>\n<p>SHA-256 %s</p></footer>\n</main>\n</body>\n</html>\n",
                    share->meaning, share->digest);
  return g_string_free (out, FALSE);
}
