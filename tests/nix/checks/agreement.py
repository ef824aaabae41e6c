# SPDX-License-Identifier: MIT
"""Overrides that part a unit from its spec: the evaluation names option, unit and both values."""

from . import small

ON = "kernelcore.services.monitoring.checklistd.enable = true; kernelcore.services.ml.llama.enable = true;"
UNIT, SPEC = "systemd.services.llamacpp", "services.checklistd.services.llamacpp"

# What a configuration adds to a system in which both agree, and what is said of it.
CASES = {
    f"{UNIT}.serviceConfig.MemoryMax = lib.mkForce \"64G\";":
        f"{SPEC}.checks.resource_limits.MemoryMax: llamacpp.service has 64G, its spec says 32G",
    f"{UNIT}.serviceConfig.ProtectSystem = lib.mkForce \"full\";":
        f"{SPEC}.checks.hardening.ProtectSystem: llamacpp.service has full, its spec says strict",
    f"{UNIT}.serviceConfig.NoNewPrivileges = lib.mkForce false;":
        f"{SPEC}.checks.hardening.NoNewPrivileges: llamacpp.service has false, its spec says true",
    f"{UNIT}.wantedBy = lib.mkForce [ \"rescue.target\" ];":
        f"{SPEC}.checks.boot_start.target: llamacpp.service is wanted by rescue.target, its spec says multi-user.target",
    f"{UNIT}.enable = false;":
        f"{SPEC}.enabled: llamacpp.service is masked (systemd.services.llamacpp.enable = false), its spec says true",
    f"{UNIT}.aliases = lib.mkForce [ ];":
        f"{SPEC}.checks.unit_definition.aliases: llamacpp.service has no alias llama.service, its spec says llama.service",
    f"{SPEC}.enabled = lib.mkForce false;":
        f"{SPEC}.enabled: llamacpp.service is defined, and started by multi-user.target, its spec says false",
    'services.checklistd.services.web = { unit = "ngnix.service"; };':
        "services.checklistd.services.web.enabled: ngnix.service is defined by no module, its spec says true",
    "services.checklistd.services.web = { unit = \"web.service\"; }; systemd.services.web.serviceConfig.Restart = \"always\";":
        "services.checklistd.services.web.enabled: web.service has no ExecStart=, its spec says true",
    f"{SPEC}.checks.dependencies.requires = [ \"database.service\" ];":
        f"{SPEC}.checks.dependencies.requires: llamacpp.service finds no database.service: no module defines it, "
        "its spec says database.service",
    f"{SPEC}.checks.dependencies.wants = [ \"network-online.target\" ];":
        f"{SPEC}.checks.dependencies.wants: llamacpp.service has no Wants=, its spec says network-online.target",
    f"{SPEC}.checks.unit_definition.exec_start = lib.mkForce \"/run/other\";":
        f"{SPEC}.checks.unit_definition.exec_start: llamacpp.service starts ",
    # What is more than the spec demands, or another spelling of it, is no disagreement.
    f"{UNIT}.serviceConfig.MemoryMax = lib.mkForce \"32768M\";": None,
    f"{UNIT}.serviceConfig.NoNewPrivileges = lib.mkForce \"yes\";": None,
    f"{UNIT}.after = [ \"local-fs.target\" ];": None,
    "services.checklistd.services.fwupd = { unit = \"fwupd.service\"; }; systemd.packages = [ { name = \"fwupd-2.0\"; outPath = \"/nix/store/fwupd\"; } ];": None,
    f"{UNIT}.serviceConfig.MemoryMax = lib.mkForce \"64G\"; services.checklistd.agreement = \"off\";": None,
}
# What fails the evaluation, and what must not.
ASSERTED = {
    f"{UNIT}.serviceConfig.MemoryMax = lib.mkForce \"64G\"; services.checklistd.agreement = \"fail\";": "has 64G",
    f"{SPEC}.user = \"ghost\";": f"{SPEC}.user: users.users.ghost does not exist",
    "services.checklistd.users = [ \"ghost\" ];": "services.checklistd.users: users.users.ghost does not exist",
    "services.checklistd.port = lib.mkForce 8080;": "both declare tcp:127.0.0.1:8080",
    "services.checklistd.services = { a = { unit = \"j.service\"; user = \"dev\"; checks.port_bindings.listen = [ \"tcp:*:1\" ]; }; "
    "b = { unit = \"j.service\"; user = \"eve\"; checks.port_bindings.listen = [ \"tcp:*:1\" ]; }; };"
    "users.users.dev = { }; users.users.eve = { };": "dev/j.service and eve/j.service both declare tcp:*:1",
    "services.checklistd.services = { a = { unit = \"a.service\"; checks.port_bindings.listen = [ \"tcp:0.0.0.0:1\" ]; }; "
    "b = { unit = \"b.service\"; checks.port_bindings.listen = [ \"tcp:[::]:1\" ]; }; };": None,
    "services.checklistd.listenAddress = lib.mkForce \"::1\";": None,
}


def judge(nix=small.NIX) -> list[str]:
    """Evaluates all cases; what is not said, or is said without reason."""
    def modules(more):
        return [f"{nix}/modules/services", f"({{ lib, ... }}: {{ {ON} {more} }})"]

    rendered = small.evaluate({f"{number:03}": modules(more) for number, more in enumerate([*CASES, *ASSERTED])}, nix)
    wrong = []
    for (more, expected), one in zip(CASES.items(), rendered.values()):
        said = one["warnings"]
        if (said == []) if expected is None else any(line.startswith(expected) for line in said):
            continue
        wrong.append(f"{more}\n  expected: {expected or 'nothing'}\n  said: {said}")
    for (more, expected), one in zip(ASSERTED.items(), list(rendered.values())[len(CASES):]):
        if (one["failed"] == []) if expected is None else any(expected in line for line in one["failed"]):
            continue
        wrong.append(f"{more}\n  must fail with: {expected or 'nothing'}\n  failed: {one['failed']}")
    loopback = list(rendered.values())[-1]
    if loopback["warnings"] or "ListenStream=[::1]:10558\n" not in loopback["dropIns"]["checklistd.socket"]:
        wrong.append(f"listenAddress = lib.mkForce \"::1\": {loopback['warnings']} {loopback['dropIns']['checklistd.socket']}")
    return wrong
