# SPDX-License-Identifier: MIT
# Directives as modules give them, in the words that a spec uses. The names and their kinds come from the JSON schema.
{ lib }:
let
  schema = builtins.fromJSON (builtins.readFile ../../../config/schema/service.schema.json);
  parameters = check: (builtins.head schema.properties.checks.properties.${check}.anyOf).properties;

  word =
    value:
    if value == true then
      "true"
    else if value == false then
      "false"
    else
      toString value;
  list = value: if builtins.isList value then value else [ value ];
  split = text: builtins.filter (part: builtins.isString part && part != "") (builtins.split "[ \n\t]+" text);
  words = value: builtins.concatMap (each: split (word each)) (list value);
  # The last assignment is the one that counts.
  last = value: if builtins.isList value then lib.last value else value;

  yes = [
    "1"
    "yes"
    "true"
    "on"
  ];
  no = [
    "0"
    "no"
    "false"
    "off"
  ];
  plain =
    value:
    let
      text = word (last value);
    in
    if builtins.elem text yes then
      true
    else if builtins.elem text no then
      false
    else
      text;

  # "~a ~b" is meant as "~a b"; systemd reads the second tilde as part of a name.
  tilde =
    text:
    let
      parts = split text;
    in
    if parts != [ ] && lib.hasPrefix "~" (builtins.head parts) then
      "~" + lib.concatMapStringsSep " " (lib.removePrefix "~") parts
    else
      lib.concatStringsSep " " parts;

  # A value that the schema refuses, such as PrivateTmp=disconnected, cannot be part of a spec: null.
  accepted =
    kind: value:
    if kind ? enum then
      let
        spelt = plain value;
        # ProtectHome=true is `yes`, ProtectSystem=true is `yes`; words of other lists stay.
        found = builtins.filter (each: each == spelt) kind.enum;
      in
      if found == [ ] then null else spelt
    else if kind ? anyOf then
      if builtins.isBool (plain value) then
        if builtins.any (each: each.type == "boolean") kind.anyOf then plain value else null
      else if builtins.isList value then
        map (each: tilde (word each)) value
      else
        tilde (word value)
    else if word (last value) == "" then
      null
    else
      word (last value);

  # Specifiers differ between the file and what systemd shows.
  usable = value: value != null && value != [ ] && !lib.hasInfix "%" (lib.concatMapStringsSep " " word (list value));

  given =
    check: config:
    lib.filterAttrs (_: value: value != null) (
      builtins.mapAttrs (
        name: kind: if config ? ${name} && usable config.${name} then accepted kind config.${name} else null
      ) (removeAttrs (parameters check) [ "max_exposure" ])
    );

  nonEmpty = value: builtins.filter (each: word each != "") (list value);
  starts = unit: nonEmpty (unit.serviceConfig.ExecStart or [ ]) != [ ] || unit.script or "" != "";
in
{
  inherit
    given
    list
    nonEmpty
    parameters
    plain
    starts
    usable
    word
    words
    ;

  # The program of the first ExecStart=, without its prefixes; null if there is none or it is not a path.
  program =
    unit:
    let
      commands = nonEmpty (unit.serviceConfig.ExecStart or [ ]);
      found = builtins.match "[-@:+!|]*\"?(/[^ \"%\n]+).*" (word (builtins.head commands));
    in
    if commands == [ ] || found == null then null else builtins.unsafeDiscardStringContext (builtins.head found);

  # Whether a definition is a drop-in of a file that a package brings: it takes back what that file says.
  dropIn =
    unit:
    unit.overrideStrategy or "asDropinIfExists" == "asDropin"
    || builtins.any (value: builtins.elem "" (list value)) (
      [ (unit.serviceConfig.ExecStart or [ ]) (unit.listenStreams or [ ]) ]
      ++ builtins.attrValues (unit.timerConfig or { })
      ++ builtins.attrValues (unit.pathConfig or { })
    );

  # A dependency of a unit, by its directive and by the option of the same meaning.
  edges =
    directive: option: unit:
    lib.unique ((unit.${option} or [ ]) ++ words (unit.unitConfig.${directive} or [ ]));

  # Parameters of `dependencies` that are the unit's own, with directive and option.
  own = builtins.mapAttrs (_: directive: {
    inherit directive;
    option = lib.toLower (builtins.substring 0 1 directive) + builtins.substring 1 (-1) directive;
  }) {
    requires = "Requires";
    requisite = "Requisite";
    wants = "Wants";
    binds_to = "BindsTo";
    part_of = "PartOf";
    upholds = "Upholds";
    conflicts = "Conflicts";
    after = "After";
    before = "Before";
    on_failure = "OnFailure";
    on_success = "OnSuccess";
  };
}
