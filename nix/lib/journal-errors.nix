# SPDX-License-Identifier: MIT
# The journal_errors of a shipped spec, so that module and spec share one list of patterns.
spec: (builtins.fromJSON (builtins.readFile (../../config + "/${spec}.json"))).checks.journal_errors
