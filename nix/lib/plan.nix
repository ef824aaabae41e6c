# SPDX-License-Identifier: MIT
# The migration plan as constants: what there is to switch, and which units must never vanish unnoticed.
# Deliberately not derived from the modules: a module whose import is dropped takes its spec along, and
# only a list that stays behind can tell (checklistd's `coverage`).
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

  # What some cannot do without.
  needs = {
    "monitoring.grafana" = [ "security.credentials" ];
    "ml.ollama-gpu-manager" = [ "ml.ollama" ];
  };

  # Each has a spec at all times; what is switched off has one that says so.
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
