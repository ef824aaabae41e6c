# SPDX-License-Identifier: MIT
"""What the tree leaves alone: a machine that only imports it, units that are defined elsewhere, settings that were there."""

import json

# The plan's units before the migration, as other modules define them.
BEFORE = """
  services.prometheus.enable = true; services.grafana.enable = true; services.ollama.enable = true;
  services.clamav.daemon.enable = true; services.openssh.enable = true;
  systemd.services.llamacpp.serviceConfig.ExecStart = "/bin/true";
  systemd.services.ollama-gpu-manager.serviceConfig.ExecStart = "/bin/true";
  systemd.services.docker-pull-images.serviceConfig.ExecStart = "/bin/true";
  systemd.services.setup-system-credentials.serviceConfig.ExecStart = "/bin/true";
  systemd.services.clamav-scan.serviceConfig.ExecStart = "/bin/true";
  systemd.timers.clamav-scan.timerConfig.OnCalendar = "daily";
  systemd.user.services.jupyter.serviceConfig.ExecStart = "/bin/true";
"""

# Settings that a user already has, and what the specs then expect.
SETTINGS = """
  services.prometheus = { listenAddress = "0.0.0.0"; port = 9091; webExternalUrl = "https://host/prom/"; };
  services.grafana.settings.server = { http_port = 3001; protocol = "https"; };
  services.grafana.provision.datasources.settings.datasources = [ { name = "mine"; isDefault = true; } ];
  kernelcore.services.monitoring.grafana.defaultDatasource = false;
  services.ollama = { host = "[::]"; port = 11500; };
  services.openssh.listenAddresses = [ { addr = "::1"; } { addr = "192.0.2.1"; port = 2222; } ];
  kernelcore.services.ml.llama.limits.MemoryMax = "8G";
  kernelcore.services.security.clamav.schedule = "monthly";
"""
FOLLOWED = (
    ("prometheus", "port_bindings", {"listen": ["tcp:0.0.0.0:9091"]}),
    ("prometheus", "health_probe", {"status": 200, "url": "http://127.0.0.1:9091/prom/-/healthy"}),
    ("grafana", "port_bindings", {"listen": ["tcp:127.0.0.1:3001"]}),
    ("grafana", "health_probe", {"body": '"database": *"ok"', "status": 200, "verify": False,
                                 "url": "https://127.0.0.1:3001/api/health"}),
    ("ollama", "port_bindings", {"listen": ["tcp:[::]:11500"]}),
    ("ollama", "health_probe", {"status": 200, "url": "http://[::1]:11500/api/version"}),
    ("sshd", "port_bindings", {"listen": ["tcp:[::1]:22", "tcp:192.0.2.1:2222"]}),
    ("llamacpp", "resource_limits", {"LimitNOFILE": 65536, "MemoryMax": "8G", "OOMScoreAdjust": 300, "TasksMax": 512}),
    ("clamav-scan-timer", "schedule", {"max_age": "32d"}),
)

PLACES = ("modules/ml/llama.nix", "modules/system/services.nix", "modules/development/jupyter.nix",
          "modules/services/default.nix", "sec/hardening.nix")
RENDERED = ("units", "userUnits", "dropIns", "userDropIns", "links", "users", "groups", "extraModprobeConfig", "udev", "warnings")


def inert(rendered: dict) -> list[str]:
    """What differs from a machine without the tree although every toggle is off."""
    plain = rendered["plain"]
    return [f"{name}: {kind} differ from those of a machine without the tree, although every toggle is off"
            for name in ("off, not watched", "former places, off") for kind in RENDERED
            if kind != "warnings" or not name.startswith("former") if rendered[name][kind] != plain[kind]]


def not_managed(rendered: dict, plan: dict) -> list[str]:
    """A unit that is defined elsewhere while its toggle is off has no spec, and none is demanded."""
    files = {path: json.loads(text) for path, text in rendered["migrating"]["specs"].items()}
    found = [f"migrating: {spec['unit']} has a spec, although another module defines the unit"
             for spec in files.values() if spec.get("unit") in plan["units"]]
    if demanded := files["checklistd.json"]["expected"]:
        found.append(f"migrating: a spec is demanded of {', '.join(demanded)}")
    return found


def follows(rendered: dict) -> list[str]:
    """The specs expect what the units of NixOS's own modules are configured to do."""
    one, wrong = rendered["already configured"], []
    for name, check, wanted in FOLLOWED:
        found = json.loads(one["specs"][f"services.d/{name}.json"])["checks"].get(check)
        if found != wanted:
            wrong.append(f"already configured: {name} {check} is {found}, wanted is {wanted}")
    if "MemoryMax=8G" not in one["units"]["llamacpp.service"]:
        wrong.append("already configured: llamacpp.service lost its MemoryMax=8G")
    return wrong


def warns(rendered: dict) -> list[str]:
    """The warnings of the configurations that are meant to have some, by what each names."""
    wanted = {
        "passwords": ["services.openssh.settings.PasswordAuthentication"],
        "without support": ["kernelcore.services.ml.llama.package", "services.ollama.package"],
        "former places": PLACES,
        "former option": ["kernelcore.ml.llama.enable"],
    }
    wrong = []
    for name, words in wanted.items():
        said = rendered[name]["warnings"]
        wrong += [f"{name}: no warning names {word}" for word in words if not any(word in line for line in said)]
        if len(said) != len(words):
            wrong.append(f"{name}: {len(said)} warnings, wanted are {len(words)}: {said}")
    if "llamacpp.service" not in rendered["former option"]["units"]:
        wrong.append("former option: kernelcore.ml.llama.enable does not lead to the new one")
    return wrong


def former_places(rendered: dict, plan: dict) -> list[str]:
    """The redirects switch on what they replaced: all but the GPU manager, which is new, and sshd, which they only harden."""
    one = rendered["former places"]
    return [f"former places: {unit} is not there" for unit in plan["units"]
            if unit not in ("ollama-gpu-manager.service", "sshd.service") and unit not in one["units"] | one["userUnits"]]


def wrong(rendered: dict, plan: dict) -> list[str]:
    return inert(rendered) + not_managed(rendered, plan) + follows(rendered) + warns(rendered) + former_places(rendered, plan)
