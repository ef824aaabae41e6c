# SPDX-License-Identifier: MIT
"""The store of the sandbox: what a rendered unit names, done by this system's programs or by a stand-in."""


def _runs(command: str) -> str:
    return f"#!/bin/sh\nexec {command}\n"


STAND_IN = "/usr/local/bin/stand-in-server"

PROGRAMS = {
    "clamav/bin/clamd": _runs("/usr/sbin/clamd --config-file=/etc/clamav/nixos.conf"),
    "clamav/bin/clamdscan": _runs('/usr/bin/clamdscan --config-file=/etc/clamav/nixos.conf "$@"'),
    "docker-client/bin/docker": '#!/bin/sh\n[ "$1" = pull ] && echo "Status: Image is up to date for $2"\n',
    "grafana/bin/grafana": _runs(STAND_IN + """ --listen 127.0.0.1:3000 /api/health='{"database": "ok"}'"""),
    "llama-cpp/bin/llama-server": _runs(STAND_IN + """ --listen "$2:$4" /health='{"status":"ok"}'"""),
    "ollama/bin/ollama": f"""#!/bin/sh
case $1 in
  serve) exec {STAND_IN} --listen "$OLLAMA_HOST" /api/version='{{"version":"0.5.7"}}' ;;
  ps) echo "NAME ID SIZE PROCESSOR UNTIL" ;;
esac
""",
    "openssh/bin/sshd": _runs('/usr/sbin/sshd "$@"'),
    "prometheus/bin/prometheus": _runs(
        '/usr/bin/prometheus --config.file=/etc/prometheus/prometheus.yml --storage.tsdb.path=data "$@"'),
    "python3-env/bin/jupyter-lab": _runs('/usr/bin/jupyter-server "$@"'),
}

# What the modules of NixOS bring, of which tests/nix/evaluator has only the names.
OTHER_UNITS = {
    "docker.service": "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n",
}

# NixOS has no units of Debian's packages, and its packages bring no specs.
PREPARE = """
for package in bash coreutils gawk systemd; do
  mkdir -p /nix/store/00000000000000000000000000000000-$package
  ln -s /usr/bin /nix/store/00000000000000000000000000000000-$package/bin
done
systemctl --quiet disable ssh.service prometheus.service prometheus-alertmanager.service \
  prometheus-node-exporter.service clamav-daemon.service clamav-daemon.socket
cd /etc/systemd/system
rm -rf clamav-* grafana.service llamacpp.service ollama* docker-pull-images.service setup-system-credentials.service
rm -rf /usr/lib/systemd/system/clamav-daemon.*.d /home/dev
useradd --create-home --shell /bin/bash --uid 1000 dev
mkdir -p /var/lib/systemd/linger
touch /var/lib/systemd/linger/dev
mkdir -p /var/lib/prometheus2/data
chown -R clamav:clamav /var/lib/clamav
chown -R prometheus:prometheus /var/lib/prometheus2
cat > /etc/clamav/nixos.conf << END
DatabaseDirectory /var/lib/clamav
Foreground true
LocalSocket /run/clamav/clamd.ctl
PidFile /run/clamav/clamd.pid
User clamav
END
mkdir -p /etc/ssh/sshd_config.d
echo ListenAddress 127.0.0.1 > /etc/ssh/sshd_config.d/loopback.conf
echo 'd /run/sshd 0755' > /etc/tmpfiles.d/sshd.conf
"""
