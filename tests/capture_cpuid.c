/* SPDX-License-Identifier: MIT */
/* capture_cpuid: prints the hypervisor leaves of this CPU as src/host/cpuid_leaves.h reads them; exits
 * with 1 when the hypervisor bit is not set. */
#include <cpuid.h>
#include <stdio.h>
#include <string.h>

int
main (void)
{
  unsigned eax, ebx, ecx, edx;
  char     signature[13] = "";

  if (!__get_cpuid (1, &eax, &ebx, &ecx, &edx) || !(ecx & 1u << 31))
    return 1;
  __cpuid (0x40000000, eax, ebx, ecx, edx);
  memcpy (signature, &ebx, 4);
  memcpy (signature + 4, &ecx, 4);
  memcpy (signature + 8, &edx, 4);
  __cpuid (0x40000001, eax, ebx, ecx, edx);
  printf ("%s\n%08x\n", signature, eax);
  for (unsigned base = 0x40000000; base < 0x40000400; base += 0x100)
    for (unsigned leaf = base; leaf < base + 3; leaf++) {
      __cpuid (leaf, eax, ebx, ecx, edx);
      if (eax | ebx | ecx | edx)
        printf ("%08x %08x %08x %08x %08x\n", leaf, eax, ebx, ecx, edx);
    }
  return 0;
}
