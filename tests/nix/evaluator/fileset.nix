# SPDX-License-Identifier: MIT
# The part of lib.fileset that package.nix uses. A set is a list of files; a source is that list, relative to its root.
let
  left = [ "__pycache__" "node_modules" ]; # what Git ignores in a working copy
  below =
    kind: path:
    if kind == "directory" then
      let
        entries = removeAttrs (builtins.readDir path) left;
      in
      builtins.concatLists (map (name: below entries.${name} (path + "/${name}")) (builtins.attrNames entries))
    else
      [ path ];
  files =
    path:
    let
      kinds = builtins.readDir (dirOf path);
    in
    if kinds ? ${baseNameOf path} then
      below kinds.${baseNameOf path} path
    else
      throw "lib.fileset: ${toString path} does not exist";
in
{
  unions = builtins.concatMap files;
  toSource =
    { root, fileset }:
    map (file: builtins.substring (builtins.stringLength (toString root) + 1) (-1) (toString file)) fileset;
}
