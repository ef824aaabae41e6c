# SPDX-License-Identifier: MIT
"""The units that nix/ renders, in a sandbox: a store of this system's programs, and switches as NixOS makes them."""

import json
from pathlib import Path

from nix.checks import small, specs

from .. import plan
from ..wait import wait_until
from .store import OTHER_UNITS, PREPARE, PROGRAMS

SYSTEM, USER = "/etc/systemd/system", "/etc/systemd/user"
CONFIGURATION = "/etc/checklistd"
PLACED = "/etc/placed.json"  # what the last placing wrote


def render(configurations: dict, known: set[str], nix=small.NIX) -> dict:
    """Rendered configurations, with the checks that the build under test has."""
    rendered = small.evaluate(configurations, nix)
    for one in rendered.values():
        one["specs"], _ = specs.without(one["specs"], known)
    return rendered


def install(box, build):
    """Programs, users' homes and what the modules find on a NixOS; not booted yet."""
    box.unpack(plan.HERE / "root")
    for path, text in PROGRAMS.items():
        box.write(f"/nix/store/{'0' * 32}-{path}", text, 0o755)
    for unit, text in OTHER_UNITS.items():
        box.write(f"{SYSTEM}/{unit}", text)
    box.install(build)
    box.run(["sh", "-eus"], input=PREPARE)


def in_store(one: dict) -> dict:
    """The configuration with its units placed as NixOS has them: files in the store, and links to them in /etc."""
    return one | {"linked": one["fragments"]}


def place(box, one: dict):
    """Writes a configuration as its activation would; what it does not have is gone."""
    previous, files, links = _placed(box), _files(one), _links(one)
    for path in {*previous["files"], *previous["links"]} - files.keys() - links.keys():
        box.remove(path)
    for path, (text, mode) in files.items():
        box.write(path, text, mode)
    box.run(["sh", "-eus"], input="".join(
        f"mkdir -p {Path(path).parent}; ln -sfn {to} {path}\n" for path, to in links.items()))
    box.write(PLACED, json.dumps({"files": [*files], "links": [*links]}))
    place_users(box, one)


def place_users(box, one: dict):
    lines = [f"g {group} -" for group in one["groups"]]
    for name, user in one["users"].items():
        if not user["isNormalUser"]:
            lines.append(f'u {name} - "{user["description"]}" {user["home"]}')
            lines += [f"m {name} {group}" for group in user["extraGroups"]]
    box.write("/etc/sysusers.d/nixos.conf", "\n".join(lines) + "\n")
    box.run("systemd-sysusers")


def place_specs(box, one: dict):
    """Only the configuration of checklistd: what an activation that forgot the units would leave."""
    box.run(f"rm -rf {CONFIGURATION}")
    for path, text in one["specs"].items():
        box.write(f"{CONFIGURATION}/{path}", text)


def switch(box, one: dict):
    """A switch to another configuration: what is gone is stopped, what is new is started."""
    previous = [Path(path) for path in _placed(box)["files"]]
    gone = [path.name for path in previous if str(path.parent) == SYSTEM and path.name not in one["units"]]
    if gone:
        box.run(["systemctl", "stop", *gone])
    place(box, one)
    box.run("systemctl daemon-reload && systemctl start multi-user.target timers.target sockets.target")
    box.run("systemctl --user daemon-reload", user="dev", check=False)  # whose manager may not run yet
    box.run("systemctl reload checklistd.service")


def report(box) -> dict:
    return json.loads(box.http(10558, "/api/v1/report").body)


def not_passing(box, whole: dict | None = None) -> list[str]:
    """What neither passes nor is skipped, as `unit check: status, what was found`.

    A user's instance that does not report is covered by the host check `coverage`, not by each of its units. Limits are
    unknown in a sandbox without cgroup controllers, and so are the files of a process that a switch did not restart.
    """
    found = []
    whole = whole or report(box)
    for service in [*whole["services"], {"unit": "host", "manager": "system"} | whole["host"]]:
        for check in service["checks"]:
            bad = [each for each in check["findings"] if each["status"] not in ("pass", "skip")
                   and (service["manager"] == "system" or each["reason"] != "stale")
                   and (check["check"], each["status"]) != ("resource_limits", "unknown")
                   and (check["check"], each["reason"]) != ("unit_definition", "not_seen")]
            if bad:
                said = "; ".join(f"{each['subject']} {each['reason']}: expected {each['expected']}, "
                                 f"observed {each['observed']} {each['details']}" for each in bad)
                found.append(f"{service['unit']} {check['check']}: {check['status']}, {said}")
    return found


def wait_all_pass(box, timeout=60):
    wait_until(lambda: not not_passing(box), timeout, lambda: "\n".join(not_passing(box)))


def _files(one: dict) -> dict[str, tuple[str, int]]:
    files = {path: (text, 0o755) for path, text in one["scripts"].items()}
    for where, units in ((SYSTEM, one["units"]), (USER, one["userUnits"])):
        stored = one.get("linked", {}) if where == SYSTEM else {}
        files |= {stored.get(unit, f"{where}/{unit}"): (text, 0o644) for unit, text in units.items()}
    return files | {f"{CONFIGURATION}/{path}": (text, 0o644) for path, text in one["specs"].items()}


def _links(one: dict) -> dict[str, str]:
    """Of the rendered units; those of the package were made when it was installed."""
    stored = {f"{SYSTEM}/{unit}": path for unit, path in one.get("linked", {}).items()}
    return stored | {f"{where}/{link['path']}": link["to"]
                     for where, links in ((SYSTEM, one["links"]), (USER, one["userLinks"])) for link in links
                     if not Path(link["to"]).name.startswith("checklistd")}


def _placed(box) -> dict[str, list[str]]:
    return json.loads(box.run(f"cat {PLACED} 2>/dev/null || echo null").stdout) or {"files": [], "links": []}
