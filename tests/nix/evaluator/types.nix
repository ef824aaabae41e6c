# SPDX-License-Identifier: MIT
# Option types of the small module system: each knows whether a value fits, and how definitions merge.
{ lib }:
let
  # A definition is { file, value }; `show` names the option in messages.
  single =
    type: show: defs:
    let
      first = builtins.head defs;
      same = builtins.all (def: def.value == first.value) defs;
    in
    if builtins.length defs == 1 || (type.comparable or true) && same then
      first.value
    else
      throw "The option `${show}' has conflicting definitions, in ${lib.concatMapStringsSep " and " (def: def.file) defs}";

  checked =
    type: show: defs:
    let
      wrong = builtins.filter (def: !type.fits def.value) defs;
    in
    if wrong == [ ] then
      type.merge show defs
    else
      throw "A definition for option `${show}' is not of type `${type.name}', in ${(builtins.head wrong).file}";

  basic =
    name: fits:
    let
      type = {
        inherit name fits;
        merge = single type;
      };
    in
    type;

  types = rec {
    inherit checked;
    bool = basic "boolean" builtins.isBool;
    int = basic "signed integer" builtins.isInt;
    float = basic "floating point number" builtins.isFloat;
    str = basic "string" (value: builtins.isString value || value ? outPath);
    port = basic "16 bit unsigned integer" (value: builtins.isInt value && value >= 0 && value <= 65535);
    path = basic "path" (
      value: builtins.isPath value || value ? outPath || builtins.isString value && lib.hasPrefix "/" value
    );
    package = basic "package" (value: value ? outPath) // {
      merge = single { comparable = false; };
    };
    raw = basic "raw value" (_: true) // {
      merge = single { comparable = false; };
    };
    lines = basic "strings concatenated with newlines" builtins.isString // {
      merge = _: defs: lib.concatStringsSep "\n" (map (def: def.value) defs);
    };
    ints = {
      unsigned = basic "unsigned integer" (value: builtins.isInt value && value >= 0);
      positive = basic "positive integer" (value: builtins.isInt value && value > 0);
      between = low: high: basic "integer between" (value: builtins.isInt value && value >= low && value <= high);
    };
    strMatching =
      pattern: basic "string matching ${pattern}" (value: builtins.isString value && builtins.match pattern value != null);
    enum = values: basic "one of ${builtins.toJSON values}" (value: builtins.elem value values);

    nullOr = type: {
      name = "null or ${type.name}";
      fits = value: value == null || type.fits value;
      merge = show: defs: if (builtins.head defs).value == null then single type show defs else checked type show defs;
    };
    either = one: other: oneOf [ one other ];
    oneOf = choices: {
      name = lib.concatMapStringsSep " or " (type: type.name) choices;
      fits = value: builtins.any (type: type.fits value) choices;
      merge =
        show: defs:
        let
          fitting = builtins.filter (type: builtins.all (def: type.fits def.value) defs) choices;
        in
        if fitting == [ ] then single { } show defs else (builtins.head fitting).merge show defs;
    };

    listOf = type: {
      name = "list of ${type.name}";
      fits = builtins.isList;
      merge =
        show: defs:
        map (def: checked type "${show}.*" [ def ]) (
          builtins.concatMap (
            def:
            map (value: {
              inherit value;
              inherit (def) file;
            }) def.value
          ) defs
        );
    };
    nonEmptyListOf = type: listOf type // {
      name = "non-empty list of ${type.name}";
      fits = value: builtins.isList value && value != [ ];
    };
    attrsOf = element: {
      name = "attribute set of ${element.name}";
      fits = value: builtins.isAttrs value && !(value ? outPath);
      inherit element;
      merge =
        show: defs:
        let
          pushed = builtins.concatMap lib.pushed defs;
          names = lib.unique (builtins.concatMap (def: builtins.attrNames def.value) pushed);
          one = name: lib.surviving (lib.select name pushed);
          present = builtins.filter (name: one name != [ ]) names;
        in
        lib.genAttrs present (name: checked element "${show}.${name}" (one name));
    };
    functionTo = type: basic "function to ${type.name}" builtins.isFunction // {
      merge = single { comparable = false; };
    };

    submodule = module: submodules [ module ];
    submodules = modules: {
      name = "submodule";
      inherit modules;
      fits = value: builtins.isAttrs value || builtins.isFunction value;
      merge =
        show: defs:
        (lib.evalModules {
          modules = modules ++ map (def: { _file = def.file; config = def.value; }) defs;
          prefix = show;
          specialArgs.name = lib.last (lib.splitOn "." show);
        }).config;
    };

    # Two declarations of one option: only sets of submodules add up.
    joined =
      show: one: other:
      if one ? element.modules && other ? element.modules then
        attrsOf (submodules (one.element.modules ++ other.element.modules))
      else
        throw "The option `${show}' is declared twice";
  };
in
types
