# SPDX-License-Identifier: MIT
# docker-pull-images.service against a registry of the test's own: a VM has no other.
{
  toggle = "containers.docker-pull";
  units = [ "docker-pull-images.service" ];
  machine =
    { pkgs, ... }:
    {
      kernelcore.services.containers.docker-pull.images = [ "127.0.0.1:5000/hello:1" ];
      services.dockerRegistry.enable = true;
      systemd.services.fill-registry = {
        after = [ "docker.service" "docker-registry.service" ];
        requires = [ "docker.service" "docker-registry.service" ];
        before = [ "docker-pull-images.service" ];
        requiredBy = [ "docker-pull-images.service" ];
        path = [ pkgs.docker-client ];
        script = ''
          docker load --input ${pkgs.dockerTools.buildImage { name = "127.0.0.1:5000/hello"; tag = "1"; copyToRoot = pkgs.hello; }}
          docker push 127.0.0.1:5000/hello:1
          docker image rm 127.0.0.1:5000/hello:1
        '';
        serviceConfig = {
          Type = "oneshot";
          RemainAfterExit = true;
          Restart = "on-failure"; # until the registry listens
        };
      };
    };
  on = ''machine.succeed("docker image inspect 127.0.0.1:5000/hello:1")'';
}
