# SPDX-License-Identifier: MIT
"""Mistakes planted in copies of nix/: each must be caught, by the small mode or by the full one."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import full, gradual, package, scripts, small, steps, vm_tests

SERVICES = "modules/services"


@dataclass(frozen=True)
class Mistake:
    """One edit, and the system of full.nix that it must break."""

    what: str
    file: str
    old: str
    new: str
    system: str = "on"
    small: bool = True  # whether the small mode can see it
    full: bool = True  # whether evaluation with nixpkgs can


MISTAKES = (
    Mistake("misspelt option of NixOS", f"{SERVICES}/ml/llama.nix", "wantedBy = [", "wantedby = ["),
    Mistake("misspelt option of ours", f"{SERVICES}/ml/llama.nix", "inherit (cfg) aliases;", "aliases = cfg.alias;"),
    Mistake("misspelt toggle in the example", "example.nix", "llama.enable", "lama.enable", "example"),
    Mistake("wrong type: a word for a port", f"{SERVICES}/ml/llama.nix", "service.port 8080;", 'service.port "8080";'),
    Mistake("port out of range", f"{SERVICES}/ml/llama.nix", "service.port 8080;", "service.port 80800;"),
    Mistake("wrong type: a list for a description", f"{SERVICES}/ml/llama.nix",
            'description = "llama.cpp inference server";', 'description = [ "Server" ];'),
    Mistake("wrong type: a word for a list of units", f"{SERVICES}/containers/docker.nix",
            'requires = [ "docker.service" ];\n        wants', 'requires = "docker.service";\n        wants'),
    Mistake("misspelt directive", f"{SERVICES}/lib/hardening.nix", "NoNewPrivileges = true;", "NoNewPriviliges = true;"),
    Mistake("directive in the wrong section", f"{SERVICES}/ml/llama.nix", 'Restart = "on-failure";',
            'Restart = "on-failure";\n            OnFailure = "x.service";'),
    Mistake("impossible value of a directive", f"{SERVICES}/ml/llama.nix", 'Type = "exec";', 'Type = "executable";'),
    Mistake("malformed size", f"{SERVICES}/ml/llama.nix", 'MemoryMax = "32G";', 'MemoryMax = "32 gigs";'),
    Mistake("malformed time", f"{SERVICES}/ml/llama.nix", 'RestartSec = "5s";', 'RestartSec = "5 secs later";'),
    Mistake("malformed calendar", f"{SERVICES}/security/clamav.nix", '"Sun 02:00"', '"Sunday at two"'),
    Mistake("unknown system call group", f"{SERVICES}/lib/hardening.nix", '"@system-service @resources"',
            '"@system-services @resources"'),
    Mistake("unknown capability", f"{SERVICES}/security/clamav.nix", "CAP_DAC_READ_SEARCH", "CAP_DAC_READ"),
    Mistake("undeclared user", f"{SERVICES}/security/clamav.nix", "scanLimits = {",
            'scanLimits = {\n    User = "clamscan";'),
    Mistake("undeclared group", f"{SERVICES}/containers/docker.nix", '[ "docker" ]', '[ "dockers" ]'),
    Mistake("wrong group of the GPU", f"{SERVICES}/lib/gpu.nix", '"nvidia"\n        "video"', '"nvidea"\n        "video"'),
    Mistake("two services on one port", f"{SERVICES}/ml/llama.nix", "service.port 8080;", "service.port 11434;"),
    Mistake("a port that sshd holds on every address", f"{SERVICES}/ml/llama.nix", "service.port 8080;", "service.port 22;"),
    Mistake("alias that is a unit of its own", f"{SERVICES}/ml/llama.nix", '"llama.service"', '"ollama.service"'),
    Mistake("dropped import", f"{SERVICES}/default.nix", "    ./containers/docker.nix\n", ""),
    Mistake("import of a file that is not there", f"{SERVICES}/default.nix", "./scripts.nix", "./script.nix"),
    Mistake("unit without its target", f"{SERVICES}/ml/ollama-gpu-manager.nix",
            '        wantedBy = [ "multi-user.target" ];\n', ""),
    Mistake("toggle that switches nothing off", f"{SERVICES}/security/credentials.nix", "(lib.mkIf cfg.enable {",
            "(lib.mkIf true {", "off, watched"),
    Mistake("toggle that switches nothing on", f"{SERVICES}/ml/llama.nix", "(lib.mkIf cfg.enable {",
            "(lib.mkIf false {"),
    Mistake("spec that says enabled at all times", f"{SERVICES}/ml/llama.nix", "service.toggled cfg.enable",
            "service.toggled true", "off, watched"),
    Mistake("severity that there is not", f"{SERVICES}/ml/llama.nix", 'severity = "critical"', 'severity = "severe"'),
    Mistake("option declared twice", f"{SERVICES}/ml/ollama-gpu-manager.nix", "options.kernelcore.services.ml.ollama-gpu-manager = {",
            'options.kernelcore.services.ml.ollama.port = mkOption { type = types.port; default = 11434; };\n\n'
            "  options.kernelcore.services.ml.ollama-gpu-manager = {"),
    Mistake("hardening given up", f"{SERVICES}/lib/hardening.nix", "network = base // {",
            'network = { } // {\n    ProtectSystem = "full";\n    ProtectProc = "default";'),
    Mistake("syntax", f"{SERVICES}/ml/llama.nix", "in\n{", "in\n{{"),
    Mistake("undefined variable", f"{SERVICES}/ml/llama.nix", "cfg.limits\n          //", "cfg.limit\n          //"),
    Mistake("list without its bracket", f"{SERVICES}/ml/llama.nix", 'after = [ "network.target" ];\n        wanted',
            'after = [ "network.target" ;\n        wanted'),
    Mistake("package that nixpkgs does not have", f"{SERVICES}/lib/gpu.nix", "pkgs.llama-cpp.override { cuda",
            "pkgs.llama-ccp.override { cuda"),
    Mistake("program that nixpkgs calls otherwise", "package.nix", "  sdbus-cpp_2,", "  sdbus-cpp2,", small=False),
    Mistake("forgotten input of the package", "package.nix", "    zlib\n", "", full=False),
    Mistake("tests of the package without their interpreter", "package.nix", "    python3 #", "    #", full=False),
    Mistake("escape that survives into a script", f"{SERVICES}/scripts.sh", '"${1:-5min}"', '"\\${1:-5min}"', full=False),
    Mistake("program that is not in the PATH of a script", f"{SERVICES}/ml/ollama-gpu-manager.nix", "          pkgs.gawk\n", "", full=False),
    Mistake("undefined name in a VM test", "tests/ollama.nix", "machine.succeed", "machin.succeed", full=False),
    Mistake("line that flake8 refuses", "tests/llama-server.py", "no argument but", "no argument at all whatever it may be except", full=False),
    Mistake("option that nixpkgs has removed", f"{SERVICES}/ml/ollama.nix", "package = lib.mkDefault",
            'acceleration = "cuda";\n        package = lib.mkDefault'),
    Mistake("option of nixpkgs of another type", f"{SERVICES}/monitoring/prometheus.nix",
            'targets = [ address ];', 'targets = address;', small=False),
    Mistake("key that a scrape job does not have", f"{SERVICES}/monitoring/prometheus.nix",
            'job_name = "prometheus";', 'job_name = "prometheus";\n            every = "5s";', small=False),
    Mistake("no secret for Grafana", f"{SERVICES}/monitoring/grafana.nix", '    secret_key = "grafana-secret-key";\n', "",
            small=False),
    Mistake("rules for the GPU without a service that uses it", f"{SERVICES}/lib/gpu.nix", "used = cfg.usedBy != { };",
            "used = true;", full=False),
    Mistake("absence demanded of a unit that is defined elsewhere", "modules/checklistd/files.nix",
            "!defined service.unit", "true", full=False),
    Mistake("setting of the user's that is overridden", f"{SERVICES}/monitoring/prometheus.nix",
            'listenAddress = lib.mkDefault "127.0.0.1";', 'listenAddress = lib.mkForce "127.0.0.1";', full=False),
    Mistake("former place that turns off what it held", "compat/modules/ml/llama.nix", "lib.mkDefault true",
            "lib.mkDefault false", full=False),
    Mistake("group id that is taken", f"{SERVICES}/lib/gpu.nix", "default = 397;", "default = 1;", small=False),
)


def run(tally, nixpkgs, say):
    missed, small_cannot = [], []
    for mistake in MISTAKES:
        with tempfile.TemporaryDirectory() as scratch:
            nix = planted(mistake, Path(scratch))
            by_small = caught(lambda: by_small_mode(nix))
            by_full = nixpkgs and caught(lambda: full.run(nix, nixpkgs, lambda _: None, [mistake.system]))
        if not by_small:
            small_cannot.append(mistake.what)
        if mistake.small and not by_small:
            missed.append(f"small mode does not see: {mistake.what}")
        if mistake.full and nixpkgs and not by_full:
            missed.append(f"full mode does not see: {mistake.what}")
        said = (by_small or by_full or ["not caught"])[0].strip().splitlines()[-1]
        say(f"{mistake.what}: {said[:150]}")
    say(f"small mode cannot see: {'; '.join(small_cannot)}")
    tally.step(f"{len(MISTAKES)} planted mistakes are caught", missed)


def planted(mistake: Mistake, scratch: Path) -> Path:
    """A copy of the repository's part that evaluation reads, with the mistake in it."""
    source = small.NIX
    shutil.copytree(source, scratch / "nix")
    for entry in sorted(source.parent.iterdir()):  # the package's source
        if entry.name not in {".git", "build", "nix"}:
            (scratch / entry.name).symlink_to(entry)
    file = scratch / "nix" / mistake.file
    text = file.read_text()
    if text.count(mistake.old) < 1:
        raise AssertionError(f"'{mistake.what}' finds nothing to change in {mistake.file}")
    file.write_text(text.replace(mistake.old, mistake.new, 1))
    return scratch / "nix"


def caught(judge) -> list[str]:
    try:
        return judge()
    except small.NixError as error:
        return [str(error)]


def by_small_mode(nix: Path) -> list[str]:
    """The steps of the small mode that look at modules, until one finds something."""
    if wrong := steps.parse(nix):
        return wrong
    if wrong := package.dependencies(nix.parent, nix / "package.nix") + vm_tests.judge(nix):
        return wrong
    if wrong := scripts.execute(nix):
        return wrong
    rendered = small.evaluate(small.configurations(nix), nix)
    plan = small.plan(nix)
    return (steps.evaluation(rendered, plan) or gradual.wrong(rendered, plan) or steps.systemd(rendered)
            or steps.exposure(rendered["on"], lambda _: None))
