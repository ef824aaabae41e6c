#!/bin/sh
# SPDX-License-Identifier: MIT
# A required check of greenboot: the boot is good only if every unit that checklistd watches passes.
# Install it as /etc/greenboot/check/required.d/50_checklistd.sh.
set -eu

status=0
# '*', hence units only: a host check waits for the end of the boot, and the boot for this script.
checklistctl check --wait "${CHECKLISTD_WAIT:-5min}" '*' || status=$?
case $status in
  0) ;;
  2) echo "checklistd: something is unknown, nothing fails" ;;
  *)
    echo "checklistd: the boot is not good (exit status of the checks: $status)" >&2
    exit 1
    ;;
esac
