# SPDX-License-Identifier: MIT
# The user claude-code, who cannot log in.
{
  toggle = "users.claude-code";
  units = [ ];
  on = ''
    machine.succeed("test $(stat --format=%a:%U /var/lib/claude-code) = 700:claude-code")
    machine.fail("su --login claude-code --command true")
  '';
  spoil = ''machine.succeed("usermod --shell /run/current-system/sw/bin/bash claude-code")'';
  mend = ''machine.succeed("usermod --shell /run/current-system/sw/bin/nologin claude-code")'';
}
