# SPDX-License-Identifier: MIT
"""The types of specs and settings, which come from the JSON Schemas: what they refuse, with option and value, and what they keep."""

import json

from . import small

SPEC = "services.checklistd.services.web"
CHECKS = f"{SPEC}.checks"

# A definition, and the option that the error names.
REFUSED = {
    f"{CHECKS}.port_binding.listen = [ ];": f"{CHECKS}.port_binding' does not exist",
    f'{CHECKS}.port_bindings.listens = [ "tcp:*:1" ];': f"{CHECKS}.port_bindings.listens' does not exist",
    f'{CHECKS}.port_bindings.listen = "tcp:*:1";': f"{CHECKS}.port_bindings.listen",
    f'{CHECKS}.port_bindings.listen = [ "8080" ];': f"{CHECKS}.port_bindings.listen",
    f'{CHECKS}.port_bindings.extra = "never";': f"{CHECKS}.port_bindings.extra",
    f'{CHECKS}.toggles = "yes";': f"{CHECKS}.toggles",
    f'{CHECKS}.hardening.ProtectSystem = "very";': f"{CHECKS}.hardening.ProtectSystem",
    f"{CHECKS}.hardening.NoNewPriviliges = true;": f"{CHECKS}.hardening.NoNewPriviliges' does not exist",
    f'{CHECKS}.files."/etc/x".kind = "file";': f"{CHECKS}.files./etc/x.kind' does not exist",
    f'{CHECKS}.files."/etc/x".mode = "0999";': f"{CHECKS}.files./etc/x.mode",
    f'{CHECKS}.health_probe.status = "ok";': f"{CHECKS}.health_probe.status",
    f"{CHECKS}.dependencies.requires = [ 1 ];": f"{CHECKS}.dependencies.requires",
    'services.checklistd.settings.resnyc = "60s";': "services.checklistd.settings.resnyc' does not exist",
    'services.checklistd.settings.host.failed_units.allow = "x.service";': "services.checklistd.settings.host.failed_units.allow",
}
# What must reach the files as it is written here, and nothing else.
KEPT = {
    "port_bindings": {"listen": ["tcp:*:80", "unix:/run/x.sock"], "extra": "deny"},
    "toggles": False,
    "boot_start": True,
    "files": {"/etc/x": {"mode": "0600", "non_empty": True}, "/srv/*.gguf": {}},
    "health_probe": {"url": "http://127.0.0.1/", "status": [200, 204],
                     "headers": {"Accept": "text/plain", "Authorization": {"file": "/run/key"}, "X-Key": {"credential": "key"}}},
    "resource_limits": {"MemoryMax": "32G", "TasksMax": 512},
    "unit_definition": {"drop_ins": "none"},
}


def _modules(nix, text):
    return [f"{nix}/modules/checklistd", f'{{ services.checklistd.enable = true; {SPEC}.unit = "web.service"; {text} }}']


def judge(nix=small.NIX) -> list[str]:
    wrong = []
    for text, word in REFUSED.items():
        try:
            small.evaluate({"refused": _modules(nix, text)}, nix)
            wrong.append(f"not refused: {text}")
        except small.NixError as error:
            if word not in str(error):
                wrong.append(f"{text}\n  expected: {word}\n  said: {error}")
    kept = json.dumps(json.dumps(KEPT)).replace("${", "\\${")
    one = small.evaluate({"kept": _modules(nix, f"{CHECKS} = builtins.fromJSON {kept};")}, nix)["kept"]
    if (found := json.loads(one["specs"]["services.d/web.json"])["checks"]) != KEPT:
        wrong.append(f"written: {KEPT}\n  found: {found}")
    return wrong
