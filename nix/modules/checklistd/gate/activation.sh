# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# checklistd-gate-activation SYSTEM ACTION: part of the activation of SYSTEM, while the former one is still /run/current-system.
# Decides where the gate would go back to, and starts it.

incoming=$(resolved "$1") action=$2
former=$(current)
umask 0077
mkdir --parents "$state"

if [[ $action == test ]]; then
  # A later switch to the tested system has this one to go back to.
  if [[ ! -s $state/before-test && $former != "$incoming" ]]; then echo "$former" > "$state/before-test"; fi
  exit 0
fi
if [[ $action != switch || $(content "$state/going-back") == "$incoming" ]]; then exit 0; fi

if [[ -s $state/before-test ]]; then
  former=$(content "$state/before-test")
  rm "$state/before-test"
fi
if [[ -z $former || $former == "$incoming" ]]; then exit 0; fi

back=$former
if [[ -e $roots/trial && $(resolved "$roots/trial") == "$former" && -e $roots/back ]]; then
  back=$(resolved "$roots/back") # the former system has not passed
fi
systemctl stop checklistd-gate.service 2> /dev/null || true # that of an earlier switch

if [[ $back == "$incoming" ]] || has_passed "$incoming"; then
  forget trial back
  if has_passed "$incoming"; then remember passed "$incoming"; fi
  echo "checklistd-gate: not started: $(named "$incoming") is a system to go back to"
  exit 0
fi
if [[ ! -x $back/bin/switch-to-configuration ]]; then
  echo "checklistd-gate: not started: ${back:-nothing} cannot be switched back to" >&2
  exit 0
fi
remember trial "$incoming"
remember back "$back"
systemd-run --quiet --collect --no-block --unit=checklistd-gate \
  --description="Roll back to the last good system unless all checks pass" "$gate" "$incoming" "$back"
