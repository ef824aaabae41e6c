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
        user
        group
        enabled
        severity
        settle
        checks
        ;
    };
  directory = service: if service.user == null then "services.d" else "user-services.d";

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
