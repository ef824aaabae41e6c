# SPDX-License-Identifier: MIT
# ollama-gpu-manager.service beside ollama; it stops and starts with it.
{
  toggle = "ml.ollama-gpu-manager";
  units = [ "ollama-gpu-manager.service" ];
  machine.kernelcore.services.ml.ollama.enable = true;
  on = ''
    machine.succeed("systemctl stop ollama.service")
    machine.fail("systemctl is-active ollama-gpu-manager.service")
    machine.succeed("systemctl start ollama.service ollama-gpu-manager.service")
  '';
}
