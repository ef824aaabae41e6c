# SPDX-License-Identifier: MIT
# The part of nixpkgs' library that the modules use, and the small module system.
let
  lib = modules // {
    types = import ./types.nix { inherit lib; };
    fileset = import ./fileset.nix;

    mkDefault = lib.mkOverride 1000;
    mkForce = lib.mkOverride 50;
    mkEnableOption =
      what:
      lib.mkOption {
        type = lib.types.bool;
        default = false;
        description = "Whether to enable ${what}.";
      };
    mkPackageOption =
      pkgs: name: _:
      lib.mkOption {
        type = lib.types.package;
        default = pkgs.${name};
        description = "The ${name} package to use.";
      };

    importJSON = file: builtins.fromJSON (builtins.readFile file);
    literalExpression = text: { inherit text; };
    literalMD = text: { inherit text; };
    setAttrByPath =
      path: value:
      if path == [ ] then value else { ${builtins.head path} = lib.setAttrByPath (builtins.tail path) value; };

    # An option that passes on what it is given; its own value is of no use.
    mkAliasOptionModule = lib.passedOn false;
    mkRenamedOptionModule = lib.passedOn true;
    passedOn =
      warn: from: to:
      { config, ... }:
      let
        given = builtins.foldl' (set: name: set.${name}) config from;
        shown = lib.concatStringsSep ".";
      in
      {
        options = lib.setAttrByPath from (lib.mkOption { type = lib.types.raw; default.unset = true; });
        config = lib.mkIf (!(given ? unset)) (
          lib.mkMerge [
            (lib.setAttrByPath to given)
            { warnings = lib.optional warn "The option `${shown from}' has been renamed to `${shown to}'."; }
          ]
        );
      };

    inherit (builtins) filter;
    concatMap = builtins.concatMap;
    concatLists = builtins.concatLists;
    concatStringsSep = builtins.concatStringsSep;
    concatStrings = builtins.concatStringsSep "";
    concatMapStringsSep = between: text: list: builtins.concatStringsSep between (map text list);
    optional = condition: value: if condition then [ value ] else [ ];
    optionals = condition: values: if condition then values else [ ];
    optionalString = condition: text: if condition then text else "";
    optionalAttrs = condition: set: if condition then set else { };
    unique = builtins.foldl' (list: value: if builtins.elem value list then list else list ++ [ value ]) [ ];
    last = list: builtins.elemAt list (builtins.length list - 1);

    genAttrs = names: value: builtins.listToAttrs (map (name: { inherit name; value = value name; }) names);
    mapAttrsToList = function: set: map (name: function name set.${name}) (builtins.attrNames set);
    mapAttrs' = function: set: builtins.listToAttrs (lib.mapAttrsToList function set);
    filterAttrs =
      keep: set:
      removeAttrs set (builtins.filter (name: !keep name set.${name}) (builtins.attrNames set));

    hasPrefix = prefix: text: builtins.substring 0 (builtins.stringLength prefix) text == prefix;
    hasSuffix = suffix: text: lib.removeSuffix suffix text != text || suffix == "";
    hasInfix = part: text: builtins.length (builtins.split (lib.escapeRegex part) text) > 1;
    escapeRegex = builtins.replaceStrings (lib.characters "\\[{()^$?*+|.") (map (each: "\\${each}") (lib.characters "\\[{()^$?*+|."));
    characters = text: builtins.genList (index: builtins.substring index 1 text) (builtins.stringLength text);
    removePrefix =
      prefix: text: if lib.hasPrefix prefix text then builtins.substring (builtins.stringLength prefix) (-1) text else text;
    toLower = builtins.replaceStrings (lib.characters "ABCDEFGHIJKLMNOPQRSTUVWXYZ") (lib.characters "abcdefghijklmnopqrstuvwxyz");
    removeSuffix =
      suffix: text:
      let
        length = builtins.stringLength text - builtins.stringLength suffix;
      in
      if length >= 0 && builtins.substring length (-1) text == suffix then builtins.substring 0 length text else text;
    splitOn =
      separator: text: builtins.filter builtins.isString (builtins.split (builtins.replaceStrings [ "." ] [ "[.]" ] separator) text);
    escapeShellArg =
      text: if builtins.match "[A-Za-z0-9,._+:@%/-]+" text != null then text else "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] text}'";

    getExe = package: lib.getExe' package (package.mainProgram or package.name);
    getExe' = package: name: "${package}/bin/${name}";
  };
  modules = import ./modules.nix { inherit lib; };
in
lib
