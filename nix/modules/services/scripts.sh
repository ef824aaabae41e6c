# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# The plan's validation commands. scripts.nix defines `system_units`, the units that have specs.

usage() {
  cat << 'END'
checklist-services status              all services, against what is expected of them
checklist-services dependencies UNIT…  what each depends on, and whether that is still so
checklist-services failed              what does not pass, and what to do
checklist-services logs [UNIT…]        follow the journal of the system's services
checklist-services wait [DURATION]     until everything passes; exits as checklistctl check does
END
}

command=${1:-status}
shift || true
case "$command" in
  status) exec checklistctl status "$@" ;;
  dependencies) exec checklistctl check "$@" --format table ;;
  failed) exec checklistctl status --failed "$@" ;;
  logs)
    (($#)) || set -- "${system_units[@]}"
    (($#)) || { echo "checklist-services: no unit has a spec" >&2; exit 1; }
    exec journalctl --follow "${@/#/--unit=}"
    ;;
  wait) exec checklistctl check --wait "${1:-5min}" ;;
  help | --help | -h) usage ;;
  *)
    echo "checklist-services: no command '$command'" >&2
    usage >&2
    exit 3
    ;;
esac
