# SPDX-License-Identifier: MIT
# The former place of jupyter.service; what notebooks have at hand is kernelcore.development.notebook.
{
  imports = [ ../../../modules/services/development/jupyter.nix ];
}
