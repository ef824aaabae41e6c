# SPDX-License-Identifier: MIT
# llamacpp.service: llama.cpp's server on loopback. kernelcore.ml.llama sets the model.
{
  config,
  lib,
  utils,
  ...
}:
let
  cfg = config.kernelcore.services.ml.llama;
  inherit (config.kernelcore) gpu;
  model = config.kernelcore.ml.llama;
  shared = import ../lib/hardening.nix { inherit lib; };
  hardening = shared.gpu;
  service = import ../lib/service.nix { inherit lib; };
  inherit (lib) mkOption types;

  limits = {
    MemoryMax = "32G";
    TasksMax = 512;
    LimitNOFILE = 65536;
    OOMScoreAdjust = 300;
  };
  program = lib.getExe' cfg.package "llama-server";
  arguments = [
    program
    "--host"
    "127.0.0.1"
    "--port"
    (toString cfg.port)
    "--model"
    model.model
    "--ctx-size"
    (toString model.contextSize)
    "--n-gpu-layers"
    (toString model.gpuLayers)
  ]
  ++ model.extraFlags;
in
{
  imports = [
    ../lib/checklistd.nix
    ../lib/gpu.nix
    ../lib/llama-model.nix
    (lib.mkRenamedOptionModule
      [ "kernelcore" "ml" "llama" "enable" ]
      [ "kernelcore" "services" "ml" "llama" "enable" ]
    )
  ];

  options.kernelcore.services.ml.llama = {
    enable = lib.mkEnableOption "the llama.cpp inference server";
    package = mkOption {
      type = types.package;
      default = gpu.packages.llama-cpp;
      defaultText = lib.literalMD "`pkgs.llama-cpp`, built for the GPU of `kernelcore.gpu.vendor`";
      description = "The llama.cpp package to use.";
    };
    port = service.port 8080;
    limits = service.limits limits;
    aliases = mkOption {
      type = types.listOf types.str;
      default = [ "llama.service" ];
      description = "Aliases of the unit, such as its previous names.";
    };
  };

  config = lib.mkMerge [
    {
      kernelcore.services.ml.llama.limits = service.defaults limits;

      services.checklistd = service.toggled cfg.enable {
        llamacpp = {
          unit = "llamacpp.service";
          group = "ml";
          severity = "critical";
          settle = "10min";
          checks = gpu.check // service.served { inherit (cfg) port; path = "/health"; } // {
            # The target of the symlink that DynamicUser= makes of a state directory: checklistd-files follows no symlinks.
            files.${builtins.replaceStrings [ "/var/lib/llamacpp/" ] [ "/var/lib/private/llamacpp/" ] model.model}.non_empty =
              true;
            dependencies.after = [ "network.target" ];
            boot_start.target = "multi-user.target";
            resource_limits = cfg.limits;
            hardening = shared.expected (hardening // { DynamicUser = true; }) 2.5;
            journal_errors = import ../lib/journal-errors.nix "llamacpp";
            unit_definition = {
              inherit (cfg) aliases;
              exec_start = program;
            };
          };
        };
      };
    }
    (lib.mkIf cfg.enable {
      kernelcore.gpu.usedBy."llamacpp.service" = {
        inherit (cfg) package;
        option = "kernelcore.services.ml.llama.package";
      };

      assertions = [
        {
          assertion = !lib.hasPrefix "/home/" model.model && !lib.hasPrefix "/root/" model.model;
          message = "kernelcore.ml.llama.model: '${model.model}' is below a home directory, which llamacpp.service cannot access (ProtectHome=)";
        }
      ];

      systemd.services.llamacpp = {
        description = "llama.cpp inference server";
        documentation = [ "https://github.com/ggml-org/llama.cpp" ];
        after = [ "network.target" ];
        wantedBy = [ "multi-user.target" ];
        inherit (cfg) aliases;
        environment.LLAMA_CACHE = "/var/cache/llamacpp";
        serviceConfig =
          hardening
          // gpu.serviceConfig
          // service.defaults cfg.limits
          // {
            Type = "exec";
            ExecStart = utils.escapeSystemdExecArgs arguments;
            Restart = "on-failure";
            RestartSec = "5s";
            DynamicUser = true;
            StateDirectory = "llamacpp";
            CacheDirectory = "llamacpp";
            WorkingDirectory = "%S/llamacpp";
          };
      };
    })
  ];
}
