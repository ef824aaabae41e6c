# SPDX-License-Identifier: MIT
# Writes the options to /etc/checklistd. The build fails if the daemon would refuse a file.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.services.checklistd;

  # Leaves unset options out of the file.
  spec =
    service:
    lib.filterAttrs (name: value: value != null && !(name == "checks" && value == { })) {
      inherit (service)
        unit
        group
        enabled
        severity
        checks
        ;
      user = service.user or null;
      settle = service.settle or null;
    };

  # Only here, and not in the options of users and their lingering, on which the names of all units depend.
  defined =
    unit:
    let
      parts = builtins.match "(.*)[.]([a-z]+)" unit;
      name = builtins.elemAt parts 0;
      units = manager: manager."${builtins.elemAt parts 1}s" or { };
    in
    builtins.any (manager: (units manager).${name}.enable or false) [
      config.systemd
      config.systemd.user
    ];
  absent = lib.filterAttrs (_: service: !defined service.unit) cfg.absent;
  specs = builtins.mapAttrs (_: service: service // { enabled = false; }) absent // cfg.services;

  # What is derived gives way to what is written by hand.
  services = lib.optionalAttrs cfg.auto.enable cfg.auto.specs // specs;
  host = cfg.settings.host or { };
  settings =
    if cfg.auto.enable && builtins.isAttrs (host.users or { }) then
      cfg.settings // { host = host // { users = cfg.auto.users // host.users or { }; }; }
    else
      cfg.settings;
  directory = service: if service.user or null == null then "services.d" else "user-services.d";

  # builtins.toFile would lose the context of store paths in a spec.
  written = pkgs.linkFarm "checklistd-unchecked" (
    lib.mapAttrsToList (path: text: {
      name = path;
      path = pkgs.writeText (baseNameOf path) text;
    }) cfg.files
  );
  validated = pkgs.runCommand "checklistd-config" { } ''
    cp --recursive --dereference ${written} $out
    mkdir --parents $out/services.d $out/user-services.d
    for directory in services.d user-services.d; do
      ${cfg.package}/bin/checklistd --check-config \
        --config $out/checklistd.json --services-dir $out/$directory --web.config.file ""
    done
  '';
in
{
  services.checklistd.files = {
    "checklistd.json" = builtins.toJSON settings;
  }
  // lib.mapAttrs' (name: service: {
    name = "${directory service}/${name}.json";
    value = builtins.toJSON (spec service);
  }) services;

  services.checklistd.elsewhere = lib.filter defined (
    lib.mapAttrsToList (_: service: service.unit) cfg.absent
  );

  environment.etc = lib.mkIf cfg.enable {
    checklistd.source = validated;
  };
}
