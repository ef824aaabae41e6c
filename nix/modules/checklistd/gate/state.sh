# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the programs of the gate remember, and how they ask checklistd. Included in each of them.

state=/run/checklistd-gate                  # of this boot: baseline.json, before-test, going-back
roots=/nix/var/nix/gcroots/checklistd       # systems that must not be collected: trial, back, passed
history=/var/lib/checklistd-gate/passed     # every system that passed, one per line

# Prefixes are those of sd-daemon(3), which the journal reads as priorities.
say() { echo "<5>$*"; }
warn() { echo "<3>$*"; }

# The store path of a system, or nothing.
resolved() { realpath --canonicalize-existing --quiet "$1" || true; }
current() { resolved /run/current-system; }

# The content of a file, or nothing.
content() { if [[ -s $1 ]]; then cat "$1"; fi; }

remember() { # ROOT SYSTEM
  mkdir --parents "$roots"
  ln --symbolic --force --no-dereference "$2" "$roots/$1"
}

forget() { # ROOT...
  local root
  for root; do rm --force "$roots/$root"; done
}

has_passed() { # SYSTEM
  local line
  [[ -e $history ]] || return 1
  while read -r line; do
    if [[ $line == "$1" ]]; then return 0; fi
  done < "$history"
  return 1
}

record_passed() { # SYSTEM
  remember passed "$1"
  mkdir --parents "${history%/*}"
  if ! has_passed "$1"; then
    { tail --lines=199 "$history" 2> /dev/null || true; echo "$1"; } > "$history.new"
    mv "$history.new" "$history"
  fi
}

# A system as people know it: "generation 12 (/nix/store/…)".
named() {
  local link number
  for link in /nix/var/nix/profiles/system-*-link; do
    if [[ $(resolved "$link") == "$1" ]]; then
      number=${link##*/system-}
      echo "generation ${number%-link} ($1)"
      return
    fi
  done
  echo "$1"
}

# Writes the daemon's report, which has users' units, too; fails if there is none.
ask_daemon() { # FILE
  timeout 20 checklistctl status --format json > "$1" 2> /dev/null || true
  has_report "$1"
}

# Writes a report that is made without the daemon; users' units are missing in it.
ask_systemd() { # FILE [OPTION...]
  local file=$1
  shift
  timeout 60 checklistctl check --format json "$@" > "$file" 2> /dev/null || true
  has_report "$file"
}

has_report() { [[ -s $1 ]] && jq --exit-status '.services | type == "array"' "$1" > /dev/null 2>&1; }
