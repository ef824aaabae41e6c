# SPDX-License-Identifier: MIT
"""Faults that a running host does not feel, and the next boot does."""

from ..fault import Fault, Turn, drop_in, without_drop_in

GRAFANA, MOVED, PROMETHEUS, RETIRED = "grafana.service", "moved.service", "prometheus.service", "retired.service"
ETC, RUN = "/etc/systemd/system", "/run/systemd/system"
FILE, ALIAS = f"{ETC}/{MOVED}", f"{ETC}/former.service"
RELOAD = "systemctl daemon-reload"
MOUNTED = 30  # seconds: mounts are read every 15
LATE = "/var/keep /srv/late none bind,nofail 0 0"
DATA = "RequiresMountsFor=/srv/hand/data"
MOUNT_UNIT = f"{ETC}/srv-hand.mount"


def boot(unit: str, reason: str) -> tuple[Turn, ...]:
    return (Turn(unit, "boot_start", reason),)


def definition(unit: str, reason="until_reboot") -> tuple[Turn, ...]:
    return (Turn(unit, "unit_definition", reason),)


def needs(reason: str) -> tuple[Turn, ...]:
    return (Turn(GRAFANA, "dependencies", reason),)


FAULTS = (
    Fault("400", "drop-in in /run",
          inject=f"mkdir -p {RUN}/{GRAFANA}.d; printf '[Service]\\nRestartSec=7\\n' > {RUN}/{GRAFANA}.d/a.conf; {RELOAD}",
          undo=f"rm -r {RUN}/{GRAFANA}.d; {RELOAD}", turns=definition(GRAFANA)),
    Fault("401", "unit file in /run that overrides the vendor's",
          inject=f"cp /lib/systemd/system/{PROMETHEUS} {RUN}/; {RELOAD}", undo=f"rm {RUN}/{PROMETHEUS}; {RELOAD}",
          turns=definition(PROMETHEUS)),
    Fault("402", "unit file on a file system that is mounted after systemd has loaded its units",
          prepare=f"mkdir -p /var/keep /srv/late; echo '{LATE}' >> /etc/fstab; {RELOAD}; systemctl start srv-late.mount",
          inject=f"cp -p {FILE} /root/; mv {FILE} /srv/late/; ln -s /srv/late/{MOVED} {FILE}; {RELOAD}",
          undo=f"mv -T /root/{MOVED} {FILE}; systemctl stop srv-late.mount; sed -i '\\|/srv/late|d' /etc/fstab; {RELOAD}",
          turns=boot(MOVED, "mounted_later"), timeout=MOUNTED,
          follows={f"{MOVED} unit_definition": "its file is replaced", f"{MOVED} toggles": "it is away for a moment"}),
    Fault("403", "mount that it needs made by hand",
          prepare=drop_in(GRAFANA, "[Unit]", DATA),
          inject=f"mkdir -p /srv/hand; mount -t tmpfs tmpfs /srv/hand; {RELOAD}",
          undo=f"umount /srv/hand; {without_drop_in(GRAFANA)}", turns=needs("not_defined"), timeout=MOUNTED),
    Fault("404", "mount that it needs unmounted by hand",
          prepare=f"mkdir -p /srv/hand; printf '[Mount]\\nWhat=tmpfs\\nWhere=/srv/hand\\nType=tmpfs\\n' > {MOUNT_UNIT};"
                  f"{drop_in(GRAFANA, '[Unit]', DATA)}; systemctl start srv-hand.mount",
          inject="umount /srv/hand", undo=f"rm {MOUNT_UNIT}; {without_drop_in(GRAFANA)}", turns=needs("not_mounted")),
    Fault("405", "two units that are ordered after each other",
          prepare=drop_in(GRAFANA, "[Unit]", f"After={PROMETHEUS}"),
          inject=drop_in(PROMETHEUS, "[Unit]", f"After={GRAFANA}"),
          undo=f"{without_drop_in(GRAFANA)}; {without_drop_in(PROMETHEUS)}",
          turns=boot(GRAFANA, "cycle") + boot(PROMETHEUS, "cycle")),
    Fault("406", "condition that is no longer met",
          prepare=f"touch /etc/needed; {drop_in(GRAFANA, '[Unit]', 'ConditionPathExists=/etc/needed')}",
          inject="rm /etc/needed", undo=without_drop_in(GRAFANA), turns=boot(GRAFANA, "condition")),
    Fault("407", "assertion that is no longer met",
          prepare=f"echo x > /etc/needed; {drop_in(GRAFANA, '[Unit]', 'AssertFileNotEmpty=/etc/needed')}",
          inject=": > /etc/needed", undo=f"rm /etc/needed; {without_drop_in(GRAFANA)}", turns=boot(GRAFANA, "assert")),
    Fault("408", "alias moved to another unit, no daemon-reload",
          inject=f"ln -sfn {ETC}/{GRAFANA} {ALIAS}", undo=f"ln -sfn {FILE} {ALIAS}",
          turns=definition(MOVED, "alias_moved")),
    Fault("409", "OnFailure= names a unit that does not exist",
          inject=drop_in(GRAFANA, "[Unit]", "OnFailure=vanished.service"), undo=without_drop_in(GRAFANA),
          turns=needs("not_found")),
    Fault("410", "unit file that only root may read",
          inject=f"chmod 600 {ETC}/{GRAFANA}; {RELOAD}", undo=f"chmod 644 {ETC}/{GRAFANA}; {RELOAD}"),
    Fault("411", "needed unit that is defined in /run alone",
          prepare=f"printf '[Service]\\nExecStart=/usr/bin/true\\n' > {RUN}/need.service",
          inject=drop_in(GRAFANA, "[Unit]", "Wants=need.service"),
          undo=f"{without_drop_in(GRAFANA)}; rm {RUN}/need.service; {RELOAD}", turns=needs("until_reboot")),
    Fault("412", "unit that must not run, enabled and masked until the next boot",
          inject=f"systemctl --quiet enable {RETIRED}; systemctl mask --runtime {RETIRED}",
          undo=f"systemctl unmask --runtime {RETIRED}; systemctl --quiet disable {RETIRED}",
          turns=(Turn(RETIRED, "toggles", "started_at_boot"),)),
    Fault("413", "drop-in in /run that a generator writes",
          inject=f"mkdir -p {RUN}/{GRAFANA}.d; printf '[Service]\\nRestartSec=7\\n' > {RUN}/{GRAFANA}.d/10-netplan.conf;"
                 f"{RELOAD}",
          undo=f"rm -r {RUN}/{GRAFANA}.d; {RELOAD}"),
)
