# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# checklistd-gate-baseline SYSTEM ACTION: keeps the report before a switch, while all units still run.

incoming=$(resolved "$1")
case $2 in switch | test) ;; *) exit 0 ;; esac

# The state to compare with is that of the last good system, not of the one that is on trial or being tested.
if [[ -e $roots/trial && $(resolved "$roots/trial") == "$(current)" && -e $state/baseline.json ]]; then exit 0; fi
if [[ -s $state/before-test && -e $state/baseline.json ]]; then exit 0; fi

umask 0077
mkdir --parents "$state"
rm --force "$state/baseline.json"
# Where no daemon runs yet, the new specs say what holds already.
if ask_daemon "$state/before.json" || ask_systemd "$state/before.json" --services-dir "$incoming/etc/checklistd/services.d"; then
  mv "$state/before.json" "$state/baseline.json"
else
  rm --force "$state/before.json"
  echo "checklistd-gate: no report before the switch: after it, every check counts" >&2
fi
