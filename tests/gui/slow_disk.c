/* SPDX-License-Identifier: MIT */
/* slow_disk: fsync(), preloaded, that waits while somebody has the FIFO $SLOW_DISK_FIFO open. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int
fsync (int file)
{
  const char *path = getenv ("SLOW_DISK_FIFO");
  int         fifo = path ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  char        byte;

  if (fifo >= 0) {
    while (read (fifo, &byte, 1) > 0)
      ;
    close (fifo);
  }
  return (int) syscall (SYS_fsync, file);
}
