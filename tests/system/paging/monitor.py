# SPDX-License-Identifier: MIT
"""Prometheus and Alertmanager of another host, as configured by the shipped files: only addresses are changed, never a time."""

import socket
from contextlib import ExitStack
from pathlib import Path

import yaml
from rules import tools
from sandbox import Sandbox
from sandbox.wait import wait_until
from sandbox.watching import Prometheus, free_address
from sandbox.webhook import Post, Webhook

INSTANCE = "gpu1"


class Monitor:
    """Watches checklistd at a port of this machine, and receives the messages; it runs while it is a context."""

    def __init__(self, folder: Path, port: int):
        self.hook = Webhook(socket.create_server(("127.0.0.1", 0)))
        self._alertmanager = free_address()
        text = (tools.CONFIG / "prometheus/prometheus.yml").read_text()
        for shipped, here in (("127.0.0.1:10558", f"127.0.0.1:{port}"), ("127.0.0.1:9093", self._alertmanager),
                              ("instance: localhost", f"instance: {INSTANCE}")):
            assert text.count(shipped) == 1
            text = text.replace(shipped, here)
        self.prometheus = Prometheus(folder, text, tools.RULES.read_text())

    def __enter__(self):
        with ExitStack() as stack:
            stack.callback(self.hook.close)
            box = stack.enter_context(Sandbox("alertmanager"))
            box.write("/run/checklistd.tmpl", (tools.CONFIG / "alertmanager/checklistd.tmpl").read_text())
            box.write("/run/alertmanager.yml", self._routes())
            box.popen(["prometheus-alertmanager", "--config.file=/run/alertmanager.yml", "--storage.path=/run/alertmanager",
                       f"--web.listen-address={self._alertmanager}", "--cluster.listen-address=", "--log.level=error"])
            wait_until(self._answers, 20, "Alertmanager")
            stack.enter_context(self.prometheus)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self._stack.close()

    def restart_prometheus(self):
        self.prometheus.__exit__()
        self.prometheus.__enter__()

    def alerts(self) -> dict[str, dict]:
        """What Alertmanager holds, by fingerprint."""
        return {alert["fingerprint"]: alert for alert in tools.ask(f"http://{self._alertmanager}/api/v2/alerts")}

    def _answers(self) -> bool:
        try:
            return bool(tools.ask(f"http://{self._alertmanager}/api/v2/status"))
        except OSError:
            return False

    def _routes(self) -> str:
        """Each receiver posts to the webhook, and once more what Slack would show: the shipped template, rendered by Alertmanager."""
        host, port = self.hook.address
        routes = yaml.safe_load(tools.ALERTMANAGER.read_text())
        ready = yaml.safe_load((tools.CONFIG / "alertmanager/receivers.yml").read_text())["receivers"]
        (slack,) = next(each["slack_configs"] for each in ready if each["name"] == "slack")
        for receiver in routes["receivers"]:
            receiver["webhook_configs"][0]["url"] = f"http://{host}:{port}/{receiver['name']}"
            receiver["slack_configs"] = [slack | {"api_url": f"http://{host}:{port}/phone/{receiver['name']}"}]
        return yaml.safe_dump(routes)


def shown(post: Post) -> tuple[str, str] | None:
    """The title and the text that a phone shows; None of what a webhook gets."""
    if not post.path.startswith("/phone/"):
        return None
    (attachment,) = post.message["attachments"]
    return attachment["title"], attachment["text"]
