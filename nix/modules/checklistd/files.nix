# SPDX-License-Identifier: MIT
# Options to files: /etc/checklistd, refused at build time if the daemon would refuse it.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.services.checklistd;

  # What says nothing stays out of the file.
  spec =
    service:
    lib.filterAttrs (name: value: value != null && !(name == "checks" && value == { })) {
      inherit (service)
        unit
        user
        group
        enabled
        severity
        settle
        checks
        ;
    };
  directory = service: if service.user == null then "services.d" else "user-services.d";

  # builtins.toFile would lose what a package's path in a spec drags along.
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
        --config $out/checklistd.json --services-dir $out/$directory
    done
  '';
in
{
  services.checklistd.files = {
    "checklistd.json" = builtins.toJSON cfg.settings;
  }
  // lib.mapAttrs' (name: service: {
    name = "${directory service}/${name}.json";
    value = builtins.toJSON (spec service);
  }) cfg.services;

  environment.etc = lib.mkIf cfg.enable {
    checklistd.source = validated;
  };
}
