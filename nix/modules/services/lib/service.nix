# SPDX-License-Identifier: MIT
# Options and expectations that several modules share.
{ lib }:
let
  inherit (lib) mkOption types;
  matches = pattern: text: builtins.match pattern text != null;
in
rec {
  port =
    default:
    mkOption {
      type = types.port;
      inherit default;
      description = "Port on 127.0.0.1.";
    };

  limits =
    defaults:
    mkOption {
      type = types.attrsOf (types.either types.int types.str);
      default = { };
      defaultText = lib.literalExpression (
        "{ "
        + lib.concatStrings (lib.mapAttrsToList (name: value: "${name} = ${builtins.toJSON value}; ") defaults)
        + "}"
      );
      example.MemoryMax = "64G";
      description = "Resource limits, as systemd's directives; each may be overridden alone.";
    };
  # Each may be overridden, in the option and in the unit.
  defaults = builtins.mapAttrs (_: lib.mkDefault);

  # Specs while the toggle is on; while it is off, only that the units do not exist, where no other module defines them.
  toggled = enable: specs: {
    services = lib.mkIf enable specs;
    absent = lib.mkIf (!enable) (
      builtins.mapAttrs (_: spec: builtins.intersectAttrs { unit = 1; user = 1; group = 1; severity = 1; } spec) specs
    );
  };

  loopback = port: "127.0.0.1:${toString port}";

  # The host of an address as URLs and specs write it.
  bracketed = host: if matches ".*:.*" host && !lib.hasPrefix "[" host then "[${host}]" else host;
  # Where a server that listens on a host is reached from this machine.
  reached =
    host:
    {
      "" = "127.0.0.1";
      "*" = "127.0.0.1";
      "0.0.0.0" = "127.0.0.1";
      "[::]" = "[::1]";
    }
    .${bracketed host} or (bracketed host);
  # Addresses of port_bindings; none for a name, because the check resolves no names.
  listen =
    host: port:
    let
      address = { "" = "*"; localhost = "127.0.0.1"; }.${host} or (bracketed host);
    in
    lib.optional (matches "[*]|[0-9.]+|[[].*[]]" address) "tcp:${address}:${toString port}";

  # The path of a URL, without the slash at its end.
  pathOf =
    url:
    let
      found = builtins.match "[a-z]+://[^/]+(/.*[^/])/*" (if url == null then "" else url);
    in
    if found == null then "" else builtins.head found;

  # Checks: the unit listens on that address, and `path` is served, with `answer` if given.
  served =
    {
      host ? "127.0.0.1",
      port,
      scheme ? "http",
      path,
      answer ? { },
      also ? [ ],
    }:
    lib.optionalAttrs (listen host port != [ ]) {
      port_bindings.listen = listen host port ++ also;
    }
    // {
      health_probe = {
        url = "${scheme}://${reached host}:${toString port}${path}";
        status = 200;
      }
      // answer;
    };
}
