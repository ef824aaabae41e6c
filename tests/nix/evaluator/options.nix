# SPDX-License-Identifier: MIT
# The options of services.checklistd, for docs/nixos-options.md.
#   nix-instantiate --eval --strict --json tests/nix/evaluator/options.nix
let
  lib = import ./lib.nix;
  tree = modules: (lib.evalModules {
    inherit modules;
    specialArgs = {
      pkgs = import ./pkgs.nix;
      utils = { };
      name = "NAME";
    };
  }).options;
  plain = text: text.text or text;
  shown = value: if value ? text || builtins.isString value then builtins.toJSON (plain value) else builtins.toJSON value;

  one = path: option: [
    {
      name = lib.concatStringsSep "." path;
      type = option.type.description or option.type.name;
      description = plain (option.description or "");
      default =
        if option ? defaultText then
          plain option.defaultText
        else if option ? default then
          shown option.default
        else
          "";
      example = if option ? example then shown option.example else "";
    }
  ];
  listed =
    path: set:
    if !(set ? type) then
      lib.concatLists (map (name: listed (path ++ [ name ]) set.${name}) (builtins.attrNames set))
    else if set.internal or false then
      [ ]
    else
      one path set
      ++ (if set.type ? element.modules then listed (path ++ [ "NAME" ]) (tree set.type.element.modules) else [ ]);
in
listed [ "services" "checklistd" ] (tree [
  ./nixos.nix
  ../../../nix/modules/checklistd
]).services.checklistd
