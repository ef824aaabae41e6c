# SPDX-License-Identifier: MIT
# The previous path of the credentials, of ClamAV and of the hardening of sshd.
{
  imports = [
    ../../modules/services/security/clamav.nix
    ../../modules/services/security/credentials.nix
    ../../modules/services/security/sshd-hardening.nix
  ];
}
