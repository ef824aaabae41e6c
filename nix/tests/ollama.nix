# SPDX-License-Identifier: MIT
# ollama.service, the real one, without a model.
{
  toggle = "ml.ollama";
  units = [ "ollama.service" ];
  on = ''machine.succeed("ollama list")'';
  off = ''machine.fail("curl http://127.0.0.1:11434/api/version")'';
}
