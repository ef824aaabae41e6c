# SPDX-License-Identifier: MIT
# A configuration as the files that NixOS would make of it: units, scripts, links, users, specs.
{ lib, pkgs }:
config:
let
  word =
    value:
    if value == true then
      "true"
    else if value == false then
      "false"
    else
      toString value;
  line = name: value: map (each: "${name}=${word each}") (if builtins.isList value then value else [ value ]);
  section =
    name: set:
    let
      lines = lib.concatLists (lib.mapAttrsToList line set);
    in
    lib.optionalString (lines != [ ]) "[${name}]\n${lib.concatStringsSep "\n" lines}\n\n";
  spaced = name: list: lib.optionalAttrs (list != [ ]) { ${name} = lib.concatStringsSep " " list; };

  head =
    unit:
    lib.optionalAttrs (unit.description != "") { Description = unit.description; }
    // spaced "Documentation" unit.documentation
    // spaced "After" unit.after
    // spaced "Before" unit.before
    // spaced "Wants" unit.wants
    // spaced "Requires" unit.requires
    // spaced "BindsTo" unit.bindsTo
    // spaced "PartOf" unit.partOf
    // spaced "Conflicts" unit.conflicts
    // unit.unitConfig;

  # systemd unquotes each assignment.
  assignment = name: value: "\"${name}=${builtins.replaceStrings [ "\\" "\"" "%" ] [ "\\\\" "\\\"" "%%" ] (toString value)}\"";
  systemPath = map (package: pkgs.${package}) [ "coreutils" "bash" "systemd" ];
  environment =
    service:
    lib.mapAttrsToList assignment (
      service.environment
      // {
        PATH = lib.concatMapStringsSep ":" (package: "${package}/bin") (service.path ++ systemPath);
      }
    );
  scriptPath = name: "/nix/store/00000000000000000000000000000000-unit-script-${name}/bin/${name}";

  install = unit: section "Install" (spaced "WantedBy" unit.wantedBy // spaced "RequiredBy" unit.requiredBy);

  service =
    name: unit:
    section "Unit" (head unit)
    + section "Service" (
      { Environment = environment unit; }
      // unit.serviceConfig
      // lib.optionalAttrs (unit.script != "") { ExecStart = scriptPath "${name}-start"; }
    )
    + install unit;
  socket =
    _: unit: section "Unit" (head unit) + section "Socket" (unit.socketConfig // { ListenStream = unit.listenStreams; }) + install unit;
  path = _: unit: section "Unit" (head unit) + section "Path" unit.pathConfig + install unit;
  timer = _: unit: section "Unit" (head unit) + section "Timer" unit.timerConfig + install unit;

  suffixed = suffix: text: lib.mapAttrs' (name: unit: { name = name + suffix; value = text name unit; });
  links =
    suffix: set:
    lib.concatLists (
      lib.mapAttrsToList (
        name: unit:
        map (target: { path = "${target}.wants/${name}${suffix}"; to = "../${name}${suffix}"; }) unit.wantedBy
        ++ map (target: { path = "${target}.requires/${name}${suffix}"; to = "../${name}${suffix}"; }) unit.requiredBy
        ++ map (alias: { path = alias; to = name + suffix; }) unit.aliases
      ) set
    );
  scripts =
    set:
    lib.mapAttrs' (name: unit: {
      name = scriptPath "${name}-start";
      value = "#!${pkgs.bash}/bin/bash\nset -e\n${unit.script}";
    }) (lib.filterAttrs (_: unit: unit.script != "") set);

  # The package brings the units of checklistd; what is said here is a drop-in of theirs.
  own = lib.filterAttrs (name: _: !lib.hasPrefix "checklistd" name);
  dropIn = lib.filterAttrs (name: _: lib.hasPrefix "checklistd" name);
  system = config.systemd;
in
{
  units = suffixed ".service" service (own system.services) // suffixed ".socket" socket (own system.sockets) // suffixed ".timer" timer (own system.timers) // suffixed ".path" path (own system.paths);
  userUnits = suffixed ".service" service (own system.user.services);
  dropIns = suffixed ".service" service (dropIn system.services) // suffixed ".socket" socket (dropIn system.sockets) // suffixed ".path" path (dropIn system.paths) // suffixed ".timer" timer (dropIn system.timers);
  userDropIns = suffixed ".service" service (dropIn system.user.services);
  links = links ".service" system.services ++ links ".socket" system.sockets ++ links ".path" system.paths ++ links ".timer" system.timers;
  userLinks = links ".service" system.user.services;
  tools = builtins.listToAttrs (
    map (tool: { inherit (tool) name; value = { inherit (tool) text; path = map toString tool.runtimeInputs; }; }) (
      lib.filter (package: package ? text) config.environment.systemPackages
    )
  );
  monitoring = {
    inherit (config.services.prometheus) scrapeConfigs alertmanagers;
    ruleFiles = map toString config.services.prometheus.ruleFiles;
    alertmanager = config.services.prometheus.alertmanager.configuration;
    dashboards = config.services.grafana.provision.dashboards.settings.providers;
    provision = config.services.grafana.provision.enable;
  };
  activation = config.system.activationScripts;
  scripts = scripts system.services // scripts system.user.services;
  users = builtins.mapAttrs (_: user: { inherit (user) isNormalUser group extraGroups home description linger; }) config.users.users;
  groups = builtins.attrNames config.users.groups;
  inherit (config.boot) extraModprobeConfig;
  udev = config.services.udev.extraRules;
  # Where NixOS has the files of units: links in /etc lead there.
  fragments = builtins.mapAttrs (name: unit: "${unit.unit}/${name}") config.systemd.units;
  specs = config.services.checklistd.files;
  build = config.environment.etc.checklistd.source.command or "";
  failed = map (each: each.message) (lib.filter (each: !each.assertion) config.assertions);
  inherit (config) warnings;
  inherit (config.system) activationScripts preSwitchChecks;
  gate = lib.mapAttrs' (_: program: { name = if program ? mainProgram then lib.getExe program else "${program}"; value = program.text; }) (config.services.checklistd.gate.programs or { });
}
