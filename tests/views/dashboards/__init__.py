# SPDX-License-Identifier: MIT
"""Grafana's dashboards without a Grafana: their queries asked of a Prometheus, their cells made by Grafana's own code."""
