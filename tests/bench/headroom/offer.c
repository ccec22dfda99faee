/* SPDX-License-Identifier: MIT */
/* offer: a load of a known mix at rates that go up and down, then ever more of it until no more is served.
 *
 * usage: offer KEY=VALUE... -- COMMAND
 * Requests arrive by chance (Poisson) whether or not those before are served. Their rate is 5 to 35 % of what is
 * served when each worker asks without a pause, another one every `step` seconds: for `before` seconds (phase L),
 * then for as long as the shell's COMMAND runs (W). Then the rate grows every two seconds (R), until for four of
 * these steps less than 85 % is served.
 *
 * What a request does, in this order:
 *   cpu=US  read=N stream=N write=N (pieces of `block` KiB: at random, one after the other, at random)  sync=1
 *   hold=PAGES for=MS (memory that it touches, and keeps)  lock=US (one for all is held, asleep)
 *   tcp=PORT say=TEXT (\r and \n are escaped; as long a reply as the first one)  run=COMMAND
 * workers=N  file=MIB (what is read and written)  batch=N (arrive at once, in the mean)  most=RATE (instead of asking)
 * ground=PERCENT of a CPU, reads=RATE: what is there besides, and does not grow  seed=N  before=S step=S ramp=S
 *
 * Prints, once a second, "row PHASE" and the counters of Row; what COMMAND prints is between these. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define QUEUE (1U << 17)
#define LATENCIES (1U << 18)
#define HELD (1U << 16)
#define PAGE 4096
#define LEAST_MEMORY 0.08 /* of all: below, a request that wants memory is refused */

typedef struct {
  const char *name;
  double      number;
  const char *text;
} Word;

enum {
  CPU,
  READ,
  STREAM,
  WRITE,
  BLOCK,
  SYNC,
  HOLD,
  FOR,
  LOCK,
  TCP,
  SAY,
  RUN,
  WORKERS,
  FILE_MIB,
  BATCH,
  MOST,
  GROUND,
  READS,
  SEED,
  BEFORE,
  STEP,
  RAMP,
  N_WORDS
};

static Word words[N_WORDS] = {
  [CPU] = { "cpu", 0, NULL },         [READ] = { "read", 0, NULL },
  [STREAM] = { "stream", 0, NULL },   [WRITE] = { "write", 0, NULL },
  [BLOCK] = { "block", 4, NULL },     [SYNC] = { "sync", 0, NULL },
  [HOLD] = { "hold", 0, NULL },       [FOR] = { "for", 0, NULL },
  [LOCK] = { "lock", 0, NULL },       [TCP] = { "tcp", 0, NULL },
  [SAY] = { "say", 0, NULL },         [RUN] = { "run", 0, NULL },
  [WORKERS] = { "workers", 8, NULL }, [FILE_MIB] = { "file", 24, NULL },
  [BATCH] = { "batch", 1, NULL },     [MOST] = { "most", 0, NULL },
  [GROUND] = { "ground", 0, NULL },   [READS] = { "reads", 0, NULL },
  [SEED] = { "seed", 7, NULL },       [BEFORE] = { "before", 12, NULL },
  [STEP] = { "step", 2, NULL },       [RAMP] = { "ramp", 14, NULL },
};

static double
value (int word)
{
  return words[word].number;
}

/* ---- Time and chance */

static double
get_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
sleep_for (double seconds)
{
  if (seconds <= 0)
    return;
  struct timespec rest = { (time_t) seconds, (long) ((seconds - floor (seconds)) * 1e9) };
  nanosleep (&rest, NULL);
}

static uint64_t
stir (uint64_t *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* Between 0 and 1, neither included. */
static double
draw (uint64_t *state)
{
  return ((double) (stir (state) >> 11) + 0.5) / 9007199254740992.0;
}

static uint64_t
seed (uint64_t number)
{
  uint64_t state = number * 104729 + 1;

  for (int i = 0; i < 9; i++)
    stir (&state);
  return state;
}

/* ---- What a request does */

static int    reading, writing, disk; /* descriptors */
static long   n_pages;                /* of the file */
static double turns_a_us;             /* of the loop, alone */

static _Atomic uint64_t sink;

static void
compute (double us, uint64_t *state)
{
  for (long i = (long) (us * turns_a_us); i > 0; i--)
    stir (state);
  sink = *state;
}

static void
measure_loop (void)
{
  double best = 1;

  for (int i = 0; i < 40; i++) {
    uint64_t state = 7;
    double   begin = get_now ();
    for (int k = 0; k < 20000; k++)
      stir (&state);
    sink = state;
    best = fmin (best, get_now () - begin);
  }
  turns_a_us = 20000 / best / 1e6;
}

static void
fail (const char *what)
{
  perror (what);
  exit (1);
}

typedef struct {
  uint64_t chance;
  long     next; /* block of a stream */
  char    *buffer;
  int      peer; /* a socket, -1: none yet */
  size_t   reply;
} Worker;

static void
use_disk (Worker *worker)
{
  size_t size = (size_t) value (BLOCK) * 1024;
  long   n = n_pages * PAGE / (long) size;

  for (double i = 0; i < value (READ); i++)
    if (pread (reading, worker->buffer, size,
               (off_t) (stir (&worker->chance) % (uint64_t) n) * (off_t) size) < 0)
      fail ("pread");
  for (double i = 0; i < value (STREAM); i++)
    if (pread (reading, worker->buffer, size, (off_t) (worker->next++ % n) * (off_t) size) < 0)
      fail ("pread");
  for (double i = 0; i < value (WRITE); i++)
    if (pwrite (writing, worker->buffer, size,
                (off_t) (stir (&worker->chance) % (uint64_t) n) * (off_t) size) < 0)
      fail ("pwrite");
  if (value (SYNC) > 0)
    fdatasync (writing);
}

static struct {
  char  *memory;
  double until;
} held[HELD];
static unsigned        held_first, held_end;
static pthread_mutex_t holding = PTHREAD_MUTEX_INITIALIZER, the_lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic double  available = 1; /* of all memory */

static int
hold (void)
{
  size_t size = (size_t) value (HOLD) * PAGE;
  char  *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    return 0;
  for (size_t i = 0; i < size; i += PAGE)
    memory[i] = 1;
  pthread_mutex_lock (&holding);
  held[held_end % HELD].memory = memory;
  held[held_end++ % HELD].until = get_now () + value (FOR) / 1e3;
  pthread_mutex_unlock (&holding);
  return 1;
}

static int
be_asked (Worker *worker, const char *text)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons ((uint16_t) value (TCP)),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };
  size_t             got = 0;

  if (worker->peer < 0) {
    worker->peer = socket (AF_INET, SOCK_STREAM, 0);
    if (connect (worker->peer, (struct sockaddr *) &address, sizeof address) < 0)
      fail ("connect");
  }
  if (write (worker->peer, text, strlen (text)) < 0)
    fail ("write");
  for (;;) { /* the first reply ends where nothing more comes */
    struct pollfd wait = { worker->peer, POLLIN, 0 };
    if (worker->reply ? got >= worker->reply : poll (&wait, 1, got ? 200 : 5000) == 0)
      break;
    ssize_t n = read (worker->peer, worker->buffer, 1 << 20);
    if (n <= 0)
      fail ("read");
    got += (size_t) n;
  }
  worker->reply = got;
  return got > 0;
}

static int
run (const char *command)
{
  int   status = 0;
  pid_t child = fork ();

  if (child == 0) {
    execl ("/bin/sh", "sh", "-c", command, (char *) NULL);
    _exit (127);
  }
  waitpid (child, &status, 0);
  return status == 0;
}

/* 0: it was refused. */
static int
serve (Worker *worker)
{
  if (value (HOLD) > 0 && available < LEAST_MEMORY)
    return 0;
  compute (value (CPU), &worker->chance);
  use_disk (worker);
  if (value (HOLD) > 0 && !hold ())
    return 0;
  if (value (LOCK) > 0) {
    pthread_mutex_lock (&the_lock);
    sleep_for (value (LOCK) / 1e6);
    pthread_mutex_unlock (&the_lock);
  }
  if (value (TCP) > 0)
    return be_asked (worker, words[SAY].text);
  return !words[RUN].text || run (words[RUN].text);
}

/* ---- Who asks, and who is asked */

static pthread_mutex_t queueing = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t  arrived = PTHREAD_COND_INITIALIZER;
static double          queue[QUEUE]; /* when they arrived */
static unsigned        queue_first, queue_end;
static long            offered, served, refused;
static float           latencies[LATENCIES];
static unsigned        n_latencies;
static _Atomic double  rate;     /* a second */
static atomic_int      is_eager; /* nobody waits to be asked */

static void
note (double arrival, int was_served)
{
  pthread_mutex_lock (&queueing);
  served += was_served;
  refused += !was_served;
  if (was_served && n_latencies < LATENCIES)
    latencies[n_latencies++] = (float) (get_now () - arrival);
  pthread_mutex_unlock (&queueing);
  if (!was_served)
    sleep_for (0.002);
}

static double
wait_for_one (void)
{
  double arrival = get_now ();

  pthread_mutex_lock (&queueing);
  while (queue_first == queue_end && !is_eager)
    pthread_cond_wait (&arrived, &queueing);
  if (queue_first != queue_end)
    arrival = queue[queue_first++ % QUEUE];
  pthread_mutex_unlock (&queueing);
  return arrival;
}

static void *
work (void *number)
{
  Worker worker = { .chance = seed ((uintptr_t) number),
                    .next = (long) (uintptr_t) number * 37,
                    .peer = -1 };

  if (posix_memalign ((void **) &worker.buffer, PAGE, 4 << 20) != 0)
    exit (1);
  memset (worker.buffer, 7, 4 << 20);
  for (;;) {
    double arrival = wait_for_one ();
    note (arrival, serve (&worker));
  }
  return NULL;
}

static void
let_in (unsigned n)
{
  pthread_mutex_lock (&queueing);
  offered += n;
  for (double now = get_now (); n > 0 && queue_end - queue_first < QUEUE; n--)
    queue[queue_end++ % QUEUE] = now;
  pthread_cond_broadcast (&arrived);
  pthread_mutex_unlock (&queueing);
}

static void *
arrive (void *unused)
{
  uint64_t chance = seed ((uint64_t) value (SEED));
  double   next = get_now ();

  (void) unused;
  for (;;) {
    if (rate <= 0) {
      sleep_for (0.005);
      next = get_now ();
      continue;
    }
    next += -log (draw (&chance)) / rate * value (BATCH);
    double wait = next - get_now ();
    sleep_for (fmin (wait, 0.2));
    if (wait > 0.2) { /* the rate may be another by now */
      next = get_now ();
      continue;
    }
    unsigned n = 1;
    while (value (BATCH) > 1 && draw (&chance) > 1 / value (BATCH))
      n++;
    let_in (n);
  }
  return NULL;
}

static size_t
read_file (const char *path, char *text, size_t size)
{
  int     file = open (path, O_RDONLY);
  ssize_t n = file < 0 ? 0 : read (file, text, size - 1);

  if (file >= 0)
    close (file);
  text[n > 0 ? n : 0] = 0;
  return n > 0 ? (size_t) n : 0;
}

static double
find_number (const char *text, const char *name)
{
  const char *at = strstr (text, name);

  return at ? atof (at + strlen (name)) : NAN;
}

static double
find_available (void)
{
  char text[2048];

  read_file ("/proc/meminfo", text, sizeof text);
  return find_number (text, "MemAvailable:") / find_number (text, "MemTotal:");
}

static void *
keep_memory (void *unused)
{
  (void) unused;
  for (;;) {
    available = find_available ();
    pthread_mutex_lock (&holding);
    while (held_first != held_end && held[held_first % HELD].until < get_now ())
      munmap (held[held_first++ % HELD].memory, (size_t) value (HOLD) * PAGE);
    pthread_mutex_unlock (&holding);
    sleep_for (0.02);
  }
  return NULL;
}

static void *
compute_besides (void *unused)
{
  uint64_t chance = seed (99);

  (void) unused;
  for (;;) {
    compute (value (GROUND) * 100, &chance);
    sleep_for (0.01 * (1 - value (GROUND) / 100));
  }
  return NULL;
}

static void *
read_besides (void *unused)
{
  uint64_t chance = seed (91);
  char    *buffer;

  (void) unused;
  if (posix_memalign ((void **) &buffer, PAGE, PAGE) != 0)
    exit (1);
  for (;; sleep_for (1 / value (READS)))
    if (pread (reading, buffer, PAGE, (off_t) (stir (&chance) % (uint64_t) n_pages) * PAGE) < 0)
      fail ("pread");
  return NULL;
}

static void
begin_thread (void *(*function) (void *), uintptr_t number)
{
  pthread_t thread;

  if (pthread_create (&thread, NULL, function, (void *) number) !=
      0) // NOLINT(performance-no-int-to-ptr)
    exit (1);
}

/* ---- What is printed */

static int
compare (const void *a, const void *b)
{
  const float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

/* In seconds since the machine's start; NAN where the kernel has none. */
static double
get_pressure (const char *path)
{
  char text[512];

  read_file (path, text, sizeof text);
  return find_number (text, "total=") / 1e6;
}

/* Time, rate asked for, offered, served, refused, p50 and p99 in ms; seconds of CPUs busy and stolen, of the disk
 * busy; requests, bytes; seconds of pressure (cpu, io, memory); memory used, of all. */
static void
print_row (const char *phase)
{
  static char text[1 << 16];
  double      user = 0, nice = 0, system = 0, idle, wait, irq = 0, softirq = 0, steal = 0,
         fields[11] = { 0 };
  char *at = text, path[64];

  pthread_mutex_lock (&queueing);
  qsort (latencies, n_latencies, sizeof *latencies, compare);
  double p50 = n_latencies ? (double) latencies[n_latencies / 2] : NAN;
  double p99 = n_latencies ? (double) latencies[(unsigned) (n_latencies * 0.99)] : NAN;
  printf ("row %s %.4f %.5g %ld %ld %ld %.5g %.5g", phase, get_now (), rate, offered, served,
          refused, p50 * 1e3, p99 * 1e3);
  n_latencies = 0;
  pthread_mutex_unlock (&queueing);
  read_file ("/proc/stat", text, sizeof text);
  sscanf (text, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", &user, &nice, &system, &idle, &wait, &irq,
          &softirq, &steal);
  snprintf (path, sizeof path, "/sys/dev/block/%d:%d/stat", disk >> 16, disk & 0xffff);
  read_file (path, text, sizeof text);
  for (int i = 0; i < 11; i++)
    fields[i] = strtod (at, &at);
  printf (" %.10g %.10g %.10g %.10g %.10g %.10g %.10g %.10g %.5g\n",
          (user + nice + system + irq + softirq) / 100, steal / 100, fields[9] / 1e3,
          fields[0] + fields[4], (fields[2] + fields[6]) * 512, get_pressure ("/proc/pressure/cpu"),
          get_pressure ("/proc/pressure/io"), get_pressure ("/proc/pressure/memory"),
          1 - find_available ());
  fflush (stdout);
}

/* ---- The phases */

static double
find_most (void)
{
  if (value (MOST) > 0)
    return value (MOST);
  sleep_for (0.3);
  is_eager = 1;
  pthread_cond_broadcast (&arrived);
  sleep_for (0.7);
  long   before = served;
  double begin = get_now ();
  sleep_for (2);
  double most = (double) (served - before) / (get_now () - begin);
  is_eager = 0;
  sleep_for (0.5);
  return most;
}

static int
has_ended (pid_t child)
{
  return child > 0 && waitpid (child, NULL, WNOHANG) == child;
}

/* Until the child has ended, or for `seconds` where there is none. */
static void
go_up_and_down (const char *phase, double most, pid_t child, double seconds)
{
  static uint64_t chance;
  double          begin = get_now (), next_rate = begin;

  if (!chance)
    chance = seed ((uint64_t) value (SEED) * 31337);
  for (double tick = begin + 1; child ? !has_ended (child) : get_now () < begin + seconds;
       tick += 1) {
    if (get_now () >= next_rate) {
      rate = most * (0.05 + 0.30 * draw (&chance));
      next_rate += value (STEP);
    }
    sleep_for (tick - get_now ());
    print_row (phase);
  }
}

static void
grow (double most)
{
  double asked = 0.5 * most, end = get_now () + value (RAMP) + 6;

  pthread_mutex_lock (&queueing);
  queue_first = queue_end;
  pthread_mutex_unlock (&queueing);
  for (int failing = 0; get_now () < end && failing < 4; asked *= pow (5, 2 / value (RAMP))) {
    long   before = served;
    double begin = get_now ();
    rate = asked;
    for (int i = 0; i < 2; i++) {
      sleep_for (begin + i + 1 - get_now ());
      print_row ("R");
    }
    double got = (double) (served - before) / (get_now () - begin);
    failing += got < 0.85 * asked && (failing || asked > 0.9 * most);
  }
}

static pid_t
begin_command (const char *command)
{
  pid_t child = fork ();

  if (child == 0) {
    execl ("/bin/sh", "sh", "-c", command, (char *) NULL);
    _exit (127);
  }
  return child;
}

static int
lay_file (const char *directory, const char *name)
{
  char path[512], *buffer = NULL;

  snprintf (path, sizeof path, "%s/%s.%d", directory, name, (int) getpid ());
  int file = open (path, O_CREAT | O_RDWR | O_DIRECT, 0600);
  if (file < 0 || posix_memalign ((void **) &buffer, PAGE, 1 << 20) != 0)
    fail (path);
  unlink (path);
  memset (buffer, 3, 1 << 20);
  for (long i = 0; i < n_pages / 256; i++)
    if (pwrite (file, buffer, 1 << 20, (off_t) i << 20) < 0)
      fail (path);
  fsync (file);
  free (buffer);
  return file;
}

static char *
unescape (char *text)
{
  char *to = text;

  for (const char *from = text; *from; from++)
    if (*from == '\\' && from[1])
      *to++ = *++from == 'r' ? '\r' : '\n';
    else
      *to++ = *from;
  *to = 0;
  return text;
}

static void
read_words (int n, char **arguments)
{
  for (int i = 0; i < n; i++) {
    char *equals = strchr (arguments[i], '=');
    int   word = 0;
    while (equals && word < N_WORDS &&
           (strlen (words[word].name) != (size_t) (equals - arguments[i]) ||
            strncmp (words[word].name, arguments[i], strlen (words[word].name)) != 0))
      word++;
    if (!equals || word == N_WORDS) {
      fprintf (stderr, "offer: no word \"%s\"\n", arguments[i]);
      exit (2);
    }
    words[word].number = atof (equals + 1);
    words[word].text = unescape (equals + 1);
  }
}

int
main (int argc, char **argv)
{
  const char *directory = getenv ("SCRATCH") ? getenv ("SCRATCH") : "/var/tmp";
  int         end = 1;

  while (end < argc && strcmp (argv[end], "--") != 0)
    end++;
  if (end + 2 != argc) {
    fputs ("usage: offer KEY=VALUE... -- COMMAND\n", stderr);
    return 2;
  }
  read_words (end - 1, argv + 1);
  signal (SIGPIPE, SIG_IGN);
  n_pages = (long) value (FILE_MIB) * 256;
  reading = lay_file (directory, "read");
  writing = value (WRITE) > 0 ? lay_file (directory, "write") : -1;
  struct stat about;
  fstat (reading, &about);
  disk = (int) (major (about.st_dev) << 16 | minor (about.st_dev));
  measure_loop ();
  begin_thread (keep_memory, 0);
  begin_thread (arrive, 0);
  for (uintptr_t i = 1; i <= (uintptr_t) value (WORKERS); i++)
    begin_thread (work, i);
  if (value (GROUND) > 0)
    begin_thread (compute_besides, 0);
  if (value (READS) > 0)
    begin_thread (read_besides, 0);
  double most = find_most ();
  printf ("most %.5g cpus %ld\n", most, sysconf (_SC_NPROCESSORS_ONLN));
  print_row ("L");
  go_up_and_down ("L", most, 0, value (BEFORE));
  go_up_and_down ("W", most, begin_command (argv[end + 1]), 0);
  grow (most);
  puts ("end");
  fflush (stdout);
  _exit (0);
}
