# SPDX-License-Identifier: MIT
# services.checklistd, where the tree lies beside its module. A copy of the tree elsewhere, such as
# /etc/nixos/modules/services, is imported together with checklistd's own module.
{
  imports = if builtins.pathExists ../../checklistd/default.nix then [ ../../checklistd ] else [ ];
}
