# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# checklistd-gate PREVIOUS WAIT [--strict]: switches back to the system PREVIOUS unless every check passes within WAIT.
# Runs as a unit of its own. The rollback is a switch, too, and must not start another gate.

previous=$1 wait=$2
shift 2
lock=/run/nixos/switch-to-configuration.lock

go_back() {
  touch /run/checklistd-gate/going-back
  echo "switching back to $previous"
  nix-env --profile /nix/var/nix/profiles/system --set "$previous"
  "$previous/bin/switch-to-configuration" switch
}

if [[ ${1:-} == go-back ]]; then
  go_back
  exit
fi

flock "$lock" true # the switch that started this has returned
exec checklistctl gate --wait "$wait" "$@" --on-fail "$0" "$previous" "$wait" go-back
