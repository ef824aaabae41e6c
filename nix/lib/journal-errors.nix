# SPDX-License-Identifier: MIT
# What of a service's log is an error: as its shipped spec says, so that both know one list of patterns.
spec: (builtins.fromJSON (builtins.readFile (../../config + "/${spec}.json"))).checks.journal_errors
