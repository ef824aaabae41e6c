# SPDX-License-Identifier: MIT
# The previous path of jupyter.service; the tools of notebooks are kernelcore.development.notebook.
{
  imports = [ ../../../modules/services/development/jupyter.nix ];
}
