# SPDX-License-Identifier: MIT
# Reads a report of checklistd. Prints a line "STATUS<tab>UNIT CHECK STATUS: WHAT WAS FOUND" for each check that speaks
# against the system: it is `fail` or `unknown`, and was neither before the switch. $before holds that report, or nothing.

# What a switch cannot mend, or means: a reboot is due, an instance was not asked, a spec was removed on purpose.
def excused:
  .reason == "standalone" or .reason == "reboot_needed" or .reason == "vanished";

def findings:
  map(select((.status == "fail" or .status == "unknown") and (excused | not)));

def status:
  if any(.status == "fail") then "fail" elif length > 0 then "unknown" else "pass" end;

def checks:
  (.services[] | . as $of | .checks[]
    | {there: ($of.load_state != "not-found"), name: "\($of.manager | ltrimstr("system") | ltrimstr("user:")
        | if . == "" then . else . + "/" end)\($of.unit) \(.check)"} + .),
  ((.host.checks // [])[] | select(.check != "generation") | {there: true, name: "host \(.check)"} + .)
  | select(.acknowledged == null)
  | .findings |= findings
  | .status = (.findings | status);

# A unit that was not there before is new, and what it does not pass counts.
([$before[] | checks | select(.there and .status != "pass") | {key: .name, value: true}] | from_entries) as $known
| checks
| select(.status != "pass" and ($known[.name] | not))
| .status as $status
| "\(.status)\t\(.name) \(.status): " + ([.findings[] | select(.status == $status)
    | "\(.subject): \(.observed)\(if .expected == "" then "" else ", expected \(.expected)" end)"] | join("; ")
    | gsub("[[:cntrl:]]"; " "))
