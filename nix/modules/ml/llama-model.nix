# SPDX-License-Identifier: MIT
# Which model llama.cpp serves and how: configuration of the model, apart from that of the service.
{ lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  options.kernelcore.ml.llama = {
    model = mkOption {
      type = types.str;
      default = "/var/lib/llamacpp/model.gguf";
      description = "Path of the model on this machine; it is never copied to the store.";
    };
    contextSize = mkOption {
      type = types.ints.unsigned;
      default = 4096;
      description = "Tokens of context; 0: as many as the model was trained with.";
    };
    gpuLayers = mkOption {
      type = types.ints.unsigned;
      default = 99;
      description = "How many layers the GPU holds.";
    };
    extraFlags = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "--flash-attn" ];
      description = "Further arguments of llama-server.";
    };
  };
}
