/* SPDX-License-Identifier: MIT */
/* injector: lets chosen system calls of this process fail, and hears which files it opens. */
#undef _FORTIFY_SOURCE /* its inline functions stand where ours shall */
#include "injector.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
  OPEN,
  OPENDIR,
  READLINK,
  READ,
  WRITE,
  FSYNC,
  RENAME,
  LINK,
  UNLINK,
  MKDIR,
  CHMOD,
  CLOSE,
  STAT,
  MMAP,
  ALIGN,
  THREAD,
  SOCKET,
  N_CALLS
};

const char *const fault_calls[] = { "open",   "opendir", "readlink", "read",   "write",  "fsync",
                                    "rename", "link",    "unlink",   "mkdir",  "chmod",  "close",
                                    "stat",   "mmap",    "align",    "thread", "socket", NULL };

static struct {
  int  call; /* -1 = no rule */
  int  nth, seen;
  int  number;
  char path[256];
} rule = { .call = -1 };

static void (*watcher) (const char *path);

static int
find_call (const char *name)
{
  for (int i = 0; fault_calls[i]; i++)
    if (strcmp (fault_calls[i], name) == 0)
      return i;
  fprintf (stderr, "injector: no call \"%s\"\n", name);
  abort ();
}

void
fault_arm (const char *call, int nth, int number, const char *path)
{
  rule.nth = nth;
  rule.number = number;
  snprintf (rule.path, sizeof rule.path, "%s", path ? path : "");
  __atomic_store_n (&rule.seen, 0, __ATOMIC_SEQ_CST);
  rule.call = find_call (call);
}

guint
fault_disarm (void)
{
  rule.call = -1;
  return (guint) __atomic_load_n (&rule.seen, __ATOMIC_SEQ_CST);
}

void
fault_watch (void (*on_open) (const char *path))
{
  watcher = on_open;
}

/* ---- In a program into which it is preloaded. */

static int told = -1;

static void
tell (const char *path)
{
  char line[512];
  int  length = snprintf (line, sizeof line, "%s\n", path);

  if (length > 0 && (size_t) length < sizeof line)
    syscall (SYS_write, told, line, (size_t) length);
}

__attribute__ ((constructor)) static void
obey_environment (void)
{
  const char *text = getenv ("VMM_FAULT"), *file = getenv ("VMM_OPENED");
  char        call[16], path[256] = "";
  int         nth, number;

  if (text && sscanf (text, "%15s %d %d %255s", call, &nth, &number, path) >= 3)
    fault_arm (call, nth, number, path);
  if (file)
    told =
        (int) syscall (SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (told >= 0)
    fault_watch (tell);
}

/* The errno that this call shall fail with, or 0. */
static int
ask (int call, const char *path)
{
  if (rule.call != call || (rule.path[0] && (!path || !strstr (path, rule.path))))
    return 0;
  int seen = __atomic_add_fetch (&rule.seen, 1, __ATOMIC_SEQ_CST);
  return rule.nth == 0 || rule.nth == seen || (rule.nth < 0 && seen >= -rule.nth) ? rule.number : 0;
}

static int
ask_fd (int call, int fd)
{
  char    name[64], path[512] = "";
  ssize_t length;

  if (rule.call != call)
    return 0;
  if (!rule.path[0])
    return ask (call, NULL);
  snprintf (name, sizeof name, "/proc/self/fd/%d", fd);
  length = syscall (SYS_readlinkat, AT_FDCWD, name, path, sizeof path - 1);
  return length > 0 ? ask (call, path) : 0;
}

static int
ask_opening (int call, const char *path)
{
  if (watcher)
    watcher (path);
  return ask (call, path);
}

static int
fails (int number)
{
  if (number)
    errno = number;
  return number != 0;
}

/* Reading and writing may also be cut short. */
static int
fails_to_move (int number, size_t *size)
{
  if (number != FAULT_SHORT)
    return fails (number);
  *size = *size > 1 ? 1 : *size;
  return 0;
}

/* ---- The C library's functions, with its prototypes. With large files, as everywhere here, these
 * are open64() and so on, of which GLib makes use too. */

static int
open_file (int directory, const char *path, int flags, mode_t mode)
{
  if (fails (ask_opening (OPEN, path)))
    return -1;
  return (int) syscall (SYS_openat, directory, path, flags, mode);
}

#define GET_MODE(flags, mode)                                                                      \
  mode_t mode = 0;                                                                                 \
  if (flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE) {                                       \
    va_list arguments;                                                                             \
    va_start (arguments, flags);                                                                   \
    mode = va_arg (arguments, mode_t);                                                             \
    va_end (arguments);                                                                            \
  }

int
open (const char *path, int flags, ...)
{
  GET_MODE (flags, mode)
  return open_file (AT_FDCWD, path, flags, mode);
}

/* What a checked build makes of open() with flags that it does not know. */
int __open64_2 (const char *path, int flags);

int
__open64_2 (const char *path, int flags)
{
  return open_file (AT_FDCWD, path, flags, 0);
}

int
openat (int directory, const char *path, int flags, ...)
{
  GET_MODE (flags, mode)
  return open_file (directory, path, flags, mode);
}

DIR *
opendir (const char *path)
{
  if (fails (ask_opening (OPENDIR, path)))
    return NULL;
  int fd = (int) syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_DIRECTORY, 0);
  return fd < 0 ? NULL : fdopendir (fd);
}

ssize_t
readlink (const char *path, char *target, size_t size)
{
  if (fails (ask_opening (READLINK, path)))
    return -1;
  return syscall (SYS_readlinkat, AT_FDCWD, path, target, size);
}

ssize_t
read (int fd, void *bytes, size_t size)
{
  if (fails_to_move (ask_fd (READ, fd), &size))
    return -1;
  return syscall (SYS_read, fd, bytes, size);
}

ssize_t
pread (int fd, void *bytes, size_t size, off_t offset)
{
  if (fails_to_move (ask_fd (READ, fd), &size))
    return -1;
  return syscall (SYS_pread64, fd, bytes, size, offset);
}

ssize_t
write (int fd, const void *bytes, size_t size)
{
  if (fails_to_move (ask_fd (WRITE, fd), &size))
    return -1;
  return syscall (SYS_write, fd, bytes, size);
}

ssize_t
pwrite (int fd, const void *bytes, size_t size, off_t offset)
{
  if (fails_to_move (ask_fd (WRITE, fd), &size))
    return -1;
  return syscall (SYS_pwrite64, fd, bytes, size, offset);
}

int
fsync (int fd)
{
  if (fails (ask_fd (FSYNC, fd)))
    return -1;
  return (int) syscall (SYS_fsync, fd);
}

int
fdatasync (int fd)
{
  if (fails (ask_fd (FSYNC, fd)))
    return -1;
  return (int) syscall (SYS_fdatasync, fd);
}

int
renameat2 (int from, const char *old, int to, const char *new, unsigned int flags)
{
  if (fails (ask (RENAME, new)))
    return -1;
  return (int) syscall (SYS_renameat2, from, old, to, new, flags);
}

int
rename (const char *old, const char *new)
{
  return renameat2 (AT_FDCWD, old, AT_FDCWD, new, 0);
}

int
linkat (int from, const char *old, int to, const char *new, int flags)
{
  if (fails (ask (LINK, new)))
    return -1;
  return (int) syscall (SYS_linkat, from, old, to, new, flags);
}

int
link (const char *old, const char *new)
{
  return linkat (AT_FDCWD, old, AT_FDCWD, new, 0);
}

int
unlink (const char *path)
{
  if (fails (ask (UNLINK, path)))
    return -1;
  return (int) syscall (SYS_unlinkat, AT_FDCWD, path, 0);
}

int
mkdir (const char *path, mode_t mode)
{
  if (fails (ask (MKDIR, path)))
    return -1;
  return (int) syscall (SYS_mkdirat, AT_FDCWD, path, mode);
}

int
fchmod (int fd, mode_t mode)
{
  if (fails (ask_fd (CHMOD, fd)))
    return -1;
  return (int) syscall (SYS_fchmod, fd, mode);
}

/* A descriptor is gone, whatever close() says. */
int
close (int fd)
{
  int number = ask_fd (CLOSE, fd);
  int closed = (int) syscall (SYS_close, fd);
  if (fails (number))
    return -1;
  return closed;
}

int
fstat (int fd, struct stat *status)
{
  if (fails (ask_fd (STAT, fd)))
    return -1;
  return fstatat (fd, "", status, AT_EMPTY_PATH);
}

void *
mmap (void *address, size_t size, int protection, int flags, int fd, off_t offset)
{
  if (fails (ask (MMAP, NULL)))
    return MAP_FAILED;
  return (void *) syscall (SYS_mmap, address, size, protection, flags, fd, offset);
}

/* Where a sanitizer is linked with it, the sanitizer's own come next. Into a program it is preloaded
 * behind them. */
#ifdef PRELOADED
#define OF_SANITIZER(name) NULL
#else
#define OF_SANITIZER(name) __interceptor_##name

int __interceptor_posix_memalign (void **, size_t, size_t) __attribute__ ((weak));
int __interceptor_pthread_create (pthread_t *, const pthread_attr_t *, void *(*) (void *), void *)
    __attribute__ ((weak));
#endif

int
posix_memalign (void **memory, size_t alignment, size_t size)
{
  int (*next) (void **, size_t, size_t) = OF_SANITIZER (posix_memalign);
  int number = ask (ALIGN, NULL);

  if (number)
    return number;
  if (!next)
    *(void **) &next = dlsym (RTLD_NEXT, "posix_memalign");
  return next (memory, alignment, size);
}

int
pthread_create (pthread_t *thread, const pthread_attr_t *attributes, void *(*main) (void *),
                void *data)
{
  int (*next) (pthread_t *, const pthread_attr_t *, void *(*) (void *), void *) =
      OF_SANITIZER (pthread_create);
  int number = ask (THREAD, NULL);

  if (number)
    return number;
  if (!next)
    *(void **) &next = dlsym (RTLD_NEXT, "pthread_create");
  return next (thread, attributes, main, data);
}

int
socket (int domain, int type, int protocol)
{
  if (fails (ask (SOCKET, NULL)))
    return -1;
  return (int) syscall (SYS_socket, domain, type, protocol);
}
