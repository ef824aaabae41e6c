# SPDX-License-Identifier: MIT
"""services.checklistd.{prometheus,alertmanager,grafana} without the tree of services: what they set, and what they refuse."""

from . import small

PROMETHEUS = "services.prometheus.enable = true; services.checklistd.prometheus.enable = true;"
GRAFANA = "services.grafana.enable = true; services.checklistd.grafana.enable = true;"
CASES = {
    "on": f'{PROMETHEUS} {GRAFANA} services.checklistd.prometheus.instance = "here";',
    "IPv6": f'{PROMETHEUS} services.checklistd.listenAddress = "[::1]";',
    "every address": f'{PROMETHEUS} services.checklistd.listenAddress = "0.0.0.0";',
    "no Prometheus": "services.checklistd.prometheus.enable = true;",
    "no Grafana": "services.checklistd.grafana.enable = true;",
    "routes": f"{PROMETHEUS} services.checklistd.alertmanager = {{ enable = true; receivers = "
              'map (name: { inherit name; }) [ "page" "chat" "digest" ]; };',
    "a receiver too few": f'{PROMETHEUS} services.checklistd.alertmanager = {{ enable = true; receivers = [ {{ name = "page"; }} ]; }};',
    "off": "services.prometheus.enable = true; services.grafana.enable = true;",
}


def judge(nix=small.NIX) -> list[str]:
    modules = {name: [f"{nix}/modules/checklistd", f"{{ services.checklistd.enable = true; {text} }}"] for name, text in CASES.items()}
    found = small.evaluate(modules, nix)
    said = {name: " ".join(one["warnings"] + one["failed"]) for name, one in found.items()}
    set_by = {name: one["monitoring"] for name, one in found.items()}
    job = set_by["on"]["scrapeConfigs"][0] if set_by["on"]["scrapeConfigs"] else {}
    targets = {name: set_by[name]["scrapeConfigs"][0]["static_configs"][0]["targets"] for name in ("on", "IPv6", "every address")}
    route = (set_by["routes"]["alertmanager"] or {}).get("route", {})
    facts = {
        "the job is scraped every 15 s": job.get("scrape_interval") == "15s",
        "the label instance is the option's": job.get("static_configs", [{}])[0].get("labels") == {"instance": "here"},
        "the rules are the package's": [path.rpartition("/")[2] for path in set_by["on"]["ruleFiles"]] == ["checklistd.rules.yml"],
        "Grafana provides the dashboards": set_by["on"]["dashboards"][0]["options"]["path"].endswith("/grafana/dashboards")
                                           and set_by["on"]["provision"],
        "the target is an address that can be asked": targets == {"on": ["127.0.0.1:10558"], "IPv6": ["[::1]:10558"],
                                                                  "every address": ["127.0.0.1:10558"]},
        "rules without Prometheus warn": "services.prometheus.enable" in said["no Prometheus"],
        "dashboards without Grafana warn": "services.grafana.enable" in said["no Grafana"],
        "a missing receiver is refused by name": "lacks chat, digest" in said["a receiver too few"],
        "nothing is said about what is right": not said["on"] and not said["routes"] and not said["off"],
        "the routes name the receivers": route.get("receiver") == "chat" and set_by["routes"]["alertmanagers"] != [],
        "off sets nothing": set_by["off"] == {"scrapeConfigs": [], "ruleFiles": [], "alertmanager": None, "alertmanagers": [],
                                              "dashboards": [], "provision": False},
    }
    return [f"not so: {fact}" for fact, so in facts.items() if not so]
