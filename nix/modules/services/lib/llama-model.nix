# SPDX-License-Identifier: MIT
# The model that llama.cpp serves: its configuration, separate from that of the service.
{ lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  options.kernelcore.ml.llama = {
    model = mkOption {
      type = types.str;
      default = "/var/lib/llamacpp/model.gguf";
      description = "Path of the model on this machine; not copied to the store.";
    };
    contextSize = mkOption {
      type = types.ints.unsigned;
      default = 4096;
      description = "Tokens of context; 0: the model's training context.";
    };
    gpuLayers = mkOption {
      type = types.ints.unsigned;
      default = 99;
      description = "Number of layers on the GPU.";
    };
    extraFlags = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [
        "--flash-attn"
        "on"
      ];
      description = "Additional arguments of llama-server.";
    };
  };
}
