#!/bin/bash
# SPDX-License-Identifier: MIT
# Runs a command as Nix runs a builder: an unprivileged user, no network, no /usr/bin, no /sys, no /run, an /etc of three files, and a
# PATH of the programs that are given.
#   sandbox.sh TREE BUILD KEPT OUT PROGRAM... -- COMMAND...
# TREE is a Debian tree; the directory BUILD becomes /build, and KEPT becomes $out.
set -euo pipefail
# shellcheck disable=SC2016  # the inner shell expands these
exec unshare --mount --pid --fork --kill-child --net --ipc --uts --mount-proc bash -euc '
  tree=$1 build=$2 kept=$3 out=$4
  shift 4
  ip link set lo up
  root=$(mktemp -d)
  mount -t tmpfs -o mode=755 root "$root"
  cd "$root"
  mkdir -p bin dev etc proc build tmp usr store/bin ".$out"
  for name in lib libexec share include; do ln -s "/usr/$name" "store/$name"; done
  while [[ $1 != -- ]]; do
    cp -a "$tree$1" store/bin/
    shift
  done
  shift
  cp -L "$tree/usr/bin/dash" bin/sh
  ln -sf gawk store/bin/awk
  ln -sf bash store/bin/sh
  for name in lib lib64; do ln -s "usr/$name" "$name"; done
  mount --rbind "$tree/usr" usr
  mount -t tmpfs none usr/bin
  mount -t tmpfs none usr/sbin
  touch usr/bin/civetweb store/bin/civetweb  # the CMake files of libcivetweb-dev want it to exist
  mount --bind "$build" build
  mount --bind "$kept" ".$out"
  mount -t proc proc proc
  mount -t tmpfs -o mode=1777 tmp tmp
  mount -t tmpfs -o mode=755 dev dev
  for device in full null random urandom zero tty; do
    touch "dev/$device"
    mount --bind "/dev/$device" "dev/$device"
  done
  mkdir -m 1777 dev/shm
  mkdir dev/pts
  mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
  ln -s pts/ptmx dev/ptmx
  ln -s /proc/self/fd dev/fd
  for number in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${number%:*}" "dev/${number#*:}"; done
  printf "%s\n" "root:x:0:0:Nix build user:/build:/noshell" "nixbld:x:1000:100:Nix build user:/build:/noshell" \
    "nobody:x:65534:65534:Nobody:/:/noshell" > etc/passwd
  printf "%s\n" root:x:0: nixbld:!:100: nogroup:x:65534: > etc/group
  printf "%s\n" "127.0.0.1 localhost" "::1 localhost" > etc/hosts
  exec chroot --userspec=1000:100 --groups= "$root" /store/bin/env -i PATH=/store/bin HOME=/homeless-shelter NIX_BUILD_TOP=/build \
    TMPDIR=/build TEMPDIR=/build TMP=/build TEMP=/build TERM=xterm-256color out="$out" "$@"
' sandbox "$@"
