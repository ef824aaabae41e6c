# SPDX-License-Identifier: MIT
# The previous path of llamacpp.service; the model is still kernelcore.ml.llama.
{
  imports = [ ../../../modules/services/ml/llama.nix ];
}
