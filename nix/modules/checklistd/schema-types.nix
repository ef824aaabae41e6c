# SPDX-License-Identifier: MIT
# Option types from JSON Schemas of config/schema, so that a mistake is an error of the evaluation, with option and file.
# What no type says, such as patterns that look ahead, is left to the build (checklistd --check-config).
{ lib }:
let
  inherit (lib) mkOption types;

  # Patterns are ECMA's; those that POSIX's grammar reads in the same way are used, anchored as builtins.match does.
  isPortable = pattern: builtins.match ".*([(][?]|[\\](u|r|n)|\n).*" pattern == null;
  anchored =
    pattern:
    lib.optionalString (!lib.hasPrefix "^" pattern) ".*"
    + builtins.replaceStrings [ "\\]" ] [ "]" ] (lib.removePrefix "^" (lib.removeSuffix "$" pattern))
    + lib.optionalString (!lib.hasSuffix "$" pattern) ".*";

  word =
    schema:
    if schema ? pattern && isPortable schema.pattern then types.strMatching (anchored schema.pattern) else types.str;

  integer =
    schema:
    if schema ? minimum && schema ? maximum then
      types.ints.between schema.minimum schema.maximum
    else if (schema.minimum or (-1)) == 0 then
      types.ints.unsigned
    else
      types.int;

  list = schema: (if (schema.minItems or 0) == 1 then types.nonEmptyListOf else types.listOf) (typeOf schema.items);

  # Unset properties are null, which `set` takes out.
  object =
    schema:
    let
      required = schema.required or [ ];
      property =
        name: of:
        mkOption (
          {
            description = of.description or "";
          }
          // (
            if builtins.elem name required then
              { type = typeOf of; }
            else
              {
                type = types.nullOr (typeOf of);
                default = null;
              }
          )
        );
    in
    types.submodule { options = builtins.mapAttrs property (builtins.removeAttrs schema.properties [ "$schema" ]); };

  one = {
    array = list;
    boolean = _: types.bool;
    inherit integer;
    number = _: types.either types.int types.float;
    object = schema: if schema ? properties then object schema else types.attrsOf (typeOf schema.additionalProperties);
    string = word;
  };

  # The first of two submodules would take every set. Objects among alternatives become one, in which nothing is required;
  # the build says which properties go together.
  alternatives =
    schemas:
    let
      parts = builtins.partition (schema: schema ? properties) schemas;
      properties = builtins.foldl' (all: schema: all // schema.properties) { } parts.right;
    in
    if builtins.length parts.right < 2 then
      schemas
    else
      parts.wrong
      ++ [
        {
          type = "object";
          inherit properties;
        }
      ];

  typeOf =
    schema:
    if schema ? const then
      types.enum [ schema.const ]
    else if schema ? enum then
      types.enum schema.enum
    else if schema ? anyOf then
      types.oneOf (map typeOf (alternatives schema.anyOf))
    else if builtins.isList schema.type then
      types.oneOf (map (type: typeOf (schema // { inherit type; })) schema.type)
    else
      one.${schema.type} schema;

  set =
    value:
    if builtins.isList value then
      map set value
    else if builtins.isAttrs value && !(value ? outPath) then
      builtins.mapAttrs (_: set) (lib.filterAttrs (_: each: each != null) value)
    else
      value;
in
{
  # An option for an object of a schema. Its value has only what is set.
  optionOf =
    schema: more:
    mkOption (
      {
        type = object schema;
        default = { };
        apply = set;
      }
      // more
    );
}
