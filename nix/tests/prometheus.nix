# SPDX-License-Identifier: MIT
# prometheus.service, which scrapes itself and checklistd.
{
  toggle = "monitoring.prometheus";
  units = [ "prometheus.service" ];
  on = ''
    machine.wait_until_succeeds(
        "curl --silent --fail 'http://127.0.0.1:9090/api/v1/query?query=up{job=\"checklistd\"}' | grep '\"1\"'"
    )
  '';
}
