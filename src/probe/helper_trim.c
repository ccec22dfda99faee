/* SPDX-License-Identifier: MIT */
/* helper_trim: gives back all memory of this process but what the helper needs. */
#include "helper_trim.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TEXT_BYTES (1u << 20)
#define MAX_RANGES 8192
#define MAX_FILES 8
#define AROUND_BYTES ((gsize) 64 << 10) /* whole pages, whatever their size */
#define KEPT_BYTES (3 * AROUND_BYTES)
#define TAIL_BYTES (256u << 10) /* behind a file: its cleared memory */

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

/* A line: "BEGIN-END PERMISSIONS OFFSET DEVICE INODE      NAME". */
typedef struct {
  gsize       begin, end;
  const char *device; /* as far as the blank behind the inode */
  gsize       device_length;
  gboolean    is_file;
  char        name; /* its first character; '[' = the kernel's own, 0 = none */
  char        second;
} Mapping;

static const char *
read_hex (const char *at, gsize *ret_number)
{
  for (*ret_number = 0; g_ascii_isxdigit (*at); at++)
    *ret_number = *ret_number << 4 | (gsize) g_ascii_xdigit_value (*at);
  return at;
}

static const char *
skip_words (const char *at, guint n)
{
  while (n-- > 0) {
    while (*at == ' ')
      at++;
    while (*at != ' ' && *at != '\n' && *at != '\0')
      at++;
  }
  return at;
}

/* Returns where the next line begins, NULL behind the last one. */
static const char *
read_mapping (const char *at, Mapping *ret_mapping)
{
  const char *end = strchr (at, '\n');

  *ret_mapping = (Mapping){ 0 };
  if (!end)
    return NULL;
  at = read_hex (at, &ret_mapping->begin);
  if (*at == '-')
    at = read_hex (at + 1, &ret_mapping->end);
  ret_mapping->device = skip_words (at, 2);
  at = skip_words (ret_mapping->device, 2);
  ret_mapping->device_length = (gsize) (at - ret_mapping->device);
  ret_mapping->is_file = at[-1] != '0' || at[-2] != ' ';
  while (*at == ' ')
    at++;
  ret_mapping->name = *at == '\n' ? '\0' : *at;
  ret_mapping->second = ret_mapping->name ? at[1] : '\0';
  return end + 1;
}

static gboolean
holds (const Mapping *mapping, const gsize *kept, guint n)
{
  for (guint i = 0; i < n; i++)
    if (kept[i] >= mapping->begin && kept[i] < mapping->end)
      return TRUE;
  return FALSE;
}

static gboolean
is_of (const Mapping *mapping, const Mapping *files, guint n)
{
  for (guint i = 0; mapping->is_file && i < n; i++)
    if (mapping->device_length == files[i].device_length &&
        memcmp (mapping->device, files[i].device, mapping->device_length) == 0)
      return TRUE;
  return FALSE;
}

static guint
find_files (const char *text, const gsize *kept, guint n, Mapping files[MAX_FILES])
{
  Mapping mapping;
  guint   found = 0;

  while (found < MAX_FILES && (text = read_mapping (text, &mapping)))
    if (mapping.is_file && holds (&mapping, kept, n) && !is_of (&mapping, files, found))
      files[found++] = mapping;
  return found;
}

typedef struct {
  gsize (*ranges)[2];
  guint n, most;
} Chosen;

static void
add (Chosen *chosen, gsize begin, gsize end)
{
  if (begin >= end || chosen->n == chosen->most)
    return;
  chosen->ranges[chosen->n][0] = begin;
  chosen->ranges[chosen->n++][1] = end;
}

/* Of the memory of no file, which the kernel joins with its neighbours', only what is around what is
 * kept is: the least such place behind `at`. */
static gboolean
find_kept (const Mapping *mapping, const gsize *kept, guint n, gsize at, gsize *ret_begin)
{
  gboolean is_found = FALSE;

  for (guint i = 0; i < n; i++) {
    gsize begin = (kept[i] & ~(AROUND_BYTES - 1)) - AROUND_BYTES;

    if (holds (mapping, &kept[i], 1) && begin + KEPT_BYTES > at &&
        (!is_found || begin < *ret_begin)) {
      *ret_begin = begin;
      is_found = TRUE;
    }
  }
  return is_found;
}

static void
choose_around (Chosen *chosen, const Mapping *mapping, const gsize *kept, guint n, gsize at)
{
  gsize begin = 0;

  while (at < mapping->end && find_kept (mapping, kept, n, at, &begin)) {
    add (chosen, at, begin);
    at = begin + KEPT_BYTES;
  }
  add (chosen, at, mapping->end);
}

guint
vmm_helper_choose (const char *text, const gsize *kept, guint n, gsize (*ret_ranges)[2], guint most)
{
  Mapping files[MAX_FILES], mapping;
  guint   n_files = find_files (text, kept, n, files);
  gsize   kept_end = 0;
  Chosen  chosen = { .ranges = ret_ranges, .most = most };

  while ((text = read_mapping (text, &mapping))) {
    gboolean is_tail = !mapping.is_file && !mapping.name && mapping.begin == kept_end;

    if (is_of (&mapping, files, n_files))
      kept_end = mapping.end;
    else if (mapping.name != '[' || mapping.second != 'v') /* not the kernel's own */
      choose_around (&chosen, &mapping, kept, n, mapping.begin + (is_tail ? TAIL_BYTES : 0));
  }
  return chosen.n;
}

/* FALSE when it is longer than there is room. */
static gboolean
read_maps (char *text)
{
  int     maps = open ("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  gsize   length = 0;
  ssize_t part = -1;

  while (maps >= 0 && length < TEXT_BYTES - 1 &&
         (part = read (maps, text + length, TEXT_BYTES - 1 - length)) > 0)
    length += (gsize) part;
  text[length] = '\0';
  if (maps >= 0)
    close (maps);
  return part == 0;
}

void
vmm_helper_trim (void)
{
  gsize kept[6] = { 0 }, bytes = TEXT_BYTES + MAX_RANGES * sizeof (gsize[2]);
  /* Shared, it is joined with no other. */
  char *room = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

  if (IS_SANITIZED || room == MAP_FAILED || !read_maps (room))
    return;
  gsize (*ranges)[2] = (gsize (*)[2]) (void *) (room + TEXT_BYTES);
  kept[0] = (gsize) &vmm_helper_trim;
  kept[1] = (gsize) &syscall;
  kept[2] = (gsize) &errno;
  kept[3] = (gsize) __builtin_frame_address (0);
  kept[4] = (gsize) __builtin_thread_pointer ();
  kept[5] = (gsize) room;
  guint n = vmm_helper_choose (room, kept, G_N_ELEMENTS (kept), ranges, MAX_RANGES);
  for (guint i = 0; i < n; i++)
    syscall (SYS_munmap, ranges[i][0], ranges[i][1] - ranges[i][0]);
  syscall (SYS_munmap, room, bytes);
}
