# SPDX-License-Identifier: MIT
# setup-system-credentials.service: made once, for root alone, and then left alone.
{
  toggle = "security.credentials";
  units = [ "setup-system-credentials.service" ];
  machine.kernelcore.services.security.credentials.random.example = { };
  on = ''
    first = machine.succeed("cat /etc/credstore/example")
    assert machine.succeed("stat --format=%a:%U /etc/credstore/example").strip() == "600:root"
    machine.succeed("systemctl restart setup-system-credentials.service")
    assert machine.succeed("cat /etc/credstore/example") == first
  '';
}
