/* SPDX-License-Identifier: MIT */
/* privilege: gives back the right to open raw sockets. */
#include "privilege.h"

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

gboolean
vmm_privilege_drop_net_raw (void)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct   sets[_LINUX_CAPABILITY_U32S_3];
  const guint32                   keep = ~(guint32) CAP_TO_MASK (CAP_NET_RAW);

  G_STATIC_ASSERT (CAP_TO_INDEX (CAP_NET_RAW) == 0);

  if (geteuid () == 0)
    return TRUE;
  if (syscall (SYS_capget, &header, sets) != 0)
    return FALSE;
  if (!((sets[0].effective | sets[0].permitted | sets[0].inheritable) & ~keep))
    return TRUE;
  sets[0].effective &= keep;
  sets[0].permitted &= keep;
  sets[0].inheritable &= keep;
  return syscall (SYS_capset, &header, sets) == 0;
}
