# SPDX-License-Identifier: MIT
# A module system small enough to read: imports, options, conditions and priorities as nixpkgs has them,
# without nixpkgs. What it accepts, nixpkgs accepts; the reverse is not promised (see ../check).
{ lib }:
let
  property = _type: rest: { inherit _type; } // rest;
  isA = _type: value: builtins.isAttrs value && value._type or "" == _type;

  functionArguments =
    module: arguments:
    let
      wanted = builtins.functionArgs module;
    in
    if wanted == { } then arguments else builtins.intersectAttrs wanted arguments;

  # One module as { key, file, imports, options, config }.
  loaded =
    arguments: module:
    let
      isFile = builtins.isPath module || builtins.isString module;
      file = if isFile then toString (resolved module) else "an inline module";
      content = if isFile then import (resolved module) else module;
      plain = if builtins.isFunction content then content (functionArguments content arguments) else content;
      sections = builtins.intersectAttrs { imports = 1; options = 1; config = 1; _file = 1; } plain;
      short = !(plain ? options || plain ? config);
      stray = builtins.attrNames (removeAttrs plain (builtins.attrNames sections));
    in
    if !short && stray != [ ] then
      throw "Module `${file}' has an unsupported attribute `${builtins.head stray}'"
    else
      {
        key = file;
        file = plain._file or file;
        inherit isFile;
        imports = plain.imports or [ ];
        options = plain.options or { };
        config = if short then removeAttrs plain [ "imports" "_file" ] else plain.config or { };
      };
  resolved = path: if builtins.pathExists (toString path + "/default.nix") then "${toString path}/default.nix" else toString path;

  # Every module once, however often it is imported.
  closure =
    arguments: modules:
    let
      step =
        state: module:
        let
          one = loaded arguments module;
        in
        if one.isFile && builtins.elem one.key state.seen then
          state
        else
          let
            below = builtins.foldl' step {
              seen = state.seen ++ [ one.key ];
              list = [ ];
            } one.imports;
          in
          {
            inherit (below) seen;
            list = state.list ++ below.list ++ [ one ];
          };
    in
    (builtins.foldl' step { seen = [ ]; list = [ ]; } modules).list;

  # The tree of declared options.
  declared =
    path: one: other:
    if isA "option" one && isA "option" other then
      one // other // { type = lib.types.joined (shown path) one.type other.type; }
    else if isA "option" one || isA "option" other then
      throw "The option `${shown path}' is both an option and a set of options"
    else
      lib.genAttrs (lib.unique (builtins.attrNames one ++ builtins.attrNames other)) (
        name:
        if !(one ? ${name}) then
          other.${name}
        else if !(other ? ${name}) then
          one.${name}
        else
          declared (path ++ [ name ]) one.${name} other.${name}
      );
  shown = lib.concatStringsSep ".";

  # Conditions are moved towards the leaves unread: reading one may need what it guards.
  pushed =
    def:
    let
      at = value: pushed { inherit value; inherit (def) file; };
      inner = wrap: content: map (each: each // { value = builtins.mapAttrs (_: wrap) each.value; }) (at content);
    in
    if isA "merge" def.value then
      builtins.concatMap at def.value.contents
    else if isA "if" def.value then
      inner (lib.mkIf def.value.condition) def.value.content
    else if isA "override" def.value then
      inner (lib.mkOverride def.value.priority) def.value.content
    else if builtins.isAttrs def.value then
      [ def ]
    else
      throw "A definition in ${def.file} is no set of options";

  # What remains of one option's definitions when conditions are read and priorities compared.
  discharged =
    def:
    let
      at = value: discharged { inherit value; inherit (def) file; };
    in
    if isA "merge" def.value then
      builtins.concatMap at def.value.contents
    else if isA "if" def.value then
      if def.value.condition then at def.value.content else [ ]
    else if isA "override" def.value then
      map (each: each // { priority = def.value.priority; }) (at def.value.content)
    else
      [ ({ priority = 100; } // def) ];
  surviving =
    defs:
    let
      all = builtins.concatMap discharged defs;
      best = builtins.foldl' (low: def: if def.priority < low then def.priority else low) 9999 all;
    in
    builtins.filter (def: def.priority == best) all;
  select = name: builtins.concatMap (def: if def.value ? ${name} then [ { value = def.value.${name}; inherit (def) file; } ] else [ ]);

  valued =
    path: option: defs:
    let
      given = surviving defs;
      show = shown path;
    in
    (option.apply or (value: value)) (
    if given != [ ] && option.readOnly or false && builtins.length given > 1 then
      throw "The option `${show}' is read-only, but it's set multiple times"
    else if given != [ ] then
      lib.types.checked option.type show given
    else if option ? default then
      lib.types.checked option.type show [ { file = "its default"; value = option.default; } ]
    else if option.type ? element then
      { }
    else
      throw "The option `${show}' was accessed but has no value defined. Try setting the option."
    );

  evaluated =
    path: tree: defs:
    let
      inside = builtins.concatMap pushed defs;
      unknown = builtins.concatMap (
        def:
        map (name: "${shown (path ++ [ name ])}' does not exist; it is defined in ${def.file}") (
          builtins.filter (name: !(tree ? ${name})) (builtins.attrNames def.value)
        )
      ) inside;
    in
    if isA "option" tree then
      valued path tree defs
    else if unknown != [ ] then
      throw "The option `${builtins.head unknown}"
    else
      builtins.mapAttrs (name: sub: evaluated (path ++ [ name ]) sub (select name inside)) tree;
in
{
  inherit pushed surviving select;
  mkOption = property "option";
  mkIf = condition: content: property "if" { inherit condition content; };
  mkMerge = contents: property "merge" { inherit contents; };
  mkOverride = priority: content: property "override" { inherit priority content; };

  evalModules =
    {
      modules,
      specialArgs ? { },
      prefix ? null,
    }:
    let
      arguments = specialArgs // {
        inherit lib config;
        options = tree;
      };
      all = closure arguments modules;
      tree = builtins.foldl' (declared [ ]) { } (map (module: module.options) all);
      path = if prefix == null then [ ] else [ prefix ];
      config = evaluated path tree (map (module: { inherit (module) file; value = module.config; }) all);
    in
    {
      inherit config;
      options = tree;
    };
}
