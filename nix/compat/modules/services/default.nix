# SPDX-License-Identifier: MIT
# The former place of Prometheus and Grafana, now that of the whole tree.
{
  imports = [ ../../../modules/services ];
}
