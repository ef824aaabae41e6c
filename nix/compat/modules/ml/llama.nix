# SPDX-License-Identifier: MIT
# The former place of llamacpp.service; the model stays configured by kernelcore.ml.llama.
{
  imports = [ ../../../modules/services/ml/llama.nix ];
}
