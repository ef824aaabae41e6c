# SPDX-License-Identifier: MIT
"""Faults of device nodes and of device access; additional ones are numbered from 161."""

from sandbox.root_look import LOOK

from ..fault import USERS_REPORT, Fault, Turn, drop_in, restarted_with, restarts, without_drop_in
from ..stage import Stage
from .config import RELOAD, SPECS
from .journal import RUN_AGAIN

LLAMA, OLLAMA, MANAGER = "llamacpp.service", "ollama.service", "ollama-gpu-manager.service"
ALL = (LLAMA, OLLAMA, MANAGER)
NODE, SLICE = "/dev/nvidia0", "ml.slice"
ASIDE = "/dev/aside"  # a node that comes back from there is as old as it was
NOT_RESTARTED = {f"{LLAMA} unit_definition": "it runs by what was loaded before"}


def access(reason: str, *units: str) -> tuple[Turn, ...]:
    return tuple(Turn(unit, "gpu_device_access", reason) for unit in units)


def reloaded_with(unit: str, *lines: str) -> dict[str, str]:
    """The steps of a fault that is a reload with other settings: device policy counts from then on."""
    return {"inject": drop_in(unit, "[Service]", *lines), "undo": without_drop_in(unit)}


SPECS_AS_BEFORE = f"mv /root/llamacpp.json /root/ollama.json {SPECS}/; {RELOAD}"


def requested_with(stage: Stage, names, parameter: str):
    """Gives the specs' gpu_device_access one more parameter."""
    for name in names:
        stage.do(f"cp {SPECS}/{name}.json /root/")
        spec = stage.box.read(f"{SPECS}/{name}.json")
        stage.box.write(f"{SPECS}/{name}.json", spec.replace('"vendor"', f'{parameter}, "vendor"'))
    stage.do(RELOAD)


def two_exclusive(stage: Stage):
    requested_with(stage, ("llamacpp", "ollama"), '"exclusive": true')


# As long as a process computes there, it has the GPU open. A node with the number of /dev/full can be opened.
ALL_RESTART = f"systemctl daemon-reload; systemctl restart {LLAMA} {OLLAMA} {MANAGER}"
HOLDS = f"""ExecStart=/bin/sh -c "exec 9<>{NODE}; exec /usr/local/bin/stand-in-server --listen 127.0.0.1:8080 /health='{{\\"status\\":\\"ok\\"}}'\""""


def computing_on_the_gpu(stage: Stage):
    stage.do(f"mv {NODE} {ASIDE}; mknod -m 0660 {NODE} c 1 7; chgrp video {NODE};"
             f"{drop_in(LLAMA, '[Service]', 'ExecStart=', HOLDS)}; {ALL_RESTART}")
    requested_with(stage, ("llamacpp",), '"in_use": true')


# In a container the kernel's messages can be written by hand. A descriptor that stays open keeps systemd from waiting for a reader.
KERNEL_LOG = ("mkfifo /dev/kmsg; systemd-run --quiet --collect --unit=kernel-log sh -c 'exec sleep infinity 3<> /dev/kmsg';"
              "systemctl restart systemd-journald.service")
XID = "NVRM: Xid (PCI:0000:01:00): 31, pid=4711, name=llama-server, MMU Fault: ENGINE GRAPHICS GPCCLIENT_T1_0 faulted"

FAULTS = (
    Fault("16", "device mode 0600",
          inject=f"chmod 0600 {NODE}", undo=f"chmod 0660 {NODE}", turns=access("mode", *ALL)),
    Fault("17a", "device given to another group",
          inject=f"chgrp render {NODE}", undo=f"chgrp video {NODE}", turns=access("mode", *ALL)),
    Fault("17b", "group removed from the unit",
          turns=access("mode", LLAMA), wavers=restarts(LLAMA),
          **restarted_with(LLAMA, "SupplementaryGroups=", "SupplementaryGroups=nvidia")),
    Fault("17c", "ACL's mask narrowed",
          prepare=f"setfacl -m g:adm:r {NODE}",
          inject=f"setfacl -m m::r {NODE}", undo=f"setfacl -b {NODE}; chmod 0660 {NODE}",
          turns=access("acl_mask", *ALL)),
    Fault("18", "PrivateDevices=yes",
          turns=access("hidden", LLAMA), wavers=restarts(LLAMA), **restarted_with(LLAMA, "PrivateDevices=yes")),
    Fault("19a", "DeviceAllow= no longer covers one node",
          turns=access("device_policy", LLAMA),
          **reloaded_with(LLAMA, "DeviceAllow=", "DeviceAllow=/dev/nvidiactl rw", "DeviceAllow=/dev/nvidia-uvm rw")),
    Fault("19b", "DeviceAllow= names a class that the kernel does not have",
          turns=access("device_class", LLAMA),
          **reloaded_with(LLAMA, "DeviceAllow=", "DeviceAllow=char-nvidia-frontend rw")),
    Fault("20a", "device node removed, and put back",
          inject=f"mv {NODE} {ASIDE}", undo=f"mv {ASIDE} {NODE}", turns=access("missing", *ALL)),
    Fault("20b", "driver gone with all of its nodes",
          inject=f"mkdir {ASIDE}; mv /dev/nvidia* {ASIDE}", undo=f"mv {ASIDE}/* /dev; rmdir {ASIDE}",
          turns=access("no_driver", *ALL)),
    Fault("21", "device open to everybody",
          inject=f"chmod 0666 {NODE}", undo=f"chmod 0660 {NODE}", turns=access("open_to_all", *ALL)),
    Fault("54", "DeviceAllow= on the slice above",
          prepare=f"{drop_in(LLAMA, '[Service]', f'Slice={SLICE}')}; systemctl restart {LLAMA}",
          inject=drop_in(SLICE, "[Slice]", "DeviceAllow=/dev/null rw"),
          undo=f"{without_drop_in(SLICE)}; {without_drop_in(LLAMA)}; systemctl restart {LLAMA}",
          turns=access("slice_policy", LLAMA), wavers=restarts(LLAMA), follows=NOT_RESTARTED),
    Fault("161", "a regular file in place of the node",
          inject=f"mv {NODE} {ASIDE}; touch {NODE}; chmod 0666 {NODE}", undo=f"rm {NODE}; mv {ASIDE} {NODE}",
          turns=access("not_a_device", *ALL), follows={"* gpu_device_access": "there is none for a moment"}),
    Fault("162", "user put into the group after the start",
          prepare=f"{drop_in(LLAMA, '[Service]', 'SupplementaryGroups=', 'SupplementaryGroups=nvidia')}; "
                  f"systemctl restart {LLAMA}",
          inject="usermod -aG video llama",
          undo=f"gpasswd --delete llama video > /dev/null; {without_drop_in(LLAMA)}; systemctl restart {LLAMA}",
          turns=access("restart_needed", LLAMA), wavers=restarts(LLAMA)),
    Fault("163", "group removed from the unit, which is not restarted yet",
          turns=access("next_start", LLAMA), follows=NOT_RESTARTED,
          **reloaded_with(LLAMA, "SupplementaryGroups=", "SupplementaryGroups=nvidia")),
    Fault("164", "node made inaccessible",
          turns=access("inaccessible", LLAMA), wavers=restarts(LLAMA),
          **restarted_with(LLAMA, f"InaccessiblePaths={NODE}")),
    Fault("165", "device list that lets read only",
          turns=access("device_policy", LLAMA),
          **reloaded_with(LLAMA, "DeviceAllow=", "DeviceAllow=/dev/nvidiactl rw", "DeviceAllow=/dev/nvidia-uvm rw",
                          f"DeviceAllow={NODE} r", "DeviceAllow=/dev/null w")),
    Fault("166", "one GPU service runs as root",
          turns=(*access("not_by_group", MANAGER), Turn("host", "gpu_access_consistency", "another_way")),
          wavers=restarts(MANAGER), **restarted_with(MANAGER, "DynamicUser=no", "SupplementaryGroups=")),
    Fault("540", "service computes on the CPU, and not on its GPU",
          prepare=computing_on_the_gpu, inject=f"{without_drop_in(LLAMA)}; systemctl restart {LLAMA}; {LOOK}", timeout=25,
          undo=f"rm {NODE}; mv {ASIDE} {NODE}; rm {SPECS}/llamacpp.json; mv /root/llamacpp.json {SPECS}/; {RELOAD}; {ALL_RESTART}",
          turns=access("not_in_use", LLAMA), wavers=restarts(*ALL),
          follows={"* gpu_device_access": "the node is another one for a moment",
                   "host gpu_access_consistency": "it cannot be looked at meanwhile"}),
    Fault("541", "kernel reports an error of a GPU",
          prepare=KERNEL_LOG,
          inject=f"printf '3,%s,%s0000,-;{XID}\\n' $(date +%s) $(cut -d' ' -f1 /proc/uptime | tr -d .) > /dev/kmsg",
          # The journal forgets what the kernel said, and so must the daemon.
          undo="systemctl stop kernel-log.service; rm /dev/kmsg; systemctl restart systemd-journald.service;"
               "journalctl --quiet --rotate --vacuum-size=1; systemctl kill --kill-who=main --signal=KILL checklistd.service;" + RUN_AGAIN,
          turns=(Turn("host", "gpu_errors", "application"),), wavers=USERS_REPORT),
    Fault("167", "two services want the GPU for themselves",
          inject=two_exclusive, undo=SPECS_AS_BEFORE,
          turns=(Turn("host", "gpu_access_consistency", "both_active"),)),
)
