# SPDX-License-Identifier: MIT
# clamav-daemon.service and the scan, with a signature of the test's own.
{
  toggle = "security.clamav";
  units = [
    "clamav-daemon.service"
    "clamav-scan.timer"
  ];
  machine =
    { pkgs, ... }:
    {
      kernelcore.services.security.clamav.updater.enable = false;
      # The signature of the file that everybody tests scanners with (EICAR).
      systemd.tmpfiles.rules = [
        "f /var/lib/clamav/test.hdb 0644 clamav clamav - 44d88612fea8a8f36de82e1278abb02f:68:Test.Eicar"
        "d /srv 0755"
      ];
    };
  on = ''
    machine.succeed("systemctl start clamav-scan.service")
    machine.succeed("printf %s%s 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS' '-TEST-FILE!$H+H*' > /srv/eicar")
    machine.fail("systemctl start clamav-scan.service")
    machine.succeed("rm /srv/eicar && systemctl start clamav-scan.service")
  '';
}
