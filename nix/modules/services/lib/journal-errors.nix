# SPDX-License-Identifier: MIT
# The journal_errors of one of the plan's specs. The patterns are those of config/plan (tests/nix/check compares), and
# lie here because the tree may be copied alone.
name: (builtins.fromJSON (builtins.readFile ./journal-errors.json)).${name}
