# SPDX-License-Identifier: MIT
# The migration plan as constants: toggles, and units that must always have a spec.
# Not derived from the modules: if a module's import is removed, its spec disappears with it, and only a
# separate list lets checklistd's `coverage` notice.
{
  # Below kernelcore.services, each with `.enable`.
  toggles = [
    "containers.docker-pull"
    "development.jupyter"
    "ml.llama"
    "ml.ollama"
    "ml.ollama-gpu-manager"
    "monitoring.grafana"
    "monitoring.prometheus"
    "security.clamav"
    "security.credentials"
    "security.sshd-hardening"
    "users.claude-code"
  ];

  # Toggles that others need.
  needs = {
    "monitoring.grafana" = [ "security.credentials" ];
    "ml.ollama-gpu-manager" = [ "ml.ollama" ];
  };

  # Each always has a spec, with `enabled: false` if its toggle is off.
  units = [
    "clamav-daemon.service"
    "clamav-scan.service"
    "clamav-scan.timer"
    "docker-pull-images.service"
    "grafana.service"
    "jupyter.service"
    "llamacpp.service"
    "ollama-gpu-manager.service"
    "ollama.service"
    "prometheus.service"
    "setup-system-credentials.service"
    "sshd.service"
  ];
}
