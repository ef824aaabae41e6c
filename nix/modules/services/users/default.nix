# SPDX-License-Identifier: MIT
# Users that services and tools run as, and that have no unit of their own.
{
  imports = [ ./claude-code.nix ];
}
