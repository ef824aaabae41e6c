# SPDX-License-Identifier: MIT
# The previous path of Prometheus and Grafana, now of the whole tree.
{ lib, ... }:
{
  imports = [
    ../../../modules/services
  ];

  kernelcore.services.monitoring.grafana.enable = lib.mkDefault true;
  kernelcore.services.monitoring.prometheus.enable = lib.mkDefault true;
  warnings = [
    "modules/services/default.nix has moved and switches on what it held before; import modules/services instead, and set kernelcore.services.monitoring.grafana.enable, kernelcore.services.monitoring.prometheus.enable"
  ];
}
