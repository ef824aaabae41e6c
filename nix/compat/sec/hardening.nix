# SPDX-License-Identifier: MIT
# The previous path of the credentials, of ClamAV and of the hardening of sshd.
{ lib, ... }:
{
  imports = [
    ../../modules/services/security/clamav.nix
    ../../modules/services/security/credentials.nix
    ../../modules/services/security/sshd-hardening.nix
    (lib.mkRenamedOptionModule [ "kernelcore" "security" "clamav" "enable" ] [ "kernelcore" "services" "security" "clamav" "enable" ])
    (lib.mkRenamedOptionModule [ "kernelcore" "security" "credentials" "enable" ] [ "kernelcore" "services" "security" "credentials" "enable" ])
    (lib.mkRenamedOptionModule [ "kernelcore" "security" "sshd-hardening" "enable" ] [ "kernelcore" "services" "security" "sshd-hardening" "enable" ])
  ];

  kernelcore.services.security.clamav.enable = lib.mkDefault true;
  kernelcore.services.security.credentials.enable = lib.mkDefault true;
  kernelcore.services.security.sshd-hardening.enable = lib.mkDefault true;
  warnings = [
    "sec/hardening.nix has moved and switches on what it held before; import modules/services instead, and set kernelcore.services.security.clamav.enable, kernelcore.services.security.credentials.enable, kernelcore.services.security.sshd-hardening.enable"
  ];
}
