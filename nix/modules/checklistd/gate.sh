# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# checklistd-gate FORMER WAIT [--strict]: goes back to the system FORMER unless every check passes within WAIT.
# Runs as a unit of its own; going back is a switch, too, and must not start another gate.

former=$1 wait=$2
shift 2
lock=/run/nixos/switch-to-configuration.lock

go_back() {
  touch /run/checklistd-gate/going-back
  echo "going back to $former"
  nix-env --profile /nix/var/nix/profiles/system --set "$former"
  "$former/bin/switch-to-configuration" switch
}

if [[ ${1:-} == go-back ]]; then
  go_back
  exit
fi

flock "$lock" true # the switch that started this has returned
exec checklistctl gate --wait "$wait" "$@" --on-fail "$0" "$former" "$wait" go-back
