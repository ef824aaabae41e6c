# SPDX-License-Identifier: MIT
"""Faults of checklistd's own configuration, and specs that only look like faults."""

import json
import shlex

from sandbox.wait import wait_until

from ..fault import Fault, Turn, restarts
from ..stage import Stage

SPECS = "/etc/checklistd/services.d"
SSHD = "sshd.service"
RELOAD = "systemctl reload checklistd.service"


def declared(unit: str, **checks) -> str:
    """Shell: gives a unit whose spec says nothing else a spec with these checks; without checks, it is as before."""
    spec = {"unit": unit, "group": "faults"} | ({"settle": "1s", "checks": checks} if checks else {})
    return f"echo {shlex.quote(json.dumps(spec))} > {SPECS}/{unit.rpartition('.')[0]}.json; {RELOAD}"


def spec_for_a_template(stage: Stage):
    stage.box.write(f"{SPECS}/template.json", '{"unit": "getty@.service"}')
    stage.do(RELOAD)
    wait_until(lambda: stage.figure("config_last_reload_successful") == 0, 5, "the template is no mistake")
    verdict = stage.box.run("checklistctl verify-config", check=False)
    output = verdict.stdout + verdict.stderr
    assert verdict.returncode == 3 and "getty@.service" in output, f"exit {verdict.returncode}: {output}"


def idle_service(stage: Stage):
    """Observing its port and state does not start it."""
    generation = stage.fetch("/api/v1/report").headers["etag"]
    stage.do(RELOAD)
    wait_until(lambda: stage.fetch("/api/v1/report").headers["etag"] != generation, 10, "no new report")
    started = stage.box.run("systemctl show --value --property=ActiveEnterTimestamp on-demand.service")
    assert started.stdout.strip() == "", f"on-demand.service was woken at {started.stdout}"


def without_spec(name: str) -> dict[str, str]:
    """The steps of a fault that removes a spec."""
    own = f"{SPECS}/{name}.json"
    return {"inject": f"mv {own} {own}.aside; {RELOAD}", "undo": f"mv {own}.aside {own}; {RELOAD}"}


FAULTS = (
    Fault("51", "idle socket-activated service", inject=idle_service),
    Fault("52a", "spec written for an alias, its unit restarted",
          inject="systemctl restart ssh.service", wavers=restarts(SSHD)),
    Fault("52b", "spec for a template",
          inject=spec_for_a_template, undo=f"rm {SPECS}/template.json; {RELOAD}"),
    Fault("53a", "spec removed while its unit is expected",
          turns=(Turn("host", "coverage", "no_spec"),), **without_spec("ollama")),
    Fault("53b", "spec removed, its unit is not known to be expected",
          turns=(Turn("host", "coverage", "vanished"),), **without_spec("llamacpp")),
)
