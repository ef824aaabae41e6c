# SPDX-License-Identifier: MIT
"""The rules, the scrape example and the routes, held against Prometheus's and Alertmanager's own programs."""
