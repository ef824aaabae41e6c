# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# The way back of checklistd-gate: profile, switch, and what to do if either is refused. Included in it.

# The profiles that link to a system: the usual one, and that of `nixos-rebuild --profile-name`.
profiles_of() { # SYSTEM
  local profile
  for profile in /nix/var/nix/profiles/system /nix/var/nix/profiles/system-profiles/*; do
    if [[ $profile != *-link && -L $profile && $(resolved "$profile") == "$1" ]]; then echo "$profile"; fi
  done
}

# Makes a profile link to a system, by its generation if it has one there: --set would add another.
set_profile() { # PROFILE SYSTEM
  local link number='' each
  for link in "$1"-*-link; do
    each=${link#"$1"-} each=${each%-link}
    if [[ $each =~ ^[0-9]+$ && $(resolved "$link") == "$2" ]] && ((each > ${number:-0})); then number=$each; fi
  done
  if [[ -n $number ]]; then
    nix-env --profile "$1" --switch-generation "$number"
  else
    nix-env --profile "$1" --set "$2"
  fi
}

# A gate that was stopped after it had set the profile, because another switch came, left it at the wrong system.
restore_profile() {
  local target profile
  target=$(content "$state/going-back")
  if [[ -z $target || $target == "$incoming" ]]; then return; fi
  rm "$state/going-back"
  while read -r profile; do
    say "$profile links to $(named "$target"), which an earlier gate was going back to: linking it to $(named "$incoming")"
    set_profile "$profile" "$incoming"
  done < <(profiles_of "$target")
}

# The lock is free, and the system on trial is still the running one; otherwise the gate ends.
still_ours() {
  if ! flock --nonblock "$lock" true; then
    say "waiting for another switch, which holds $lock"
    flock "$lock" true
  fi
  if [[ $(current) == "$incoming" ]]; then return; fi
  rm --force "$state/going-back"
  say "another switch was made meanwhile: $(named "$(current)") stays"
  exit 0
}

switch_back() { # ACTION
  local status=0
  "$back/bin/switch-to-configuration" "$1" 2>&1 | tee "$state/switch.log" || status=${PIPESTATUS[0]}
  return "$status"
}

go_back() {
  local profile status
  while true; do
    still_ours
    say "going back to $(named "$back")"
    echo "$back" > "$state/going-back" # its activation starts no gate
    while read -r profile; do
      set_profile "$profile" "$back" || warn "$profile cannot be set to $(named "$back")"
    done < <(profiles_of "$incoming")
    status=0
    switch_back switch || status=$?
    if [[ $(current) == "$back" ]]; then break; fi
    if [[ $(content "$state/switch.log") != *"acquire lock"* ]]; then
      next_boot "$status"
    fi
  done
  rm --force "$state/going-back"
  forget trial back
  if ((status)); then
    warn "went back to $(named "$back"), but switch-to-configuration exited with $status: see above"
  else
    say "went back to $(named "$back")"
  fi
}

# What cannot be switched to while the system runs, such as another D-Bus, can be booted.
next_boot() { # STATUS
  local status=0
  warn "switch-to-configuration exited with $1 and did not switch to $(named "$back")"
  # Its checks before the switch are about the running system, and have refused already.
  NIXOS_NO_CHECK=1 switch_back boot || status=$?
  rm --force "$state/going-back"
  if ((status)); then
    warn "not gone back: $(named "$back") could not be made the default of the next boot either (exit status $status)"
  else
    warn "$(named "$back") is the default of the next boot: reboot to go back"
  fi
  exit 1
}

confirm() { # SECONDS
  local still
  wait_good "$1"
  still=$(counted)
  if [[ -z $still ]]; then
    say "every check that passed before the switch passes again"
  else
    warn "after going back, these checks still fail, which passed before the switch:"
    each_line warn "$still"
  fi
}

main
