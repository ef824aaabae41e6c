# SPDX-License-Identifier: MIT
# What the modules of several services say alike: options, and what is expected of who serves HTTP on loopback.
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
  # Each may be set otherwise by itself.
  defaults = builtins.mapAttrs (_: lib.mkDefault);

  loopback = port: "127.0.0.1:${toString port}";

  # Checks: it listens on that port and nowhere else, and `path` is answered, with `answer` if that matters.
  served = port: path: answer: {
    port_bindings.listen = [ "tcp:${loopback port}" ];
    health_probe = {
      url = "http://${loopback port}${path}";
      status = 200;
    }
    // answer;
  };
}
