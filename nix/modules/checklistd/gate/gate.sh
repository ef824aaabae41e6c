# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# checklistd-gate SYSTEM BACK: switches to the system BACK unless SYSTEM, which was switched to, passes in time.
# Runs as a unit of its own, because going back is a switch, and that needs the lock of the present one.

incoming=$1 back=$2
lock=/run/nixos/switch-to-configuration.lock

# Lines of reasons.jq. Before the report has come, its absence is a line.
reasons() {
  local before=/dev/null
  if [[ -e $state/baseline.json ]]; then before=$state/baseline.json; fi
  jq --raw-output --slurpfile before "$before" --from-file "$judge" "$state/report.json"
}

seconds() { # SPAN
  local micro
  micro=$(systemd-analyze timespan "$1" 2> /dev/null) && [[ $micro =~ [μu]s:\ ([0-9]+) ]] && echo $((BASH_REMATCH[1] / 1000000))
}

# The longest settle of the specs, in which missing listeners are no failure, and some time for what follows.
longest() {
  local most span each
  most=$(seconds "$wait_at_least")
  while read -r span; do
    if each=$(seconds "$span") && ((each + 15 > most)); then most=$((each + 15)); fi
  done < <(jq --raw-output '.settle? // .defaults.settle? // empty' /etc/checklistd/*.json /etc/checklistd/*/*.json \
    /etc/checklistd/*/*/*.json 2> /dev/null | sort --unique)
  echo "$most"
}

# Waits until no check speaks against the system for as long as `hold` says, at most SECONDS. What remains is in `against`.
wait_good() { # SECONDS
  local deadline=$((SECONDS + $1)) good='' lasting
  lasting=$(seconds "$hold")
  while true; do
    if ask_daemon "$state/report.json"; then
      against=$(reasons)
    elif ((SECONDS >= deadline)) && ask_systemd "$state/report.json"; then
      warn "checklistd does not respond: checking without it, and without users' units"
      against=$(reasons)
    else
      against=$'unknown\tchecklistd.service: no report'
    fi
    if [[ -n $against ]]; then
      good=''
      if ((SECONDS >= deadline)); then return; fi
    else
      good=${good:-$SECONDS}
      if ((SECONDS - good >= lasting)); then return; fi
    fi
    sleep 1
  done
}

# Of the lines in `against`, those that are a reason to go back.
counted() {
  local status text
  while IFS=$'\t' read -r status text; do
    if [[ $status == fail || ($strict == true && $status == unknown) ]]; then echo "$text"; fi
  done <<< "$against"
}

each_line() { # FUNCTION TEXT
  local line
  while read -r line; do
    if [[ -n $line ]]; then "$1" "  $line"; fi
  done <<< "$2"
}

main() {
  say "waiting for the switch to $(named "$incoming") to return"
  mkdir --parents "${lock%/*}" "$state"
  flock "$lock" true
  restore_profile

  local most failing against=''
  most=$(longest)
  say "checking $(named "$incoming") for at most ${most}s; it goes back to $(named "$back") if a check fails"
  wait_good "$most"
  failing=$(counted)
  if [[ $(current) != "$incoming" ]]; then
    say "another system runs by now: $(named "$(current)")"
    exit 0
  fi
  if [[ -z $failing ]]; then
    record_passed "$incoming"
    forget trial back
    say "passed: $(named "$incoming") stays"
    if [[ -n $against ]]; then
      say "unknown, which is no reason to go back:"
      each_line say "${against//$'unknown\t'/}"
    fi
    exit 0
  fi
  warn "failed within ${most}s in $(named "$incoming"):"
  each_line warn "$failing"
  go_back
  confirm "$most"
  exit 1
}
