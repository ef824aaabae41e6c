# SPDX-License-Identifier: MIT
# checklistd-boot-check.service: a boot counts as good only if every unit with a spec passes (systemd's Automatic Boot Assessment).
{ config, lib, ... }:
let
  cfg = config.services.checklistd;
in
{
  options.services.checklistd.bootCheck.enable = lib.mkEnableOption ''
    the check of every boot: a failing check keeps `boot-complete.target` from being reached. With boot counting
    ({option}`boot.loader.systemd-boot.bootCounting.enable`) the boot loader then goes back by itself.
    Requires {option}`services.checklistd.enable`'';

  config = {
    assertions = [
      {
        assertion = cfg.bootCheck.enable -> cfg.enable;
        message = ''
          services.checklistd.bootCheck.enable is true, but services.checklistd.enable is false: there is nothing to check after
          a boot. Set services.checklistd.enable = true, or remove services.checklistd.bootCheck.enable.
        '';
      }
    ];
    # The package brings the unit.
    systemd.services.checklistd-boot-check = lib.mkIf (cfg.enable && cfg.bootCheck.enable) {
      requiredBy = [ "boot-complete.target" ];
    };
  };
}
