# SPDX-License-Identifier: MIT
# services.checklistd: the daemon, and the place where every other module says what it promises.
{
  imports = [
    ./options.nix
    ./files.nix
    ./daemon.nix
    ./conflicts.nix
    ./gate.nix
  ];
}
