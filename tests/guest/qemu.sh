#!/bin/sh
# SPDX-License-Identifier: MIT
# qemu.sh: boots a QEMU guest in software emulation (TCG), runs one command in it, prints its stdout.
#
#   qemu.sh [-f virtio|emulated|sata] [-s IDENTITY] [-n CPUS] [-m MIB] [-c CPU] [-a TCG-OPTIONS]
#           [-k] [-i] [-d DRIVE-OPTIONS] [-g DISPLAY] [-N NETDEV] [-S DIRECTORY] [-t SECONDS] [-w WRAPPER]
#           -- COMMAND FILE...
#
# FILEs travel with their shared libraries; COMMAND runs in the directory that holds them; $SCRATCH
# is a directory on the guest's disk. NETDEV is the other end of its network (QEMU's own gateway, and
# nothing else). DISPLAY is a device of QEMU (default: there is none). The guest's console goes to $CONSOLE (default: thrown away).
# DIRECTORY is shared with the guest, by 9p and with the tag "shared".
# -k: by KVM instead, where this machine has it; exit 77 where not.
# -i: the guest's clock counts its instructions, and leaps to the next timer where there is nothing to do: hours of
# an idle guest pass in a minute.
# IDENTITY: virtualbox vmware hyperv azure ec2 gce xen parallels metal (SMBIOS strings).
. "$(dirname "$0")/lib.sh"
need qemu-system-x86_64 cpio busybox

flavour=virtio accelerator=tcg identity= cpu=max cpus=1 mib=512 drive= display= options= seconds=150 wrapper= shared= hurry=
netdev=user,restrict=on # it reaches the gateway and nothing else
while getopts kif:s:n:m:c:a:d:g:N:S:t:w: option; do
  case $option in
    k) accelerator=kvm ;;
    i) hurry=shift=3,sleep=off ;;
    f) flavour=$OPTARG ;;
    s) identity=$OPTARG ;;
    n) cpus=$OPTARG ;;
    m) mib=$OPTARG ;;
    c) cpu=$OPTARG ;;
    a) options=,$OPTARG ;;
    d) drive=,$OPTARG ;;
    g) display=$OPTARG ;;
    N) netdev=$OPTARG ;;
    S) shared=$OPTARG ;;
    t) seconds=$OPTARG ;;
    w) wrapper=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
command=$1
shift

open_work qemu
pack "$work/root" "$command" "$@"
(cd "$work/root" && find . | cpio -o -H newc --quiet) | cat "$GUEST_WORK/base.cpio" - > "$work/initrd"

case $flavour in
  virtio)
    machine=pc block=virtio-blk-pci,drive=disk net=virtio-net-pci,netdev=net,romfile=
    modules=virtio_pci,virtio_blk,virtio_net,crc32c_generic,ext4 ;;
  emulated)
    machine=pc block=ide-hd,drive=disk net=e1000,netdev=net,romfile=
    modules=ata_piix,sd_mod,e1000,crc32c_generic,ext4 ;;
  sata)
    machine=q35 block=ide-hd,drive=disk net=e1000,netdev=net,romfile=
    modules=ahci,sd_mod,e1000,crc32c_generic,ext4 ;;
  *) echo "qemu.sh: no flavour \"$flavour\"" >&2; exit 2 ;;
esac

# One -smbios option a line; a comma inside a value is doubled.
smbios() {
  case $1 in
    '') ;;
    virtualbox) cat <<'S'
type=0,vendor=innotek GmbH,version=VirtualBox,date=12/01/2006
type=1,manufacturer=innotek GmbH,product=VirtualBox,version=1.2,family=Virtual Machine
type=2,manufacturer=Oracle Corporation,product=VirtualBox,version=1.2
S
    ;;
    vmware) cat <<'S'
type=0,vendor=Phoenix Technologies LTD,version=6.00,date=11/12/2020
type=1,manufacturer=VMware,, Inc.,product=VMware Virtual Platform,version=None
type=2,manufacturer=Intel Corporation,product=440BX Desktop Reference Platform
S
    ;;
    hyperv) cat <<'S'
type=0,vendor=American Megatrends Inc.,version=090008,date=12/07/2018
type=1,manufacturer=Microsoft Corporation,product=Virtual Machine,version=7.0
type=2,manufacturer=Microsoft Corporation,product=Virtual Machine,version=7.0
S
    ;;
    azure) cat <<'S'
type=0,vendor=Microsoft Corporation,version=Hyper-V UEFI Release v4.1
type=1,manufacturer=Microsoft Corporation,product=Virtual Machine,version=Hyper-V UEFI Release v4.1
type=3,manufacturer=Microsoft Corporation,asset=7783-7084-3265-9085-8269-3286-77
S
    ;;
    ec2) cat <<'S'
type=0,vendor=Amazon EC2,version=1.0
type=1,manufacturer=Amazon EC2,product=t3.micro
type=3,manufacturer=Amazon EC2,asset=Amazon EC2
S
    ;;
    gce) cat <<'S'
type=0,vendor=Google,version=Google
type=1,manufacturer=Google,product=Google Compute Engine
S
    ;;
    xen) cat <<'S'
type=0,vendor=Xen,version=4.11
type=1,manufacturer=Xen,product=HVM domU,version=4.11
S
    ;;
    parallels) cat <<'S'
type=0,vendor=Parallels International GmbH.,version=16.0
type=1,manufacturer=Parallels International GmbH.,product=Parallels Virtual Platform
S
    ;;
    metal) cat <<'S'
type=0,vendor=Dell Inc.,version=2.1
type=1,manufacturer=Dell Inc.,product=OptiPlex 7090
type=2,manufacturer=Dell Inc.,product=0KHM8V
S
    ;;
    *) echo "qemu.sh: no identity \"$1\"" >&2; exit 2 ;;
  esac
}

set --
smbios "$identity" > "$work/smbios"
while IFS= read -r line; do set -- "$@" -smbios "$line"; done < "$work/smbios"

[ -z "$hurry" ] || set -- "$@" -icount $hurry
[ -z "$shared" ] || {
  set -- "$@" -virtfs "local,path=$shared,mount_tag=shared,security_model=none"
  modules=$modules,9pnet_virtio,9p
}
[ -z "$display" ] || { set -- "$@" -device "$display"; modules=$modules,virtio_gpu,bochs,qxl,cirrus; }

case $drive in *,cache=*) ;; *) drive=,cache=none$drive ;; esac

# Many CPUs that share a few real ones wait for one another's locks most of the time; taking turns on
# one thread, each that waits gives its turn away: 64 boot in 20 s.
[ "$accelerator$cpu" != kvmmax ] || cpu=host
if [ $accelerator = kvm ]; then
  # Without the processor's help the device may be there, and no guest's kernel comes up.
  grep -qwE 'vmx|svm' /proc/cpuinfo && (: < /dev/kvm > /dev/kvm) 2> /dev/null || skip "there is no KVM here"
elif [ "$cpus" -gt 16 ]; then
  options=,thread=single
fi

$wrapper timeout -k 5 "$seconds" qemu-system-x86_64 -accel $accelerator$options -name guest,debug-threads=on -M $machine -cpu "$cpu" -smp "$cpus" \
  -m "$mib" -nodefaults -no-user-config -display none -no-reboot \
  -drive "file=$work/disk,format=raw,if=none,id=disk,aio=threads$drive" -device $block \
  -netdev "$netdev,id=net" -device $net "$@" \
  -serial "file:${CONSOLE:-/dev/null}" -serial "file:$work/out" \
  -kernel "$GUEST_WORK/kernel" -initrd "$work/initrd" \
  -append "console=ttyS0 quiet loglevel=3 panic=-1 mitigations=off random.trust_cpu=on tsc=reliable guest.serial guest.modules=$modules"
tr -d '\r' < "$work/out"
