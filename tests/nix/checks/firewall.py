# SPDX-License-Identifier: MIT
"""services.checklistd.firewall: the host check gets the ports that networking.firewall opens, on every interface."""

import json

from . import small

PORTS = """
  networking.firewall = {
    allowedTCPPorts = [ 22 443 ];
    allowedUDPPortRanges = [ { from = 60000; to = 61000; } ];
    interfaces.wg0 = { allowedTCPPorts = [ 443 9090 ]; allowedUDPPorts = [ 53 ]; };
  };
"""
OPEN = {"tcp:22", "tcp:443", "udp:60000-61000", "tcp:9090", "udp:53"}
CASES = {
    "on": PORTS + 'services.checklistd.firewall = { enable = true; allow = [ "udp:5353" ]; };',
    "off": PORTS,
    "no firewall": "networking.firewall.enable = false; services.checklistd.firewall.enable = true;",
}


def judge(nix=small.NIX) -> list[str]:
    modules = {name: [f"{nix}/modules/checklistd", f"{{ services.checklistd.enable = true; {text} }}"] for name, text in CASES.items()}
    found = small.evaluate(modules, nix)
    asked = {name: json.loads(one["specs"]["checklistd.json"]).get("host", {}).get("firewall") for name, one in found.items()}
    wrong = []
    if not asked["on"] or sorted(asked["on"]["open"]) != sorted(OPEN) or asked["on"]["allow"] != ["udp:5353"]:
        wrong.append(f"host.firewall is {asked['on']}")
    if asked["off"] is not None or found["off"]["failed"]:
        wrong.append(f"off, host.firewall is {asked['off']}; {found['off']['failed']}")
    if not any("networking.firewall.enable" in message for message in found["no firewall"]["failed"]):
        wrong.append(f"no firewall: {found['no firewall']['failed']}")
    return wrong
