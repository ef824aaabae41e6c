# SPDX-License-Identifier: MIT
"""gpu_device_access over changes of a node: what becomes of them in /metrics, and how soon."""

import os
import struct
import time

import pytest
from faults.watch import PORT, Watch
from oracle.gpu.bench import Bench
from oracle.gpu.regressions import regressions
from sandbox import Sandbox
from sandbox.wait import wait_until

NODE, UNIT = "/dev/nvidia0", "model.service"
CHECK = f"{UNIT} gpu_device_access"
VIDEO, RENDER = 44, 4711
# u::rw-, g::---, g:4711:rw-, m::rw-, o::---: the owning group has nothing left (linux/posix_acl_xattr.h).
ACL = struct.pack("<I" + "HHI" * 5, 2, 1, 6, 2**32 - 1, 4, 0, 2**32 - 1, 8, 6, RENDER, 16, 6, 2**32 - 1, 32, 0, 2**32 - 1)
PLAIN = struct.pack("<I" + "HHI" * 3, 2, 1, 6, 2**32 - 1, 4, 6, 2**32 - 1, 32, 0, 2**32 - 1)
SOON = 1.0  # seconds; some milliseconds are usual


def make_node():
    os.mknod(NODE, 0o020600, os.makedev(195, 0))
    os.chown(NODE, 0, VIDEO)
    os.chmod(NODE, 0o660)


@pytest.fixture(scope="module")
def stage(build):
    with Sandbox("devices") as box:
        box.install(build)
        box.write(f"/etc/systemd/system/{UNIT}", "[Service]\nDynamicUser=yes\nSupplementaryGroups=video\n"
                  "ExecStart=sleep infinity\n[Install]\nWantedBy=multi-user.target\n")
        box.write("/etc/checklistd/services.d/model.json",
                  f'{{"unit": "{UNIT}", "checks": {{"gpu_device_access": {{"devices": ["{NODE}"]}}}}}}')
        box.run(f"systemctl --quiet enable {UNIT}")
        box.boot()
        box.inside(make_node)
        box.run(f"systemctl restart {UNIT}")  # so that it is not older than its node
        watch = Watch(lambda path, headers, timeout: box.http(PORT, path, headers, timeout=timeout))
        watch.start()
        wait_until(lambda: watch.latest and watch.latest.status.get(CHECK) == "pass", 20,
                   lambda: watch.latest and watch.latest.findings)
        yield box, watch
        watch.stop()


@pytest.mark.parametrize("change, back", [
    pytest.param(lambda: os.chmod(NODE, 0o600), lambda: os.chmod(NODE, 0o660), id="chmod"),
    pytest.param(lambda: os.chown(NODE, 0, RENDER), lambda: os.chown(NODE, 0, VIDEO), id="chgrp"),
    pytest.param(lambda: os.unlink(NODE), make_node, id="unlink, mknod"),
    pytest.param(lambda: os.setxattr(NODE, "system.posix_acl_access", ACL),
                 lambda: os.setxattr(NODE, "system.posix_acl_access", PLAIN), id="setfacl"),
])
def test_a_change_of_the_node_is_in_the_metrics_soon(stage, change, back, capsys):
    box, watch = stage
    for step, status in ((change, "fail"), (back, "pass")):
        began = time.monotonic()
        box.inside(step)
        seen = watch.first(lambda seen: seen.status.get(CHECK) == status, began, SOON)
        assert seen, f"not {status} within {SOON} s: {watch.latest.findings}"
        with capsys.disabled():
            print(f" {status} after {(seen.moment - began) * 1000:.1f} ms", end="")


def test_the_kernel_agrees_on_every_case_on_which_it_once_did_not(build):
    with Bench(build) as bench:
        for name, outcome in zip(regressions(), bench.run(list(regressions().values()))):
            assert outcome.truth == outcome.check, f"{name}: {outcome}"
