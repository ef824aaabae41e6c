# SPDX-License-Identifier: MIT
# grafana.service, with secrets of its own and Prometheus as its source.
{
  toggle = "monitoring.grafana";
  units = [ "grafana.service" ];
  machine.kernelcore.services.monitoring.prometheus.enable = true;
  on = ''
    machine.fail("curl --fail --user admin:admin http://127.0.0.1:3000/api/datasources")
    machine.succeed(
        "curl --fail --user admin:$(cat /etc/credstore/grafana-admin) http://127.0.0.1:3000/api/datasources | grep Prometheus"
    )
  '';
}
