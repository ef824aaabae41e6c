# SPDX-License-Identifier: MIT
# Options and expectations that several modules share, for services with HTTP on loopback.
{ lib }:
let
  inherit (lib) mkOption types;
in
rec {
  port =
    default:
    mkOption {
      type = types.port;
      inherit default;
      description = "Port on 127.0.0.1.";
    };

  limits = mkOption {
    type = types.attrsOf (types.either types.int types.str);
    description = "Resource limits, as systemd's directives; the spec expects the same.";
  };
  # Each may be overridden.
  defaults = builtins.mapAttrs (_: lib.mkDefault);

  loopback = port: "127.0.0.1:${toString port}";

  # Checks: the unit listens only on that port, and `path` is served, with `answer` if given.
  served = port: path: answer: {
    port_bindings.listen = [ "tcp:${loopback port}" ];
    health_probe = {
      url = "http://${loopback port}${path}";
      status = 200;
    }
    // answer;
  };
}
