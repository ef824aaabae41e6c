# SPDX-License-Identifier: MIT
# Compares every spec with the unit as all modules together define it: what an override changed, the spec must say, too.
{ config, lib, ... }:
let
  cfg = config.services.checklistd;
  compare =
    systemd:
    import ./agree-unit.nix {
      inherit lib;
      graph = import ./graph.nix { inherit lib systemd; };
      packages = config.systemd.packages;
      defaults = (config.systemd.settings or { }).Manager or { };
    };
  system = compare config.systemd;
  user = compare (config.systemd.user or { });

  said =
    name: spec: each:
    "services.checklistd.services.${name}.${each.what}: ${spec.unit} ${each.unit}, its spec says ${each.spec}";
  disagreements = lib.concatLists (
    lib.mapAttrsToList (
      name: spec: map (said name spec) ((if spec.user == null then system else user) spec)
    ) cfg.services
  );
in
{
  options.services.checklistd.agreement = lib.mkOption {
    type = lib.types.enum [
      "warn"
      "fail"
      "off"
    ];
    default = "warn";
    description = ''
      What happens if a spec and the unit that it names disagree at evaluation: a warning with both values, a failure, or
      nothing. Units whose files a package brings (systemd.packages) are compared by what modules set of them.
    '';
  };

  config = lib.mkIf cfg.enable {
    warnings = lib.optionals (cfg.agreement == "warn") disagreements;
    assertions = lib.optionals (cfg.agreement == "fail") (
      map (message: {
        assertion = false;
        inherit message;
      }) disagreements
    );
  };
}
