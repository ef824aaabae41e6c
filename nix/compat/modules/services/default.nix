# SPDX-License-Identifier: MIT
# The previous path of Prometheus and Grafana, now of the whole tree.
{
  imports = [ ../../../modules/services ];
}
