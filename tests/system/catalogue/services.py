# SPDX-License-Identifier: MIT
"""The packaged services of the catalogue, and one fault of each that the captured spec must notice."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Service:
    kind: str  # of the catalogue
    package: str  # Debian's
    unit: str
    fault: str  # a shell command
    caught: str  # the check that fails
    excused: dict[str, str] = field(default_factory=dict)  # checks that do not pass, and why


def stop(unit: str) -> str:
    return f"systemctl stop {unit}"


def freeze(unit: str) -> str:
    return f"systemctl kill --signal=STOP {unit}"


def disable(unit: str) -> str:
    return f"systemctl --quiet disable {unit}"


def change(file: str, was: str, becomes: str, unit: str) -> str:
    """Another configuration, in force."""
    return f"sed -i 's/{was}/{becomes}/' {file}; systemctl restart {unit} || true"


NO_HARDWARE = "there is no /dev/kvm and no DMI table, which libvirtd logs as errors"

SERVICES = [
    Service("apache", "apache2", "apache2.service", stop("apache2"), "service_state"),
    Service("avahi", "avahi-daemon", "avahi-daemon.service", freeze("avahi-daemon"), "service_state"),
    Service("bind", "bind9", "named.service", freeze("named") + "; " + disable("named"), "boot_start"),
    Service("caddy", "caddy", "caddy.service", freeze("caddy"), "health_probe"),
    Service("chrony", "chrony", "chrony.service", "chown games /etc/default/chrony", "files"),
    Service("clamav-daemon", "clamav-daemon", "clamav-daemon.service", freeze("clamav-daemon"), "service_state"),
    Service("containerd", "containerd", "containerd.service", "chmod a-x /usr/bin/containerd", "unit_definition"),
    Service("cron", "cron", "cron.service", disable("cron"), "toggles"),
    Service("cups", "cups-daemon", "cups.service", stop("cups.socket cups.path cups"), "port_bindings"),
    Service("dnsmasq", "dnsmasq", "dnsmasq.service",
            change("/etc/dnsmasq.d/port.conf", "5336", "5337", "dnsmasq"), "port_bindings"),
    Service("docker", "docker.io", "docker.service", disable("docker"), "toggles"),
    Service("dovecot", "dovecot-core", "dovecot.service", freeze("dovecot"), "health_probe"),
    Service("etcd", "etcd-server", "etcd.service", freeze("etcd"), "health_probe"),
    Service("fail2ban", "fail2ban", "fail2ban.service", stop("fail2ban"), "service_state"),
    Service("haproxy", "haproxy", "haproxy.service",
            change("/etc/haproxy/haproxy.cfg", "8084", "8086", "haproxy"), "port_bindings"),
    Service("jupyter", "jupyter-server", "jupyter.service", freeze("jupyter"), "health_probe"),
    Service("libvirtd", "libvirt-daemon-system", "libvirtd.service", "chmod 0600 /etc/default/libvirtd", "files",
            {"journal_errors": NO_HARDWARE}),
    Service("lighttpd", "lighttpd", "lighttpd.service",
            change("/etc/lighttpd/lighttpd.conf", "8083", "8087", "lighttpd"), "health_probe"),
    Service("mariadb", "mariadb-server", "mariadb.service",
            change("/etc/mysql/mariadb.conf.d/50-server.cnf", "^bind-address.*", "bind-address = 0.0.0.0", "mariadb"),
            "port_bindings"),
    Service("memcached", "memcached", "memcached.service",
            change("/etc/memcached.conf", "11211", "11212", "memcached"), "port_bindings"),
    Service("mosquitto", "mosquitto", "mosquitto.service",
            change("/etc/mosquitto/mosquitto.conf", "^persistence .*", "persistence perhaps", "mosquitto"),
            "service_state"),
    Service("networkmanager", "network-manager", "NetworkManager.service", stop("NetworkManager"), "service_state"),
    Service("nginx", "nginx-light", "nginx.service",
            "echo 'server { mistake on; }' > /etc/nginx/conf.d/mistake.conf", "unit_definition"),
    Service("podman", "podman", "podman.service", stop("podman.socket"), "service_state",
            {"port_bindings": "/run/podman is root's alone, and checklistd-files does not look at sockets there"}),
    Service("postfix", "postfix", "postfix@-.service", freeze("postfix@-"), "health_probe"),
    Service("postgresql", "postgresql-15", "postgresql@15-main.service",
            "systemctl kill --signal=KILL postgresql@15-main", "service_state"),
    Service("prometheus", "prometheus", "prometheus.service", freeze("prometheus"), "health_probe"),
    Service("prometheus-alertmanager", "prometheus-alertmanager", "prometheus-alertmanager.service",
            change("/etc/default/prometheus-alertmanager", "9093", "9094", "prometheus-alertmanager"), "port_bindings"),
    Service("prometheus-exporter", "prometheus-node-exporter", "prometheus-node-exporter.service",
            freeze("prometheus-node-exporter"), "health_probe"),
    Service("prometheus-exporter", "prometheus-blackbox-exporter", "prometheus-blackbox-exporter.service",
            "rm /etc/default/prometheus-blackbox-exporter", "files"),
    Service("prometheus-pushgateway", "prometheus-pushgateway", "prometheus-pushgateway.service",
            stop("prometheus-pushgateway"), "service_state"),
    Service("rabbitmq", "rabbitmq-server", "rabbitmq-server.service", stop("rabbitmq-server"), "service_state"),
    Service("redis", "redis-server", "redis-server.service", freeze("redis-server"), "health_probe"),
    Service("rsyslog", "rsyslog", "rsyslog.service", stop("syslog.socket rsyslog"), "service_state"),
    Service("samba", "samba", "smbd.service",
            r"sed -i 's/\[global\]/[global]\nsmb ports = 4450/' /etc/samba/smb.conf; systemctl restart smbd",
            "port_bindings"),
    Service("samba", "samba", "nmbd.service", stop("nmbd"), "service_state"),
    Service("squid", "squid", "squid.service", "chmod a-x /usr/sbin/squid", "unit_definition"),
    Service("sshd", "openssh-server", "ssh.service", "chmod 0644 /etc/ssh/ssh_host_*_key", "files"),
    Service("systemd-networkd", "systemd", "systemd-networkd.service",
            stop("systemd-networkd.socket systemd-networkd"), "service_state"),  # the bus would start it
    Service("systemd-resolved", "systemd-resolved", "systemd-resolved.service",
            change("/etc/systemd/resolved.conf", "^#DNSStubListener=.*", "DNSStubListener=no", "systemd-resolved"),
            "port_bindings"),
    Service("unbound", "unbound", "unbound.service",
            change("/etc/unbound/unbound.conf.d/port.conf", "port", "interface: 0.0.0.0\\n  port", "unbound"),
            "port_bindings"),
    Service("varnish", "varnish", "varnish.service",
            "mkdir /etc/systemd/system/varnish.service.d;"
            "printf '[Service]\\nProtectSystem=no\\n' > /etc/systemd/system/varnish.service.d/open.conf;"
            "systemctl daemon-reload", "hardening"),
    Service("vsftpd", "vsftpd", "vsftpd.service",
            "echo listen_port=2121 >> /etc/vsftpd.conf; systemctl restart vsftpd", "port_bindings"),
]
