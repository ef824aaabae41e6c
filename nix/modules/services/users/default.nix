# SPDX-License-Identifier: MIT
# Users of services and tools without a unit.
{
  imports = [ ./claude-code.nix ];
}
