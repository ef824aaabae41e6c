# SPDX-License-Identifier: MIT
"""What users of the modules write, and who notices what is wrong with it.

place: evaluation   the evaluation fails or warns, and says the word
       build        the build of /etc/checklistd fails, and says the word
       right        nothing is wrong: specs or units contain the word
       switch       only the daemon can know; the word is the check that fails then
       unknowable   no program can know; the word is the reason
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    what: str
    module: str  # the body of a NixOS module
    place: str
    word: str
    base: str = ""  # what is right around it


def on(*toggles: str) -> str:
    return " ".join(f"kernelcore.services.{toggle}.enable = true;" for toggle in toggles)


LLAMA, OLLAMA = on("ml.llama"), on("ml.ollama")
PROMETHEUS, GRAFANA = on("monitoring.prometheus"), on("monitoring.grafana")
SSHD = on("security.sshd-hardening") + " services.openssh.enable = true;"
CLAMAV, CREDENTIALS = on("security.clamav"), on("security.credentials")
DOCKER, JUPYTER = on("containers.docker-pull"), on("development.jupyter")
SPEC = "services.checklistd.services"


def override(unit: str, directive: str, value: str) -> str:
    return f"systemd.services.{unit}.serviceConfig.{directive} = lib.mkForce {value};"


def weakened(directive: str, value: str) -> Case:
    return Case(f"hardening of llamacpp weakened: {directive}", override("llamacpp", directive, value), "evaluation",
                f"checks.hardening.{directive}", LLAMA)


CASES = (
    # -- toggles, imports and former places --------------------------------------------------------
    Case("two copies of the tree", "imports = [ {copy} ];", "evaluation", "already declared"),
    Case("former option", "kernelcore.ml.llama.enable = true;", "evaluation", "kernelcore.services.ml.llama.enable"),
    Case("misspelt toggle", "kernelcore.services.ml.lama.enable = true;", "evaluation", "does not exist"),
    Case("toggle with a word", 'kernelcore.services.ml.llama.enable = "yes";', "evaluation", "not of type `boolean'"),
    Case("former llamacpp, toggle off", 'systemd.services.llamacpp.serviceConfig.ExecStart = "/bin/true";', "right", '"expected":'),
    Case("own Prometheus, Grafana and ClamAV, toggles off",
         "services.prometheus.enable = true; services.grafana.enable = true; services.clamav.daemon.enable = true;"
         ' services.grafana.settings.security.secret_key = "x";', "right", '"expected":'),
    Case("own ollama, toggle off", "services.ollama.enable = true;", "right", '"expected":'),
    Case("GPU manager without ollama", on("ml.ollama-gpu-manager"), "evaluation", "needs kernelcore.services.ml.ollama.enable"),
    Case("Grafana without credentials", "kernelcore.services.security.credentials.enable = false;", "evaluation", "secret_key", GRAFANA),
    Case("Grafana without Prometheus", "", "right", "/api/health", GRAFANA),
    Case("gate without the daemon", "kernelcore.services.monitoring.checklistd.enable = false; services.checklistd.gate.enable = true;",
         "evaluation", "services.checklistd.gate.enable is true"),
    Case("boot check without the daemon",
         "kernelcore.services.monitoring.checklistd.enable = false; services.checklistd.bootCheck.enable = true;",
         "evaluation", "services.checklistd.bootCheck.enable is true"),
    Case("NVIDIA's packages without allowUnfree",
         'services.xserver.videoDrivers = [ "nvidia" ]; hardware.nvidia.open = true;', "evaluation", "unfree", LLAMA),
    # -- addresses and ports -----------------------------------------------------------------------
    Case("port of Prometheus", "services.prometheus.port = 9091;", "right", "tcp:127.0.0.1:9091", PROMETHEUS),
    Case("address of Prometheus", 'services.prometheus.listenAddress = "0.0.0.0";', "right", "tcp:0.0.0.0:9090", PROMETHEUS),
    Case("path of Prometheus", 'services.prometheus.webExternalUrl = "https://host/prom/";', "right", "/prom/-/healthy", PROMETHEUS),
    Case("port of Grafana", "services.grafana.settings.server.http_port = 3001;", "right", "tcp:127.0.0.1:3001", GRAFANA),
    Case("address of Grafana", 'services.grafana.settings.server.http_addr = "0.0.0.0";', "right", "tcp:0.0.0.0:3000", GRAFANA),
    Case("https of Grafana", 'services.grafana.settings.server.protocol = "https";', "right", "https://127.0.0.1:3000", GRAFANA),
    Case("secret of Grafana", 'services.grafana.settings.security.secret_key = "x";', "right", "grafana.service", GRAFANA),
    Case("password of Grafana in the store", 'services.grafana.settings.security.admin_password = "x";', "evaluation", "plaintext", GRAFANA),
    Case("address of ollama", 'services.ollama.host = "0.0.0.0";', "right", "tcp:0.0.0.0:11434", OLLAMA),
    Case("former environment of ollama", 'kernelcore.services.ml.ollama.environment.OLLAMA_KEEP_ALIVE = "1m";', "evaluation",
         "services.ollama.environmentVariables", OLLAMA),
    Case("models and user of upstream's ollama", 'services.ollama = { loadModels = [ "gemma3" ]; user = "ollama"; };', "right",
         "ollama.service", OLLAMA),
    Case("one port for two", "kernelcore.services.ml.llama.port = 11434;", "evaluation", "both declare tcp:127.0.0.1:11434", LLAMA + OLLAMA),
    Case("port of the daemon", "kernelcore.services.ml.llama.port = 10558;", "evaluation", "both declare tcp:127.0.0.1:10558", LLAMA),
    Case("port of sshd", "kernelcore.services.ml.llama.port = 22;", "evaluation", "sshd.service both declare", LLAMA + SSHD),
    Case("port out of range", "kernelcore.services.ml.llama.port = 80800;", "evaluation", "16 bit unsigned integer", LLAMA),
    Case("addresses of sshd", 'services.openssh.listenAddresses = [ { addr = "192.0.2.1"; port = 2222; } ];', "right", "tcp:192.0.2.1:2222", SSHD),
    Case("IPv6 address of sshd", 'kernelcore.services.security.sshd-hardening.listen = "::1";', "right", "tcp:[::1]:22", SSHD),
    Case("name for the address of sshd", 'kernelcore.services.security.sshd-hardening.listen = "localhost";', "evaluation", "not of type", SSHD),
    Case("sshd on demand", "services.openssh.startWhenNeeded = true;", "right", "sshd.socket", SSHD),
    Case("sshd hardened, and off", "services.openssh.enable = lib.mkForce false;", "right", '"expected":', SSHD),
    Case("daemon on ::1", 'services.checklistd.listenAddress = "::1";', "right", '"expected":'),
    Case("daemon on every address", 'services.checklistd.listenAddress = "0.0.0.0";', "evaluation", "is not loopback"),
    Case("nginx on the port of llama.cpp",
         'services.nginx = { enable = true; virtualHosts.a.listen = [ { addr = "127.0.0.1"; port = 8080; } ]; };', "switch",
         "port_bindings", LLAMA),
    Case("another port in the flags of llama.cpp", 'kernelcore.ml.llama.extraFlags = [ "--port" "9999" ];', "switch", "port_bindings", LLAMA),
    Case("firewall's check without a firewall", "networking.firewall.enable = false; services.checklistd.firewall.enable = true;",
         "evaluation", "networking.firewall.enable"),
    Case("a word among the allowed ports", 'services.checklistd.firewall = { enable = true; allow = [ "ssh" ]; };', "evaluation", "not of type"),
    # -- overrides of units ------------------------------------------------------------------------
    Case("limit of Prometheus, plainly", 'systemd.services.prometheus.serviceConfig.MemoryMax = "8G";', "evaluation",
         "MemoryMax: prometheus.service has 8G, its spec says 4G", PROMETHEUS),
    Case("limit of Prometheus, forced", override("prometheus", "MemoryMax", '"8G"'), "evaluation", "prometheus.service has 8G", PROMETHEUS),
    Case("limit of ollama, forced", override("ollama", "MemoryMax", '"64G"'), "evaluation", "ollama.service has 64G", OLLAMA),
    Case("limit of llama.cpp by its option", 'kernelcore.services.ml.llama.limits.MemoryMax = "64G";', "right", "64G", LLAMA),
    Case("stricter limit", override("llamacpp", "MemoryMax", '"32768M"'), "right", "32768M", LLAMA),
    Case("setting that is no limit", 'kernelcore.services.ml.llama.limits.Restart = "always";', "evaluation", "resource_limits.Restart", LLAMA),
    Case("unit masked", "systemd.services.ollama.enable = false;", "evaluation", "ollama.service is masked", OLLAMA),
    Case("unit not started at boot", "systemd.services.llamacpp.wantedBy = lib.mkForce [ ];", "evaluation", "boot_start.target", LLAMA),
    Case("alias dropped", "systemd.services.llamacpp.aliases = lib.mkForce [ ];", "evaluation", "unit_definition.aliases", LLAMA),
    Case("alias that is a unit", 'kernelcore.services.ml.llama.aliases = [ "ollama.service" ];', "evaluation", "cannot be an alias", LLAMA + OLLAMA),
    Case("dependency dropped", 'systemd.services.clamav-scan.requires = lib.mkForce [ ];', "evaluation", "dependencies.requires", CLAMAV),
    Case("timer not started", "systemd.timers.clamav-scan.wantedBy = lib.mkForce [ ];", "evaluation", "boot_start.target", CLAMAV),
    Case("program replaced", override("llamacpp", "ExecStart", '"/bin/false"'), "evaluation", "unit_definition.exec_start", LLAMA),
    Case("program of the scan replaced", override("clamav-scan", "ExecStart", '"/bin/true"'), "evaluation", "unit_definition.exec_start", CLAMAV),
    Case("DynamicUser given up", override("llamacpp", "DynamicUser", "false"), "evaluation", "DynamicUser", LLAMA),
    weakened("ProtectSystem", '"full"'),
    weakened("ProtectHome", "false"),
    weakened("NoNewPrivileges", "false"),
    weakened("PrivateTmp", "false"),
    weakened("CapabilityBoundingSet", '"CAP_SYS_ADMIN"'),
    weakened("AmbientCapabilities", '"CAP_NET_ADMIN"'),
    weakened("RestrictAddressFamilies", '"none AF_NETLINK AF_PACKET"'),
    weakened("DevicePolicy", '"auto"'),
    weakened("UMask", '"0000"'),
    weakened("SystemCallFilter", '""'),
    weakened("RestrictNamespaces", "false"),
    weakened("ProtectProc", '"default"'),
    weakened("MemoryDenyWriteExecute", "false"),
    Case("hardening of ollama weakened", override("ollama", "ProtectHome", "false"), "evaluation", "checks.hardening.ProtectHome", OLLAMA),
    Case("hardening of Prometheus weakened", override("prometheus", "ProtectSystem", '"full"'), "evaluation", "checks.hardening.ProtectSystem",
         PROMETHEUS),
    Case("passwords allowed", "services.openssh.settings.PasswordAuthentication = true;", "evaluation", "PasswordAuthentication is true", SSHD),
    # -- values of options -------------------------------------------------------------------------
    Case("no images", "kernelcore.services.containers.docker-pull.images = [ ];", "evaluation", "not of type `non-empty", DOCKER),
    Case("image with a blank", 'kernelcore.services.containers.docker-pull.images = [ "a b" ];', "evaluation", "not of type", DOCKER),
    Case("no docker", "virtualisation.docker.enable = false;", "evaluation", "virtualisation.docker.enable is false", DOCKER),
    Case("nothing to scan", "kernelcore.services.security.clamav.directories = [ ];", "evaluation", "not of type `non-empty", CLAMAV),
    Case("directory with a blank", 'kernelcore.services.security.clamav.directories = [ "/srv/a b" ];', "right", '"/srv/a b"', CLAMAV),
    Case("monthly scan", 'kernelcore.services.security.clamav.schedule = "monthly";', "right", "32d", CLAMAV),
    Case("model with a blank", 'kernelcore.ml.llama.model = "/srv/a b.gguf";', "right", '"/srv/a b.gguf"', LLAMA),
    Case("model below /home", 'kernelcore.ml.llama.model = "/home/dev/model.gguf";', "evaluation", "below a home directory", LLAMA),
    Case("model that does not exist", 'kernelcore.ml.llama.model = "/srv/typo.gguf";', "switch", "files", LLAMA),
    Case("credential with a blank", 'kernelcore.services.security.credentials.random."a b" = { };', "evaluation", "unlike 'a b'", CREDENTIALS),
    Case("credentials elsewhere", 'kernelcore.services.security.credentials.directory = "/var/lib/credstore";', "right",
         "ReadWritePaths=/var/lib", CREDENTIALS),
    Case("credentials in an immutable /etc", "system.etc.overlay = { enable = true; mutable = false; }; boot.initrd.systemd.enable = true;"
         " systemd.sysusers.enable = true; users.mutableUsers = true;", "evaluation", "which cannot be written", CREDENTIALS),
    Case("user who does not exist", 'kernelcore.services.development.jupyter.user = "ghost";', "evaluation", "users.users has no 'ghost'", JUPYTER),
    Case("two users, and none named", "users.users.eve.isNormalUser = true;", "evaluation", "there is not exactly one normal user", JUPYTER),
    Case("second default data source",
         'services.grafana.provision.datasources.settings.datasources = [ { name = "mine"; type = "loki"; url = "http://x"; isDefault = true; } ];',
         "evaluation", "more than one default data source", GRAFANA + PROMETHEUS),
    Case("second job named prometheus", 'services.prometheus.scrapeConfigs = [ { job_name = "prometheus"; } ];', "switch", "service_state", PROMETHEUS),
    # -- specs by hand -----------------------------------------------------------------------------
    Case("unit that no module defines", f'{SPEC}.web.unit = "ngnix.service";', "evaluation", "is defined by no module"),
    Case("unit without a suffix", f'{SPEC}.web.unit = "nginx";', "evaluation", "not of type"),
    Case("severity that there is not", f'{SPEC}.llamacpp.severity = lib.mkForce "severe";', "evaluation", "not of type", LLAMA),
    Case("severity overridden plainly", f'{SPEC}.llamacpp.severity = "info";', "evaluation", "conflicting definition", LLAMA),
    Case("user of a spec who does not exist", f'{SPEC}.llamacpp.user = "ghost";', "evaluation", "users.users.ghost does not exist", LLAMA),
    Case("spec says off, unit is on", f"{SPEC}.llamacpp.enabled = lib.mkForce false;", "evaluation", "its spec says false", LLAMA),
    Case("impossible value of a directive", f'{SPEC}.llamacpp.checks.hardening.ProtectSystem = lib.mkForce "very";', "evaluation",
         "checks.hardening.ProtectSystem", LLAMA),
    Case("two specs of a unit", f'{SPEC}.again.unit = "llamacpp.service";', "build", "llamacpp.service", LLAMA),
    Case("check that there is not", f"{SPEC}.llamacpp.checks.port_binding.listen = [ ];", "evaluation", "checks.port_binding' does not exist", LLAMA),
    Case("misspelt parameter", f'{SPEC}.llamacpp.checks.port_bindings.listens = [ "tcp:*:1" ];', "evaluation", "listens' does not exist", LLAMA),
    Case("word for a list", f'{SPEC}.llamacpp.checks.dependencies.requires = "a.service";', "evaluation", "checks.dependencies.requires", LLAMA),
    Case("malformed address", f'{SPEC}.llamacpp.checks.port_bindings.listen = [ "8080" ];', "evaluation", "checks.port_bindings.listen", LLAMA),
    Case("malformed time", f'{SPEC}.llamacpp.settle = lib.mkForce "soon";', "build", "soon", LLAMA),
    Case("unknown key of checklistd.json", 'services.checklistd.settings.resnyc = "60s";', "evaluation", "settings.resnyc' does not exist"),
    Case("address of another service in a spec", f'{SPEC}.llamacpp.checks.port_bindings.listen = [ "tcp:127.0.0.1:8081" ];', "switch",
         "port_bindings", LLAMA),
    Case("watched user who does not exist", 'services.checklistd.users = [ "ghost" ];', "evaluation", "users.users.ghost does not exist"),
    # -- what no program can know ------------------------------------------------------------------
    Case("a toggle forgotten", "", "unknowable", "nothing says that the service is wanted"),
    Case("a model of another kind", 'kernelcore.ml.llama.model = "/srv/embedding.gguf";', "unknowable", "the file exists, is read and answers"),
)
