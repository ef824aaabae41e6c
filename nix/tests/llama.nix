# SPDX-License-Identifier: MIT
# llamacpp.service. No model can be fetched into a test, so a small server answers as llama-server does.
{
  toggle = "ml.llama";
  units = [ "llamacpp.service" ];
  machine =
    { pkgs, ... }:
    {
      kernelcore.services.ml.llama.package = pkgs.writers.writePython3Bin "llama-server" { } (
        builtins.readFile ./llama-server.py
      );
    };
  on = ''
    machine.succeed("curl --fail http://127.0.0.1:8080/health")
    machine.succeed("systemctl status llama.service")  # its other name
    machine.fail("curl --fail http://$(hostname -i):8080/health")
  '';
  off = ''machine.fail("curl http://127.0.0.1:8080/health")'';
}
