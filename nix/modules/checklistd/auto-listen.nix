# SPDX-License-Identifier: MIT
# Addresses by unit: of sockets, of Prometheus' exporters, and of the modules that say in options where they listen.
{ lib, config, graph }:
let
  directives = import ./directives.nix { inherit lib; };
  inherit (config) services;
  at =
    path: set:
    if path == [ ] then
      set
    else if builtins.isAttrs set && set ? ${builtins.head path} then
      at (builtins.tail path) set.${builtins.head path}
    else
      null;

  host =
    text:
    if builtins.elem text [ "" "*" ] then
      "*"
    else if text == "localhost" then
      "127.0.0.1"
    else if lib.hasInfix ":" text && !lib.hasPrefix "[" text then
      "[${text}]"
    else
      text;
  address = kind: where: port: "${kind}:${host where}:${toString port}";
  # Names are resolved when the service starts; only addresses can be expected.
  numeric = text: builtins.match "[*]|[0-9.]+|\\[?[0-9a-fA-F:]*:[0-9a-fA-F:]*]?|localhost|" text != null;

  # `socket` as systemd.socket(5) reads it; null if it is not one of a spec.
  stream =
    kind: value:
    let
      text = directives.word value;
    in
    if lib.hasInfix "%" text then
      null
    else if lib.hasPrefix "/" text || lib.hasPrefix "@" text then
      if kind == "tcp" then "unix:${text}" else null
    else if builtins.match "[0-9]+" text != null then
      "${kind}:*:${text}"
    else if builtins.match "(\\[[0-9a-fA-F:]+]|[0-9.]+):[0-9]+" text != null then
      "${kind}:${text}"
    else
      null;
  streams =
    unit:
    builtins.filter (each: each != null) (
      map (stream "tcp") (directives.nonEmpty (unit.listenStreams or [ ] ++ directives.list (unit.socketConfig.ListenStream or [ ])))
      ++ map (stream "udp") (directives.nonEmpty (unit.listenDatagrams or [ ] ++ directives.list (unit.socketConfig.ListenDatagram or [ ])))
    );
  sockets = builtins.filter (each: each.suffix == "socket" && each.unit.enable or true && streams each.unit != [ ]) (
    builtins.attrValues graph.units
  );

  # Exporters share one shape.
  exporters = builtins.concatMap (
    each:
    let
      found = builtins.match "prometheus-(.*)-exporter" each.name;
      exporter = at [ "prometheus" "exporters" (builtins.head found) ] services;
    in
    # Other options of that place have been removed, and may not be read.
    lib.optional (each.suffix == "service" && found != null && exporter != null && numeric exporter.listenAddress) {
      name = each.full;
      value = [ (address "tcp" exporter.listenAddress exporter.port) ];
    }
  ) (builtins.attrValues graph.units);

  ssh =
    let
      openssh = services.openssh or { };
      ports = openssh.ports or [ ];
      each = given: if given.port == null then map (address "tcp" given.addr) ports else [ (address "tcp" given.addr given.port) ];
      given = openssh.listenAddresses or [ ];
    in
    lib.optional (openssh.enable or false && !(openssh.startWhenNeeded or false) && builtins.all (one: numeric one.addr) given) {
      name = "sshd.service";
      value = if given == [ ] then map (address "tcp" "*") ports else builtins.concatMap each given;
    };

  # Below `services`: where the address and the port of a service are options. An address that is no option is a text.
  table = {
    "alertmanager.service" = [ [ "prometheus" "alertmanager" "listenAddress" ] [ "prometheus" "alertmanager" "port" ] ];
    "docker-registry.service" = [ [ "dockerRegistry" "listenAddress" ] [ "dockerRegistry" "port" ] ];
    "forgejo.service" = [ [ "forgejo" "settings" "server" "HTTP_ADDR" ] [ "forgejo" "settings" "server" "HTTP_PORT" ] ];
    "gitea.service" = [ [ "gitea" "settings" "server" "HTTP_ADDR" ] [ "gitea" "settings" "server" "HTTP_PORT" ] ];
    "grafana.service" = [ [ "grafana" "settings" "server" "http_addr" ] [ "grafana" "settings" "server" "http_port" ] ];
    "headscale.service" = [ [ "headscale" "address" ] [ "headscale" "port" ] ];
    "immich-server.service" = [ [ "immich" "host" ] [ "immich" "port" ] ];
    "influxdb2.service" = [ "*" 8086 ];
    "jellyfin.service" = [ "*" 8096 ];
    "jupyter.service" = [ [ "jupyter" "ip" ] [ "jupyter" "port" ] ];
    "llama-cpp.service" = [ [ "llama-cpp" "host" ] [ "llama-cpp" "port" ] ];
    "loki.service" = [
      [ "loki" "configuration" "server" "http_listen_address" ]
      [ "loki" "configuration" "server" "http_listen_port" ]
    ];
    "memcached.service" = [ [ "memcached" "listen" ] [ "memcached" "port" ] ];
    "navidrome.service" = [ [ "navidrome" "settings" "Address" ] [ "navidrome" "settings" "Port" ] ];
    "nix-serve.service" = [ [ "nix-serve" "bindAddress" ] [ "nix-serve" "port" ] ];
    "ollama.service" = [ [ "ollama" "host" ] [ "ollama" "port" ] ];
    "open-webui.service" = [ [ "open-webui" "host" ] [ "open-webui" "port" ] ];
    "paperless-web.service" = [ [ "paperless" "address" ] [ "paperless" "port" ] ];
    "prometheus.service" = [ [ "prometheus" "listenAddress" ] [ "prometheus" "port" ] ];
    "uptime-kuma.service" = [ [ "uptime-kuma" "settings" "HOST" ] [ "uptime-kuma" "settings" "PORT" ] ];
    "vaultwarden.service" = [ [ "vaultwarden" "config" "ROCKET_ADDRESS" ] [ "vaultwarden" "config" "ROCKET_PORT" ] ];
  };
  value = each: if builtins.isList each then at each services else each;
  listed = lib.concatLists (
    lib.mapAttrsToList (
      name: row:
      let
        where = value (builtins.head row);
        port = value (lib.last row);
      in
      lib.optional (graph.units ? ${name} && where != null && port != null && numeric where) {
        inherit name;
        value = [ (address "tcp" where port) ];
      }
    ) table
  );
  postgresql =
    let
      settings = (services.postgresql or { }).settings or { };
      where = settings.listen_addresses or "";
    in
    lib.optional ((services.postgresql or { }).enable or false && builtins.elem where [ "localhost" "*" ]) {
      name = "postgresql.service";
      value = [ (address "tcp" where settings.port) ];
    };
  redis = lib.concatLists (
    lib.mapAttrsToList (
      name: server:
      lib.optional (server.enable && server.port != 0 && server.bind != null && numeric server.bind) {
        name = "redis${lib.optionalString (name != "") "-${name}"}.service";
        value = [ (address "tcp" server.bind server.port) ];
      }
    ) ((services.redis or { }).servers or { })
  );
  activated = builtins.concatMap (
    socket:
    map (name: {
      inherit name;
      value = streams socket.unit;
    }) (socket.triggers ++ [ socket.full ])
  ) sockets;
  strictly = builtins.mapAttrs (_: each: { listen = lib.unique (builtins.concatMap (one: one.value) each); }) (
    builtins.groupBy (each: each.name) (exporters ++ activated)
  );
  # Options say where a service listens for its clients; where else it listens is its own business.
  among = builtins.mapAttrs (_: each: {
    listen = (builtins.head each).value;
    extra = "allow";
  }) (builtins.groupBy (each: each.name) (ssh ++ listed ++ postgresql ++ redis));
in
among // strictly
