# SPDX-License-Identifier: MIT
# Packages that are only names: each is a path in a store that the sandbox fills with its own binaries.
let
  package = name: {
    inherit name;
    outPath = "/nix/store/00000000000000000000000000000000-${name}";
  };
  named = mainProgram: name: package name // { inherit mainProgram; };
in
{
  bash = package "bash";
  checklistd = named "checklistctl" "checklistd";
  clamav = named "clamscan" "clamav";
  coreutils = package "coreutils";
  docker-client = named "docker" "docker-client";
  gawk = package "gawk";
  grafana = package "grafana";
  jq = package "jq";
  llama-cpp = named "llama" "llama-cpp" // {
    buildInputs = [ ];
    override = support: named "llama" "llama-cpp" // { buildInputs = map (name: { inherit name; }) (builtins.attrNames support); };
  };
  nix = package "nix";
  ollama = package "ollama" // { buildInputs = [ ]; };
  ollama-cuda = package "ollama" // { buildInputs = [ { name = "cuda_cudart"; } ]; };
  ollama-rocm = package "ollama" // { buildInputs = [ { name = "rocblas"; } ]; };
  ollama-vulkan = package "ollama" // { buildInputs = [ { name = "vulkan-loader"; } ]; };
  openssh = named "sshd" "openssh";
  prometheus = package "prometheus";
  python3 = package "python3" // {
    withPackages = _: package "python3-env";
  };
  systemd = package "systemd";
  util-linux = package "util-linux";

  callPackage = _: _: named "checklistctl" "checklistd";
  linkFarm = name: entries: package name // { inherit entries; };
  runCommand = name: _: command: package name // { inherit command; };
  writeText = name: text: package name // { inherit text; };
  writeShellApplication =
    { name, text, runtimeInputs ? [ ], ... }:
    package name
    // {
      mainProgram = name;
      inherit runtimeInputs;
      text = "#!/bin/bash\nset -o errexit\nset -o nounset\nset -o pipefail\nexport PATH=\"${
        builtins.concatStringsSep ":" (map (input: "${input}/bin") runtimeInputs)
      }:$PATH\"\n\n${text}";
    };
}
