# SPDX-License-Identifier: MIT
# The host check `firewall`, with the ports that networking.firewall opens on any interface.
{ config, lib, ... }:
let
  cfg = config.services.checklistd;
  inherit (config.networking) firewall;
  inherit (lib) mkOption types;

  opening = [ firewall ] ++ builtins.attrValues firewall.interfaces;
  one = protocol: port: "${protocol}:${toString port}";
  range = protocol: ports: "${one protocol ports.from}-${toString ports.to}";
  opened =
    set:
    map (one "tcp") set.allowedTCPPorts
    ++ map (one "udp") set.allowedUDPPorts
    ++ map (range "tcp") set.allowedTCPPortRanges
    ++ map (range "udp") set.allowedUDPPortRanges;
in
{
  options.services.checklistd.firewall = {
    enable = lib.mkEnableOption "the host check `firewall` with the ports of networking.firewall";
    allow = mkOption {
      type = types.listOf (types.strMatching "(tcp|udp):[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?");
      default = [ ];
      example = [ "udp:5353" ];
      description = "Ports that may be closed while a process listens on them beyond loopback.";
    };
  };

  config = lib.mkIf (cfg.enable && cfg.firewall.enable) {
    assertions = [
      {
        assertion = firewall.enable;
        message = "services.checklistd.firewall.enable needs networking.firewall.enable: without a firewall every port is open";
      }
    ];
    services.checklistd.settings.host.firewall = {
      open = lib.unique (lib.concatMap opened opening);
      inherit (cfg.firewall) allow;
    };
  };
}
