/* SPDX-License-Identifier: MIT */
/* test_outlook: it is silent where nothing can be known, right where it speaks, and never peeks. */
#include "vmm/outlook.h"

#include <malloc.h>
#include <string.h>

#define SECOND ((gint64) G_USEC_PER_SEC)
#define WALL (G_GINT64_CONSTANT (1800000000) * SECOND)

/* A made guest: rows of one a second, of what the test wants. */
typedef struct {
  VmmOutlook *outlook;
  GRand      *rand;
  gint64      now_us;
  float       row[VMM_N_CHANNELS];
} Guest;

/* $OUTLOOK_SEED is added to every seed: made guests that nobody has looked at. */
static guint
get_offset (void)
{
  const char *text = g_getenv ("OUTLOOK_SEED");

  return text ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

static void
guest_init (Guest *guest, guint seed)
{
  guest->outlook = vmm_outlook_new (SECOND);
  guest->rand = g_rand_new_with_seed (seed + get_offset ());
  guest->now_us = SECOND;
  for (int c = 0; c < VMM_N_CHANNELS; c++)
    guest->row[c] = vmm_absent (VMM_OFF);
  guest->row[VMM_CHANNEL_CPU_BUSY] = 5;
  guest->row[VMM_CHANNEL_CPU_STEAL] = 0;
  guest->row[VMM_CHANNEL_DISK_UTIL] = 1;
  guest->row[VMM_CHANNEL_DISK_WRITE] = 0.1F;
  guest->row[VMM_CHANNEL_DISK_READ] = 0;
  guest->row[VMM_CHANNEL_DISK_IOPS] = 2;
  guest->row[VMM_CHANNEL_MEMORY_USED] = 20;
  guest->row[VMM_CHANNEL_CLOCK_LOST] = 0;
  guest->row[VMM_CHANNEL_CLOCK_STEP] = 0;
}

static void
guest_clear (Guest *guest)
{
  vmm_outlook_free (guest->outlook);
  g_rand_free (guest->rand);
}

static void
tick (Guest *guest)
{
  guest->now_us += SECOND;
  vmm_outlook_push (guest->outlook, guest->now_us, WALL + guest->now_us, guest->row);
}

static VmmOutlookItem
ask (const Guest *guest, VmmOutlookSubject subject)
{
  VmmOutlookItem item;

  vmm_outlook_get_item (guest->outlook, subject, &item);
  return item;
}

static const VmmLedgerPage *
get_page (const Guest *guest, VmmOutlookSubject subject)
{
  return &vmm_outlook_get_ledger (guest->outlook)->pages[subject];
}

/* Sum of twelve: near enough to a normal deviate. */
static double
draw_normal (GRand *rand)
{
  double sum = -6;

  for (guint i = 0; i < 12; i++)
    sum += g_rand_double (rand);
  return sum;
}

static double
draw_exponential (GRand *rand, double mean)
{
  return -mean * log (1 - g_rand_double (rand));
}

/* Seconds of a busy CPU and seconds of an idle one. */
static void
be_busy (Guest *guest, guint busy_s, guint idle_s)
{
  for (guint i = 0; i < busy_s + idle_s; i++) {
    guest->row[VMM_CHANNEL_CPU_BUSY] = i < busy_s ? 95 : 5;
    tick (guest);
  }
}

/* ---- Rhythm */

/* Six alike, three of its own forecasts in secret, then it speaks; and it comes when said. */
static void
test_rhythm (void)
{
  Guest guest;

  guest_init (&guest, 1);
  for (guint i = 0; i < 7; i++) {
    g_assert_cmpint (ask (&guest, VMM_OUTLOOK_CPU).why, ==,
                     i == 0 ? VMM_OUTLOOK_NO_VALUE : VMM_OUTLOOK_FEW);
    g_assert_cmpuint (ask (&guest, VMM_OUTLOOK_CPU).seen, ==, i);
    be_busy (&guest, 12, 28);
  }
  for (guint i = 0; i < 3; i++) {
    VmmOutlookItem item = ask (&guest, VMM_OUTLOOK_CPU);
    g_assert_cmpint (item.why, ==, VMM_OUTLOOK_UNPROVED);
    g_assert_cmpuint (item.right, ==, i);
    be_busy (&guest, 12, 28);
  }
  VmmOutlookItem item = ask (&guest, VMM_OUTLOOK_CPU);
  g_assert_cmpint (item.why, ==, VMM_OUTLOOK_SAID);
  g_assert_cmpuint (item.right, ==, 3);
  g_assert_cmpuint (item.of, ==, 3);
  g_assert_cmpfloat (item.shortest_s, ==, 40);
  g_assert_cmpfloat (item.longest_s, ==, 40);
  g_assert_cmpfloat (item.when_s, ==, 1); /* the next row would be busy */
  g_assert_cmpfloat (item.low_s, ==, 0);
  g_assert_cmpfloat (item.high_s, ==, 9);

  /* It stops: late, then wrong; one wrong of three is no reason to be silent, but nothing is due. */
  be_busy (&guest, 0, 9);
  g_assert_cmpint (ask (&guest, VMM_OUTLOOK_CPU).why, ==, VMM_OUTLOOK_SAID);
  be_busy (&guest, 0, 1);
  g_assert_cmpint (ask (&guest, VMM_OUTLOOK_CPU).why, ==, VMM_OUTLOOK_LATE);
  be_busy (&guest, 0, 20);
  const VmmLedgerPage *page = get_page (&guest, VMM_OUTLOOK_CPU);
  g_assert_cmpint (page->claims[page->n - 1].fate, ==, VMM_FATE_WRONG);
  g_assert_false (page->claims[page->n - 1].is_secret);
  g_assert_cmpint (page->claims[page->n - 1].came_us, ==, 0);
  g_assert_cmpuint (page->n, ==, 4);
  be_busy (&guest, 12, 28);
  item = ask (&guest, VMM_OUTLOOK_CPU);
  g_assert_cmpint (item.why, ==, VMM_OUTLOOK_IRREGULAR);
  g_assert_cmpfloat (item.longest_s, ==, 70);
  guest_clear (&guest);
}

/* Every one of the episodes of the table is one: just so long and just so high, and not a row less. */
static void
test_episodes (void)
{
  static const struct {
    VmmOutlookSubject subject;
    VmmChannelId      channel;
    float             high, low;
    guint             seconds;
  } rows[] = {
    { VMM_OUTLOOK_CPU, VMM_CHANNEL_CPU_BUSY, 80, 79.9F, 10 },
    { VMM_OUTLOOK_DISK, VMM_CHANNEL_DISK_UTIL, 80, 79.9F, 10 },
    { VMM_OUTLOOK_WRITE, VMM_CHANNEL_DISK_WRITE, 30, 5,
      2 }, /* ten times 2 MB/s, to a step of the median */
    { VMM_OUTLOOK_STEAL, VMM_CHANNEL_CPU_STEAL, 10, 9.9F, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint wrong = 0; wrong < 3; wrong++) {
      Guest guest;
      guest_init (&guest, 1);
      guest.row[VMM_CHANNEL_DISK_WRITE] = 2;
      float usual = guest.row[rows[i].channel];
      for (guint s = 0; s < 60; s++)
        tick (&guest);
      guest.row[rows[i].channel] = wrong == 1 ? rows[i].low : rows[i].high;
      for (guint s = 0; s < rows[i].seconds - (wrong == 2); s++)
        tick (&guest);
      guest.row[rows[i].channel] = usual;
      tick (&guest);
      g_assert_cmpuint (ask (&guest, rows[i].subject).seen, ==, wrong == 0);
      g_assert_cmpint (vmm_outlook_channel (rows[i].subject), ==, rows[i].channel);
      guest_clear (&guest);
    }
}

/* In what follows a gap, a pause, a clock that moved, the probes or a channel without values, the interval
 * that was going on is not used, and the claim that was open is nobody's. */
static void
test_breaks (void)
{
  for (guint kind = 0; kind < 6; kind++) {
    Guest guest;
    guest_init (&guest, 1);
    for (guint i = 0; i < 11; i++)
      be_busy (&guest, 12, 28);
    g_assert_cmpint (ask (&guest, VMM_OUTLOOK_CPU).why, ==, VMM_OUTLOOK_SAID);
    float busy = guest.row[VMM_CHANNEL_CPU_BUSY];
    guest.now_us += kind == 1 ? 3 * SECOND : 0;
    guest.row[VMM_CHANNEL_CLOCK_LOST] = kind == 2 ? 1500 : 0;
    guest.row[VMM_CHANNEL_CLOCK_STEP] = kind == 3 ? -2000 : 0;
    guest.row[VMM_CHANNEL_PROBE_CLOCK] = kind == 4 ? 30 : vmm_absent (VMM_OFF);
    guest.row[VMM_CHANNEL_CPU_BUSY] = kind == 5 ? vmm_absent (VMM_FAILED) : busy;
    tick (&guest);
    VmmOutlookItem       item = ask (&guest, VMM_OUTLOOK_CPU);
    const VmmLedgerPage *page = get_page (&guest, VMM_OUTLOOK_CPU);
    g_assert_cmpint (page->claims[page->n - 1].fate, ==, kind ? VMM_FATE_UNSEEN : VMM_FATE_OPEN);
    g_assert_cmpint (item.why, ==,
                     kind == 0   ? VMM_OUTLOOK_SAID
                     : kind == 4 ? VMM_OUTLOOK_PROBING
                     : kind == 5 ? VMM_OUTLOOK_NO_VALUE
                                 : VMM_OUTLOOK_FEW);
    guest_clear (&guest);
  }
}

/* ---- Honesty */

typedef struct {
  guint said, right, wrong;
} Count;

/* What was said aloud, and how it ended. */
static void
count_claims (const Guest *guest, VmmOutlookSubject subject, Count *count)
{
  const VmmLedgerPage *page = get_page (guest, subject);

  for (guint i = 0; i < page->n; i++) {
    const VmmClaim *claim = &page->claims[i];
    count->said += !claim->is_secret;
    count->right += !claim->is_secret && claim->fate == VMM_FATE_RIGHT;
    count->wrong += !claim->is_secret && claim->fate == VMM_FATE_WRONG;
  }
}

static void
count_all (const Guest *guest, Count *count)
{
  for (guint s = 0; s < VMM_N_OUTLOOKS; s++)
    count_claims (guest, (VmmOutlookSubject) s, count);
}

/* A third each: white noise, a random walk, episodes at exponential intervals; twenty minutes of each. */
static void
test_memoryless (void)
{
  Count count = { 0 };

  for (guint g = 0; g < 1000; g++) {
    Guest guest;
    guest_init (&guest, 1000 + g);
    double busy = 40, used = 40, mean = 20 + g % 60;
    guint  begins = (guint) draw_exponential (guest.rand, mean), until = 0;
    for (guint s = 0; s < 1200; s++) {
      if (g % 3 == 0) {
        busy = 80 + 10 * draw_normal (guest.rand);
        used = 60 + 3 * draw_normal (guest.rand);
      } else if (g % 3 == 1) {
        busy = CLAMP (busy + 6 * draw_normal (guest.rand), 0, 100);
        used = CLAMP (used + 0.3 * draw_normal (guest.rand), 5, 94);
      } else {
        if (s == begins) {
          until = s + 12;
          begins = until + 1 + (guint) draw_exponential (guest.rand, mean);
        }
        busy = s < until ? 95 : 5;
      }
      guest.row[VMM_CHANNEL_CPU_BUSY] = (float) CLAMP (busy, 0, 100);
      guest.row[VMM_CHANNEL_DISK_UTIL] = (float) CLAMP (100 - busy, 0, 100);
      guest.row[VMM_CHANNEL_DISK_WRITE] = (float) CLAMP (busy, 0, 100);
      guest.row[VMM_CHANNEL_MEMORY_USED] = (float) used;
      tick (&guest);
    }
    count_all (&guest, &count);
    guest_clear (&guest);
  }
  g_test_message ("memoryless: %u said in 20000 minutes, %u wrong", count.said, count.wrong);
  g_assert_cmpuint (count.said, <=, 20); /* one in 1000 minutes */
}

/* The intervals of a guest with a rhythm, among others of any length: none of three is its own, or one. */
static void
test_shuffled (void)
{
  for (gint own = 0; own < 2; own++) {
    Count count = { 0 };
    for (guint g = 0; g < 200; g++) {
      Guest guest;
      guest_init (&guest, 5000 + g);
      for (guint i = 0; i < 40; i++)
        be_busy (&guest, 12,
                 g_rand_int_range (guest.rand, 0, 3) < own
                     ? 28
                     : (guint) g_rand_int_range (guest.rand, 5, 90));
      count_claims (&guest, VMM_OUTLOOK_CPU, &count);
      guest_clear (&guest);
    }
    g_test_message ("shuffled, %d of 3 its own: %u said of 8000 episodes", own, count.said);
    g_assert_cmpuint (count.said, <=, own ? 24 : 0);
  }
}

/* Memory of what warms up rises less and less: 1 - e^(-t/tau). Nothing of it ever fills. */
static void
test_warm_ups (void)
{
  Count count = { 0 };

  for (guint tau = 20; tau <= 300; tau += 5)
    for (guint top = 50; top <= 90; top += 10) {
      Guest guest;
      guest_init (&guest, tau * 100 + top);
      for (guint s = 0; s < 6 * tau + 120; s++) {
        double warm = 1 - exp (-MAX (0, (double) s - 60) / tau);
        guest.row[VMM_CHANNEL_MEMORY_USED] =
            (float) (20 + (top - 20) * warm + 0.05 * draw_normal (guest.rand));
        tick (&guest);
      }
      count_claims (&guest, VMM_OUTLOOK_MEMORY, &count);
      guest_clear (&guest);
    }
  g_test_message ("warm-ups: %u said in 285 guests", count.said);
  g_assert_cmpuint (count.said, ==, 0);
}

/* Leaks with noise and pauses, of two to twenty minutes from half full to full. */
static void
test_leaks (void)
{
  Count count = { 0 };

  for (guint g = 0; g < 200; g++) {
    Guest guest;
    guest_init (&guest, 9000 + g);
    double used = 30, noise = 0.05 + 0.01 * (g % 40), rate = 45.0 / (120 + 5 * g);
    guint  pause = 0;
    for (guint s = 0; s < 6000 && used < 100; s++) {
      if (pause > 0)
        pause--;
      else if (g_rand_int_range (guest.rand, 0, 120) == 0)
        pause = (guint) g_rand_int_range (guest.rand, 1, 20);
      else
        used += rate;
      guest.row[VMM_CHANNEL_MEMORY_USED] =
          (float) CLAMP (used + noise * draw_normal (guest.rand), 0, 100);
      tick (&guest);
    }
    count_claims (&guest, VMM_OUTLOOK_MEMORY, &count);
    guest_clear (&guest);
  }
  g_test_message ("leaks: %u said, %u right, %u wrong", count.said, count.right, count.wrong);
  g_assert_cmpuint (count.said, >=, 150);
  g_assert_cmpuint (count.right / 4, >=, count.wrong);
}

/* What was said up to a moment is the same to the bit, whatever comes after it. */
static void
test_no_peeking (void)
{
  for (guint cut = 50; cut <= 900; cut += 37) {
    Guest guests[2];
    for (guint i = 0; i < 2; i++)
      guest_init (&guests[i], 77);
    for (guint s = 0; s < 1000; s++)
      for (guint i = 0; i < 2; i++) {
        Guest *guest = &guests[i];
        double noise = 0.1 * draw_normal (guest->rand);
        guest->row[VMM_CHANNEL_CPU_BUSY] = s % 40 < 12 ? 95 : 5;
        guest->row[VMM_CHANNEL_MEMORY_USED] = (float) (40 + 0.06 * s + noise);
        if (i == 1 && s > cut) {
          guest->row[VMM_CHANNEL_CPU_BUSY] = 0;
          guest->row[VMM_CHANNEL_MEMORY_USED] = 3;
        }
        tick (guest);
        for (guint k = 0; i == 1 && s <= cut && k < VMM_N_OUTLOOKS; k++) {
          VmmOutlookItem a = ask (&guests[0], (VmmOutlookSubject) k);
          VmmOutlookItem b = ask (&guests[1], (VmmOutlookSubject) k);
          g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
          g_assert_cmpmem (get_page (&guests[0], k), sizeof (VmmLedgerPage),
                           get_page (&guests[1], k), sizeof (VmmLedgerPage));
        }
      }
    for (guint i = 0; i < 2; i++)
      guest_clear (&guests[i]);
  }
}

/* ---- Memory */

static void
rise (Guest *guest, guint seconds, double rate)
{
  for (guint s = 0; s < seconds; s++) {
    guest->row[VMM_CHANNEL_MEMORY_USED] =
        (float) MIN (100, (double) guest->row[VMM_CHANNEL_MEMORY_USED] + rate);
    tick (guest);
  }
}

static void
test_memory (void)
{
  Guest guest;

  guest_init (&guest, 3);
  rise (&guest, 59, 0.1);
  VmmOutlookItem item = ask (&guest, VMM_OUTLOOK_MEMORY);
  g_assert_cmpint (item.why, ==, VMM_OUTLOOK_EARLY);
  g_assert_cmpuint (item.seen, ==, 59);
  g_assert_cmpuint (item.needed, ==, 60);
  rise (&guest, 1, 0.1);
  g_assert_cmpint (ask (&guest, VMM_OUTLOOK_MEMORY).why, ==, VMM_OUTLOOK_HALF);
  guest.row[VMM_CHANNEL_MEMORY_USED] = 50;
  rise (&guest, 120, 0.01);
  g_assert_cmpint (ask (&guest, VMM_OUTLOOK_MEMORY).why, ==, VMM_OUTLOOK_FAR);
  rise (&guest, 120, 0.1);
  item = ask (&guest, VMM_OUTLOOK_MEMORY);
  g_assert_cmpint (item.why, ==, VMM_OUTLOOK_SAID);
  g_assert_cmpfloat_with_epsilon (item.rate, 6, 0.1);
  g_assert_cmpfloat_with_epsilon (item.when_s, (95 - item.level) / 0.1, 3);
  g_assert_cmpfloat_with_epsilon (item.low_s, 0.7 * item.when_s, 1e-6);
  g_assert_cmpfloat_with_epsilon (item.high_s, 2 * item.when_s, 1e-6);
  g_assert_false (item.is_nearly_full);

  rise (&guest, 240, 0.1);
  item = ask (&guest, VMM_OUTLOOK_MEMORY);
  g_assert_true (item.is_nearly_full);
  rise (&guest, 120, 0.1);
  item = ask (&guest, VMM_OUTLOOK_MEMORY);
  g_assert_cmpint (item.why, ==, VMM_OUTLOOK_FULL);
  g_assert_cmpuint (item.right, ==, 1);
  g_assert_cmpuint (item.of, ==, 1);
  guest_clear (&guest);
}

/* It stops; the claim stays open until it would have come, and is wrong. Two of them silence it. */
static void
test_memory_stops (void)
{
  Guest guest;

  guest_init (&guest, 3);
  for (guint i = 0; i < 3; i++) {
    guest.row[VMM_CHANNEL_MEMORY_USED] = 60;
    rise (&guest, 60, 0);
    rise (&guest, 100, 0.2);
    VmmOutlookItem item = ask (&guest, VMM_OUTLOOK_MEMORY);
    g_assert_cmpint (item.why, ==, i < 2 ? VMM_OUTLOOK_SAID : VMM_OUTLOOK_WRONG);
    g_assert_cmpuint (item.of, ==, i);
    g_assert_cmpuint (item.right, ==, 0);
    rise (&guest, 60, 0);
    g_assert_cmpint (ask (&guest, VMM_OUTLOOK_MEMORY).why, ==,
                     i < 2 ? VMM_OUTLOOK_STOPPED : VMM_OUTLOOK_STEADY);
    rise (&guest, 400, 0);
  }
  /* In secret it comes true, and it may speak again. */
  guest.row[VMM_CHANNEL_MEMORY_USED] = 60;
  rise (&guest, 60, 0);
  rise (&guest, 300, 0.2);
  g_assert_cmpuint (ask (&guest, VMM_OUTLOOK_MEMORY).right, ==, 1);
  guest.row[VMM_CHANNEL_MEMORY_USED] = 60;
  rise (&guest, 60, 0);
  rise (&guest, 100, 0.2);
  g_assert_cmpint (ask (&guest, VMM_OUTLOOK_MEMORY).why, ==, VMM_OUTLOOK_SAID);

  /* The balloon moves: what was is no trend of what is. */
  guest.row[VMM_CHANNEL_MEMORY_BALLOON] = 10;
  rise (&guest, 1, 0.2);
  g_assert_cmpint (ask (&guest, VMM_OUTLOOK_MEMORY).why, ==, VMM_OUTLOOK_EARLY);
  const VmmLedgerPage *page = get_page (&guest, VMM_OUTLOOK_MEMORY);
  g_assert_cmpint (page->claims[page->n - 1].fate, ==, VMM_FATE_UNSEEN);
  guest_clear (&guest);
}

/* ---- Headroom */

/* What a made guest has, and what each unit of its load uses of it. */
typedef struct {
  double cpu, requests, read, memory; /* a unit of load */
  double own_cpu, own_memory;         /* whatever the load */
  double work_us, parallel_us, deep_us, stream_mb;
  double steal, stolen; /* NAN: not told */
  double fading;        /* of the disk, from burst to burst */
  double least, most;   /* load */
} Machine;

static const Machine plain = { .cpu = 5,
                               .requests = 20,
                               .read = 1,
                               .own_cpu = 3,
                               .own_memory = 25,
                               .work_us = 400,
                               .parallel_us = 400,
                               .deep_us = 1000,
                               .stream_mb = 1000,
                               .fading = 1,
                               .least = 1,
                               .most = 4 };

static void
set_load (Guest *guest, const Machine *machine, double load)
{
  float *row = guest->row;
  double noise = 1 + 0.03 * draw_normal (guest->rand);

  row[VMM_CHANNEL_CPU_BUSY] = (float) (machine->own_cpu + machine->cpu * load * noise);
  row[VMM_CHANNEL_DISK_IOPS] = (float) (machine->requests * load * noise);
  row[VMM_CHANNEL_DISK_READ] = (float) (machine->read * load);
  row[VMM_CHANNEL_MEMORY_USED] = (float) (machine->own_memory + machine->memory * load);
  row[VMM_CHANNEL_CPU_STEAL] =
      isnan (machine->steal) ? vmm_absent (VMM_NOT_EXPOSED) : (float) machine->steal;
}

/* The channels of the probes in second `s` of a window; they are a load as well. */
static void
set_probes (Guest *guest, const Machine *machine, guint s)
{
  float   *row = guest->row;
  gboolean is_burst = s % 8 == 4;
  float    fading = (float) pow (machine->fading, floor (s / 8.0));

  row[VMM_CHANNEL_PROBE_CLOCK] = is_burst ? vmm_absent (VMM_PENDING) : 30;
  row[VMM_CHANNEL_PROBE_WORK] = is_burst ? vmm_absent (VMM_PENDING) : (float) machine->work_us;
  row[VMM_CHANNEL_CPU_STOLEN] = is_burst ? vmm_absent (VMM_PENDING) : (float) machine->stolen;
  row[VMM_CHANNEL_PROBE_PARALLEL] =
      is_burst ? (float) machine->parallel_us : vmm_absent (VMM_PENDING);
  row[VMM_CHANNEL_PROBE_DEEP] =
      is_burst ? (float) machine->deep_us / fading : vmm_absent (VMM_PENDING);
  row[VMM_CHANNEL_PROBE_STREAMREAD] = row[VMM_CHANNEL_PROBE_STREAMWRITE] =
      is_burst ? (float) machine->stream_mb * fading : vmm_absent (VMM_PENDING);
  row[VMM_CHANNEL_SELF_CPU] = 4;
  row[VMM_CHANNEL_SELF_IOPS] = 18;
  row[VMM_CHANNEL_CPU_BUSY] += is_burst ? 90 : 4;
  row[VMM_CHANNEL_DISK_IOPS] += is_burst ? 9000 : 18;
  row[VMM_CHANNEL_DISK_WRITE] = s < 3 ? 11 : 0;
}

static void
clear_probes (Guest *guest)
{
  for (guint c = VMM_CHANNEL_SELF_CPU; c < VMM_N_CHANNELS; c++)
    guest->row[c] = vmm_absent (VMM_OFF);
  guest->row[VMM_CHANNEL_CPU_STOLEN] = vmm_absent (VMM_OFF);
}

static VmmHeadroom
find_headroom (const Guest *guest)
{
  VmmHeadroom headroom;

  vmm_outlook_get_headroom (guest->outlook, &headroom);
  return headroom;
}

/* A window of 30 s and 30 more, under a load that changes every other second. */
static VmmHeadroom
measure (Guest *guest, const Machine *machine, guint seconds)
{
  for (guint s = 0; s < seconds; s++) {
    double share = (s / 2 * 7 % 10) / 9.0;
    clear_probes (guest);
    set_load (guest, machine, machine->least + share * (machine->most - machine->least));
    if (s < 30)
      set_probes (guest, machine, s);
    tick (guest);
  }
  return find_headroom (guest);
}

static VmmHeadroom
measure_new (const Machine *machine, guint seconds)
{
  Guest guest;

  guest_init (&guest, 11);
  VmmHeadroom headroom = measure (&guest, machine, seconds);
  guest_clear (&guest);
  return headroom;
}

/* The load of the mean is 2.5: so many times it fits into what is left by what does not grow. */
static void
test_multiple (void)
{
  VmmHeadroom headroom = measure_new (&plain, 60);

  g_assert_cmpint (headroom.why, ==, VMM_HEADROOM_KNOWN);
  g_assert_cmpint (headroom.first, ==, VMM_RESOURCE_CPU);
  g_assert_cmpfloat_with_epsilon (headroom.resources[VMM_RESOURCE_CPU].multiple, 97 / 12.5, 0.78);
  g_assert_cmpint (headroom.resources[VMM_RESOURCE_CPU].class, ==, VMM_HEADROOM_10);
  g_assert_cmpfloat_with_epsilon (headroom.resources[VMM_RESOURCE_CPU].use, 15.5, 1);
  g_assert_cmpfloat_with_epsilon (headroom.resources[VMM_RESOURCE_CPU].capacity, 100, 1e-3);
  g_assert_false (headroom.is_ratio);
  g_assert_false (headroom.or_more);
  g_assert_false (headroom.are_close);
  g_assert_cmpint (headroom.second, ==, VMM_RESOURCE_REQUESTS);
  g_assert_cmpfloat_with_epsilon (headroom.resources[VMM_RESOURCE_REQUESTS].multiple, 21, 2);
  /* Memory stands still: it never fills. */
  g_assert_cmpfloat (headroom.resources[VMM_RESOURCE_MEMORY].multiple, ==, INFINITY);
}

/* Each resource fills first where there is little of it, and is called by its class. */
static void
test_first (void)
{
  static const struct {
    VmmResource first;
    VmmHeadroomClass class;
    double  multiple;
    Machine machine;
  } rows[] = {
    { VMM_RESOURCE_CPU,
      VMM_HEADROOM_2,
      2,
      { .cpu = 19, .requests = 20, .own_cpu = 5, .deep_us = 1000 } },
    { VMM_RESOURCE_CPU,
      VMM_HEADROOM_4,
      3,
      { .cpu = 5, .requests = 20, .own_cpu = 3, .deep_us = 1000, .parallel_us = 1000 } },
    { VMM_RESOURCE_CPU,
      VMM_HEADROOM_2,
      2.2, /* most of its use stands, and is no less a load */
      { .cpu = 2, .requests = 20, .own_cpu = 40, .deep_us = 100 } },
    { VMM_RESOURCE_REQUESTS, VMM_HEADROOM_10, 5, { .cpu = 1, .requests = 20, .deep_us = 5000 } },
    { VMM_RESOURCE_REQUESTS,
      VMM_HEADROOM_BEYOND,
      13,
      { .cpu = 1, .requests = 20, .deep_us = 1666 } },
    { VMM_RESOURCE_BYTES,
      VMM_HEADROOM_4,
      3.4,
      { .cpu = 1, .requests = 2, .read = 10, .deep_us = 10, .stream_mb = 60 } },
    { VMM_RESOURCE_MEMORY,
      VMM_HEADROOM_4,
      3.4,
      { .cpu = 2, .requests = 2, .memory = 8, .own_memory = 25, .deep_us = 10 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Machine machine = rows[i].machine;
    machine.work_us = 400;
    machine.parallel_us = machine.parallel_us > 0 ? machine.parallel_us : 400;
    machine.stream_mb = machine.stream_mb > 0 ? machine.stream_mb : 1000;
    machine.fading = machine.least = 1;
    machine.most = 4;
    VmmHeadroom headroom = measure_new (&machine, 60);
    g_assert_cmpint (headroom.why, ==, VMM_HEADROOM_KNOWN);
    g_assert_cmpint (headroom.first, ==, rows[i].first);
    g_assert_cmpfloat_with_epsilon (headroom.resources[headroom.first].multiple, rows[i].multiple,
                                    0.15 * rows[i].multiple);
    g_assert_cmpint (headroom.resources[headroom.first].class, ==, rows[i].class);
  }
}

/* What speaks against it, in the order in which it comes. */
static void
test_headroom_silent (void)
{
  Machine machine = plain;
  Guest   guest;

  g_assert_cmpint (measure_new (&machine, 4).why, ==, VMM_HEADROOM_NO_BURSTS);
  VmmHeadroom headroom = measure_new (&machine, 20);
  g_assert_cmpint (headroom.why, ==, VMM_HEADROOM_EARLY);
  g_assert_cmpuint (headroom.seen, ==, 20 - 3 - 2); /* the first ones, and two bursts */
  g_assert_cmpuint (headroom.needed, ==, 20);
  machine.cpu = machine.requests = 0.1;
  machine.own_cpu = 0;
  headroom = measure_new (&machine, 60);
  g_assert_cmpint (headroom.why, ==, VMM_HEADROOM_IDLE);
  g_assert_true (isnan (headroom.resources[VMM_RESOURCE_CPU].multiple)); /* no figure either */
  machine = plain;
  machine.fading = 0.5;
  machine.deep_us = 1000;
  g_assert_cmpint (measure_new (&machine, 60).why, ==, VMM_HEADROOM_FADED);
  machine.requests = machine.read = 0; /* the disk is not used: never mind */
  g_assert_cmpint (measure_new (&machine, 60).why, ==, VMM_HEADROOM_KNOWN);

  guest_init (&guest, 12);
  g_assert_cmpint (measure (&guest, &plain, 620).why, ==, VMM_HEADROOM_KNOWN);
  g_assert_cmpint (measure (&guest, &plain, 3).why, ==, VMM_HEADROOM_NO_BURSTS);
  measure (&guest, &plain, 640);
  g_assert_cmpint (find_headroom (&guest).why, ==, VMM_HEADROOM_OLD);
  measure (&guest, &plain, 60);
  guest.row[VMM_CHANNEL_MEMORY_BALLOON] = 20;
  tick (&guest);
  g_assert_cmpint (find_headroom (&guest).why, ==, VMM_HEADROOM_EARLY);
  measure (&guest, &plain, 60);
  guest.row[VMM_CHANNEL_CLOCK_LOST] = 3000; /* moved to another host, perhaps */
  tick (&guest);
  g_assert_cmpint (find_headroom (&guest).why, ==, VMM_HEADROOM_NO_BURSTS);
  guest_clear (&guest);
}

static void
test_steady (void)
{
  Machine machine = plain;

  machine.least = machine.most = 4;
  VmmHeadroom headroom = measure_new (&machine, 60);
  g_assert_true (headroom.is_ratio);
  g_assert_cmpint (headroom.first, ==, VMM_RESOURCE_CPU);
  g_assert_cmpfloat_with_epsilon (headroom.resources[VMM_RESOURCE_CPU].multiple, 100 / 23.0, 0.4);
}

/* Time that is stolen is not asked for; and where there is some, the CPUs may carry more. */
static void
test_stolen (void)
{
  Machine machine = plain;

  machine.steal = NAN;
  machine.stolen = 50;
  VmmHeadroom headroom = measure_new (&machine, 60);
  g_assert_true (headroom.or_more);
  g_assert_cmpfloat_with_epsilon (headroom.resources[VMM_RESOURCE_CPU].use, 7.75, 0.5);
  machine.steal = 20;
  headroom = measure_new (&machine, 60);
  g_assert_true (headroom.or_more);
  g_assert_cmpfloat_with_epsilon (headroom.resources[VMM_RESOURCE_CPU].use, 15.5, 1);
}

/* Two that fill at once are both named. */
static void
test_close (void)
{
  Machine machine = plain;

  machine.requests = 50;
  machine.deep_us = 1e6 / 950;
  VmmHeadroom headroom = measure_new (&machine, 60);
  g_assert_true (headroom.are_close);
  g_assert_cmpint (headroom.first + headroom.second, ==, VMM_RESOURCE_CPU + VMM_RESOURCE_REQUESTS);
}

/* ---- The ledger */

/* What was right in a program of before is right: it need not prove itself anew, only see six intervals. */
static void
test_restart (void)
{
  Guest     guest, next;
  VmmLedger ledger;
  guint64   changes;

  guest_init (&guest, 1);
  changes = vmm_outlook_get_changes (guest.outlook);
  for (guint i = 0; i < 40; i++)
    be_busy (&guest, 12, 28);
  g_assert_cmpuint (vmm_outlook_get_changes (guest.outlook), >=, changes + 33);
  ledger = *vmm_outlook_get_ledger (guest.outlook);
  g_assert_cmpuint (ledger.pages[VMM_OUTLOOK_CPU].n, ==, VMM_LEDGER_KEPT);
  g_assert_cmpint (ledger.pages[VMM_OUTLOOK_CPU].claims[VMM_LEDGER_KEPT - 1].fate, ==,
                   VMM_FATE_OPEN);

  guest_init (&next, 2);
  vmm_outlook_set_ledger (next.outlook, &ledger);
  g_assert_cmpint (get_page (&next, VMM_OUTLOOK_CPU)->claims[VMM_LEDGER_KEPT - 1].fate, ==,
                   VMM_FATE_UNSEEN);
  for (guint i = 0; i < 7; i++) {
    g_assert_cmpint (ask (&next, VMM_OUTLOOK_CPU).why, !=, VMM_OUTLOOK_SAID);
    be_busy (&next, 12, 28);
  }
  g_assert_cmpint (ask (&next, VMM_OUTLOOK_CPU).why, ==, VMM_OUTLOOK_SAID);
  g_assert_cmpuint (ask (&next, VMM_OUTLOOK_CPU).of, ==, 10);
  guest_clear (&guest);
  guest_clear (&next);
}

/* mallinfo2() is younger than some systems that this is built on. */
static int
count_bytes (void)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return mallinfo ().uordblks; /* NOLINT(concurrency-mt-unsafe): there is one thread */
  G_GNUC_END_IGNORE_DEPRECATIONS
}

/* After the start no row takes memory. */
static void
test_no_allocation (void)
{
  Guest guest;

  guest_init (&guest, 4);
  tick (&guest);
  int before = count_bytes ();
  for (guint s = 0; s < 2000; s++) {
    guest.row[VMM_CHANNEL_CPU_BUSY] = s % 40 < 12 ? 95 : 5;
    guest.row[VMM_CHANNEL_MEMORY_USED] = (float) (50 + s % 450 * 0.1);
    tick (&guest);
    ask (&guest, VMM_OUTLOOK_CPU);
  }
  g_assert_cmpint (count_bytes (), ==, before);
  guest_clear (&guest);
}

static void
test_ids (void)
{
  g_assert_cmpstr (vmm_outlook_id (VMM_OUTLOOK_STEAL), ==, "steal");
  g_assert_null (vmm_outlook_id (VMM_N_OUTLOOKS));
  for (guint i = 0; i < VMM_N_OUTLOOK_WHYS; i++)
    g_assert_nonnull (vmm_outlook_why_id (i));
  g_assert_cmpstr (vmm_outlook_why_id (VMM_OUTLOOK_WRONG), ==, "wrong");
  g_assert_null (vmm_outlook_why_id (VMM_N_OUTLOOK_WHYS));
  g_assert_cmpstr (vmm_fate_id (VMM_FATE_UNSEEN), ==, "unseen");
  g_assert_null (vmm_fate_id (VMM_N_FATES));
  g_assert_cmpstr (vmm_resource_id (VMM_RESOURCE_BYTES), ==, "bytes");
  g_assert_null (vmm_resource_id (VMM_N_RESOURCES));
  g_assert_cmpstr (vmm_headroom_class_id (VMM_HEADROOM_BEYOND), ==, "beyond");
  g_assert_null (vmm_headroom_class_id (VMM_N_HEADROOM_CLASSES));
  g_assert_cmpstr (vmm_headroom_why_id (VMM_HEADROOM_IDLE), ==, "idle");
  g_assert_null (vmm_headroom_why_id (VMM_N_HEADROOM_WHYS));
}

/* Sentences are made anew where they would be others, and only there. */
static void
test_same (void)
{
  static const double changes[][2] = { { 60, 60.2 }, { 60, 61 } };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    VmmOutlookState a = { .items = { { .why = VMM_OUTLOOK_SAID, .when_s = changes[i][0] } } },
                    b = a;
    b.items[0].when_s = changes[i][1];
    g_assert_cmpint (vmm_outlook_is_same (&a, &b), ==, i == 0);
  }
  VmmOutlookState a = { .headroom.resources = { { 10, 100, 9, VMM_HEADROOM_10 } } }, b = a;
  for (guint k = 1; k < VMM_N_RESOURCES; k++)
    a.headroom.resources[k] = b.headroom.resources[k] = (VmmHeadroomResource){ NAN, NAN, NAN, 0 };
  b.headroom.resources[0].use = 10.1;
  g_assert_true (vmm_outlook_is_same (&a, &b));
  b.headroom.resources[0].use = 11;
  g_assert_false (vmm_outlook_is_same (&a, &b));
  b = a;
  b.headroom.first = VMM_RESOURCE_MEMORY;
  g_assert_false (vmm_outlook_is_same (&a, &b));
  b = a;
  a.items[1].level = 50; /* nobody is told of it */
  g_assert_true (vmm_outlook_is_same (&a, &b));
  a.items[1].is_nearly_full = b.items[1].is_nearly_full = TRUE;
  g_assert_false (vmm_outlook_is_same (&a, &b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outlook/rhythm", test_rhythm);
  g_test_add_func ("/outlook/episodes", test_episodes);
  g_test_add_func ("/outlook/breaks", test_breaks);
  g_test_add_func ("/outlook/memoryless", test_memoryless);
  g_test_add_func ("/outlook/shuffled", test_shuffled);
  g_test_add_func ("/outlook/warm-ups", test_warm_ups);
  g_test_add_func ("/outlook/leaks", test_leaks);
  g_test_add_func ("/outlook/no-peeking", test_no_peeking);
  g_test_add_func ("/outlook/memory", test_memory);
  g_test_add_func ("/outlook/memory-stops", test_memory_stops);
  g_test_add_func ("/outlook/multiple", test_multiple);
  g_test_add_func ("/outlook/first", test_first);
  g_test_add_func ("/outlook/headroom-silent", test_headroom_silent);
  g_test_add_func ("/outlook/steady", test_steady);
  g_test_add_func ("/outlook/stolen", test_stolen);
  g_test_add_func ("/outlook/close", test_close);
  g_test_add_func ("/outlook/restart", test_restart);
  g_test_add_func ("/outlook/no-allocation", test_no_allocation);
  g_test_add_func ("/outlook/ids", test_ids);
  g_test_add_func ("/outlook/same", test_same);
  return g_test_run ();
}
