# SPDX-License-Identifier: MIT
# The journal_errors of the plan's spec, so that module and spec share one list of patterns.
spec: (builtins.fromJSON (builtins.readFile (../../config/plan + "/${spec}.json"))).checks.journal_errors
