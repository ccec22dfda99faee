/* SPDX-License-Identifier: MIT */
/* share_page: one HTML document with its style and its picture inside. Nothing runs in it and nothing is
 * fetched, and it tells the browser so. All texts are escaped by g_markup_printf_escaped(). */
#include "share_private.h"

#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of the picture, in its own units. */
#define WIDTH 760
#define LEFT 130
#define RIGHT 560
#define TOP 26
#define BAR 16
#define BAR_GAP 4
#define ROW_GAP 20

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

static void append (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* With each string escaped. */
static void
append (GString *out, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_autofree char *text = g_markup_vprintf_escaped (format, values);
  va_end (values);
  g_string_append (out, text);
}

/* ---- The picture */

static int
get_x (double value, double scale)
{
  return LEFT + (int) round ((RIGHT - LEFT) * CLAMP (value / scale, 0, 1));
}

static void
append_span (GString *out, const VmmShareValue *value, double scale, int y)
{
  int low = get_x (value->low, scale), high = get_x (value->high, scale), middle = y + BAR / 2;

  append (out, "<path class=\"span\" d=\"M%d %dH%dM%d %dV%dM%d %dV%d\"/>", low, middle, high, low,
          y + 3, y + BAR - 3, high, y + 3, y + BAR - 3);
}

static void
append_bar (GString *out, const VmmShareRow *row, guint side, double scale, int y)
{
  const VmmShareValue *value = &row->sides[side];

  append (out, "<rect class=\"track\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>",
          LEFT, y, RIGHT - LEFT, BAR);
  if (isfinite (value->value)) {
    int width = MAX (2, get_x (value->value, scale) - LEFT);
    append (out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" ", LEFT, y, width,
            BAR);
    if (row->hue < 0)
      append (out, "class=\"t%s\"/>", side ? " second" : "");
    else
      append (out, "class=\"h%d%s\"/>", row->hue, side ? " second" : "");
  }
  if (isfinite (value->low) && isfinite (value->high))
    append_span (out, value, scale, y);
  append (out, "<text x=\"%d\" y=\"%d\">%s</text>\n", RIGHT + 12, y + BAR - 3, value->figure);
}

static int
get_row_height (const VmmShare *share)
{
  return (int) share->n_sides * (BAR + BAR_GAP) + ROW_GAP;
}

static void
append_reference (GString *out, const VmmShare *share, double scale)
{
  int x = get_x (100, scale), bottom = TOP + VMM_SHARE_ROWS * get_row_height (share) - ROW_GAP / 2;

  append (out,
          "<path class=\"grid\" d=\"M%d %dV%d\"/><text class=\"quiet\" x=\"%d\" y=\"%d\" "
          "text-anchor=\"middle\">100</text>\n",
          x, TOP - 6, bottom, x, TOP - 11);
}

static void
append_picture (GString *out, const VmmShare *share)
{
  double scale = vmm_share_scale (share);
  int    height = TOP + VMM_SHARE_ROWS * get_row_height (share);

  append (out,
          "<figure><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" "
          "xmlns=\"http://www.w3.org/2000/svg\">\n",
          WIDTH, height, share->verdict);
  for (guint i = 0; i < VMM_SHARE_ROWS; i++) {
    int y = TOP + (int) i * get_row_height (share);
    append (out, "<text x=\"0\" y=\"%d\">%s</text>", y + BAR - 3, share->rows[i].title);
    for (guint side = 0; side < share->n_sides; side++)
      append_bar (out, &share->rows[i], side, scale, y + (int) side * (BAR + BAR_GAP));
  }
  append_reference (out, share, scale);
  g_string_append (out, "</svg></figure>\n");
}

/* ---- A result */

static void
append_scores (GString *out, const VmmShare *share)
{
  g_string_append (out, "<table><thead><tr><th></th>");
  /* xgettext:no-c-format */
  append (out, "<th class=\"n\">%s</th><th>%s</th></tr></thead>\n<tbody>\n", _ ("points"),
          _ ("95 % interval"));
  for (guint i = 0; i < VMM_SHARE_ROWS; i++)
    append (out, "<tr><td>%s</td><td class=\"n\">%s</td><td>%s</td></tr>\n", share->rows[i].title,
            share->rows[i].sides[0].figure, share->rows[i].sides[0].interval);
  g_string_append (out, "</tbody></table>\n");
}

static void
append_finding (GString *out, const VmmFinding *finding)
{
  g_autofree char *title = vmm_words_finding_title (finding);
  g_autofree char *shown = vmm_share_clean (title);

  append (out, "<article><h3>%s</h3><dl>\n", shown);
  for (guint i = 0; i < VMM_N_FINDING_PARTS; i++) {
    const char      *heading;
    g_autofree char *text = vmm_words_finding_part (finding, i, &heading);
    g_autofree char *clean = vmm_share_clean (text);
    append (out, "<dt>%s</dt><dd>%s</dd>\n", heading, clean);
  }
  g_string_append (out, "</dl></article>\n");
}

static void
append_findings (GString *out, const VmmResult *result)
{
  g_autoptr (GPtrArray) findings = vmm_advise (result);

  append (out, "<h2>%s</h2>\n", _ ("Findings"));
  if (!findings->len)
    append (out, "<p>%s</p>\n", vmm_words_no_findings (vmm_result_get_score (result)));
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
  append (out,
          "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>"
          "</tr>\n",
          _ (vmm_channel (row->channel)->title), value, reference, points);
}

static void
append_probes (GString *out, const VmmScore *score)
{
  append (out, "<h2>%s</h2>\n<table><thead><tr><th></th>", _ ("Probes"));
  append (out, "<th class=\"n\">%s</th><th class=\"n\">%s</th>", _ ("measured"), _ ("100 means"));
  append (out, "<th class=\"n\">%s</th></tr></thead>\n<tbody>\n", _ ("points"));
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

  append (out, "<h2>%s</h2>\n<dl>\n", _ ("Machine"));
  for (guint i = 0; i < n; i++) {
    gboolean         is_told = facts[i].title && !is_place (&facts[i]);
    g_autofree char *text = is_told ? vmm_host_say (host, &facts[i], VMM_LOCAL) : g_strdup ("");
    g_autofree char *clean = vmm_share_clean (text);
    if (clean[0])
      append (out, "<dt>%s</dt><dd>%s</dd>\n", _ (facts[i].title), clean);
  }
  g_string_append (out, "</dl>\n");
}

static void
append_run (GString *out, const VmmShare *share)
{
  append (out, "<p class=\"big\">%s</p>\n<p>%s</p>\n", share->rows[0].sides[0].figure,
          share->verdict);
  append_picture (out, share);
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
    append (out, "<p>%s <span class=\"quiet\">· %s</span></p>\n", share->sides[i].told,
            share->sides[i].machine);
}

static void
append_verdicts (GString *out, const VmmShare *share)
{
  g_string_append (out, "<table><thead><tr><th></th>");
  for (guint i = 0; i < share->n_sides; i++)
    append (out, "<th class=\"n\">%s</th>", share->sides[i].name);
  g_string_append (out, "<th></th></tr></thead>\n<tbody>\n");
  for (guint i = 0; i < VMM_SHARE_ROWS; i++) {
    const VmmShareRow *row = &share->rows[i];
    append (out, "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s</td></tr>\n",
            row->title, row->sides[0].figure, row->sides[1].figure,
            row->verdict ? row->verdict : "");
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
      append (out, "<h2>%s</h2>\n<dl>\n", _ ("Not alike"));
    append (out, "<dt>%s</dt><dd>%s</dd>\n", vmm_account_trait (account, row), clean);
  }
  if (told)
    g_string_append (out, "</dl>\n");
  else
    append (out, "<p class=\"quiet\">%s</p>\n", _ ("Like is compared with like."));
}

static void
append_comparison (GString *out, const VmmShare *share)
{
  append_sides (out, share);
  append (out, "<p class=\"quiet\">%s</p>\n", share->order ? share->order : "");
  append_picture (out, share);
  append_verdicts (out, share);
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
  append (out,
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
  append (out, "<header><p class=\"quiet\">%s · %s</p>\n<h1>%s</h1>\n", share->program,
          share->moment, get_title (share));
  if (!share->account)
    append (out, "<p class=\"quiet\">%s</p>\n", share->sides[0].machine);
  g_string_append (out, "</header>\n");
  (share->account ? append_comparison : append_run) (out, share);
  append (out, "<footer><p>%s</p>\n<p>SHA-256 %s</p></footer>\n</main>\n</body>\n</html>\n",
          share->meaning, share->digest);
  return g_string_free (out, FALSE);
}
