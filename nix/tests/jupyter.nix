# SPDX-License-Identifier: MIT
# jupyter.service of a user who never logs in.
{
  toggle = "development.jupyter";
  units = [ ];
  machine.users.users.dev.uid = 1000;
  on = ''
    machine.wait_for_unit("jupyter.service", "dev")
    machine.wait_until_succeeds("curl --fail http://127.0.0.1:8888/api")
  '';
  spoil = ''machine.systemctl("stop jupyter.service", "dev")'';
  mend = ''machine.systemctl("start jupyter.service", "dev")'';
  off = ''machine.wait_until_fails("curl http://127.0.0.1:8888/api")'';
}
