# SPDX-License-Identifier: MIT
"""The web config file: Prometheus over mutual TLS with a password, and promtool's judgement of the same files."""

import base64
import json
import re
import ssl
from http.client import HTTPException
from pathlib import Path

import pytest
from sandbox import Sandbox
from sandbox.authority import Authority
from sandbox.wait import wait_until
from sandbox.wire import get

PORT = 10558
SCRAPER = 9191
TLS = "/etc/checklistd/tls"
WEB = "/etc/checklistd/web.yml"
SOCKET = "/run/checklistd/checklistd.sock"
CORPUS = Path(__file__).resolve().parents[2] / "unit/config/web/corpus"
PASSWORD = "correct horse"
# Of that password.
HASH = "$2y$10$abcdefghijklmnopqrstuu23JPZtHcGhwXSF41f93o/7vBdDut3Xu"
GOOD = f"""
tls_server_config:
  cert_file: tls/server.crt
  key_file: tls/server.key
  client_auth_type: RequireAndVerifyClientCert
  client_ca_file: tls/ca.crt
  client_allowed_sans: [prometheus.example.org]
basic_auth_users:
  prometheus: {HASH}
"""


def scrape_config(password) -> str:
    return json.dumps({  # JSON is YAML
        "global": {"scrape_interval": "1s"},
        "scrape_configs": [{
            "job_name": "checklistd", "scheme": "https", "static_configs": [{"targets": [f"localhost:{PORT}"]}],
            "basic_auth": {"username": "prometheus", "password": password},
            "tls_config": {"ca_file": "/etc/scraper/ca.crt", "cert_file": "/etc/scraper/client.crt",
                           "key_file": "/etc/scraper/client.key"}}]})


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def prometheus(authority):
    return authority.issue("client", "DNS:prometheus.example.org")


@pytest.fixture(scope="module")
def box(build, authority, prometheus):
    with Sandbox("web") as booted:
        booted.install(build)
        booted.write("/etc/checklistd/checklistd.json", json.dumps({"web": {"config_file": WEB}}))
        booted.write(WEB, GOOD)
        booted.write(f"{TLS}/ca.crt", authority.certificate.read_text())
        rotate(booted, authority)
        booted.write("/etc/scraper/ca.crt", authority.certificate.read_text())
        booted.write("/etc/scraper/client.crt", prometheus.certificate.read_text())
        booted.write("/etc/scraper/client.key", prometheus.key.read_text())
        booted.write("/etc/scraper/prometheus.yml", scrape_config(PASSWORD))
        booted.boot()
        wait_until(lambda: ready(booted), 30, "checklistd")
        yield booted


@pytest.fixture
def client(authority, prometheus):
    return context(authority, prometheus)


def rotate(box, authority):
    """Another certificate and key, each renamed into place."""
    server = authority.issue("server", "DNS:localhost")
    box.write(f"{TLS}/server.key.new", server.key.read_text(), 0o640)
    box.write(f"{TLS}/server.crt.new", server.certificate.read_text())
    box.run(f"cd {TLS} && chgrp checklistd server.key.new && mv server.key.new server.key && mv server.crt.new server.crt")


def ready(box) -> bool:
    try:
        return box.http(SOCKET, "/-/ready").status == 200
    except (OSError, HTTPException):  # its socket is there earlier than the daemon
        return False


def context(authority, identity=None) -> ssl.SSLContext:
    out = ssl.create_default_context(cafile=authority.certificate)
    if identity:
        out.load_cert_chain(identity.certificate, identity.key)
    return out


def login(password=PASSWORD, user="prometheus") -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def dial(box, tls) -> ssl.SSLSocket:
    return tls.wrap_socket(box.connect(PORT), server_hostname="localhost")


def ask(box, tls, path="/metrics", headers=None):
    return get(dial(box, tls), path, login() if headers is None else headers)


def refuses(box, tls) -> bool:
    try:
        ask(box, tls)
    except (OSError, HTTPException):
        return True
    return False


def metric(box, name) -> float:
    found = re.search(rf"^{name} (\S+)$", box.http(SOCKET, "/metrics").body, re.M)
    return float(found[1])


def reload_succeeded(box) -> bool:
    return metric(box, "checklist_config_last_reload_successful") == 1


def scraped(box, query) -> float | None:
    found = json.loads(box.http(SCRAPER, f"/api/v1/query?query={query}").body)["data"]["result"]
    return float(found[0]["value"][1]) if found else None


@pytest.fixture
def scraper(box):
    box.run("systemd-run --quiet --unit=scraper prometheus --config.file=/etc/scraper/prometheus.yml "
            f"--storage.tsdb.path=/var/lib/scraper --web.listen-address=127.0.0.1:{SCRAPER}")
    wait_until(lambda: box.listens(SCRAPER), 30, "the scraper")
    yield box
    box.run("systemctl stop scraper.service; rm -rf /var/lib/scraper")


def test_prometheus_scrapes_over_mutual_tls_with_a_password(scraper):
    wait_until(lambda: scraped(scraper, "up") == 1, 30, "a scrape")
    assert scraped(scraper, "checklist_build_info") == 1


def test_a_new_certificate_is_shown_to_new_clients_and_interrupts_none(scraper, authority, client):
    wait_until(lambda: scraped(scraper, "up") == 1, 30, "a scrape")
    pid = scraper.run("systemctl show --value --property=MainPID checklistd").stdout
    kept = dial(scraper, client)
    before = kept.getpeercert()["serialNumber"]
    rotate(scraper, authority)
    assert dial(scraper, client).getpeercert()["serialNumber"] != before
    assert get(kept, "/-/healthy", login()).status == 200
    count = scraped(scraper, "count_over_time(up[5m])")
    wait_until(lambda: scraped(scraper, "count_over_time(up[5m])") >= count + 2, 30, "two more scrapes")
    assert scraped(scraper, "min_over_time(up[5m])") == 1
    assert scraper.run("systemctl show --value --property=MainPID checklistd").stdout == pid
    assert reload_succeeded(scraper)


def test_a_password_is_required(box, client):
    assert ask(box, client).status == 200
    for headers in ({}, login("wrong"), login(user="stranger"), {"Authorization": "Bearer x"}):
        answer = ask(box, client, headers=headers)
        assert (answer.status, answer.headers["www-authenticate"]) == (401, "Basic")


def test_a_certificate_is_required(box, authority, tmp_path):
    stranger = Authority(tmp_path, "stranger").issue("other", "DNS:prometheus.example.org")
    colleague = authority.issue("colleague", "DNS:grafana.example.org")
    assert refuses(box, context(authority))
    assert refuses(box, context(authority, stranger))
    assert refuses(box, context(authority, colleague))


def test_requests_without_tls_are_not_answered(box):
    with pytest.raises((OSError, HTTPException)):
        box.http(PORT, "/metrics", login())


def test_the_rules_of_requests_are_the_same(box, client):
    assert ask(box, client, headers=login() | {"Host": "evil.example"}).status == 421
    assert get(dial(box, client), "/", login(), "POST").status == 405
    head = get(dial(box, client), "/metrics", login(), "HEAD")
    assert (head.status, head.body) == (200, "")


def test_the_unix_socket_stays_as_it_is(box):
    assert box.http(SOCKET, "/metrics").status == 200
    assert "system_state" in box.run("checklistctl status", check=False).stdout


@pytest.fixture
def spoilt(box):
    yield box
    box.write(WEB, GOOD)
    wait_until(lambda: reload_succeeded(box), 10, "the good file to be read")


@pytest.mark.parametrize("text", ["junk", "", "tls_server_config: {cert_file: nothing}", GOOD.replace("server.key", "ca.crt")])
def test_a_bad_file_leaves_the_protection_in_force(spoilt, client, authority, text):
    spoilt.write(WEB, text)
    assert not reload_succeeded(spoilt)
    assert ask(spoilt, client).status == 200
    assert refuses(spoilt, context(authority))
    log = spoilt.run("journalctl --unit=checklistd --output=cat").stdout
    assert "web config file has errors, keeping the protection in force" in log
    assert PASSWORD not in log and HASH not in log


def test_the_daemon_does_not_start_with_a_bad_file(spoilt):
    spoilt.write(WEB, "tls_server_config:\n  cert_file: nothing.crt\n")
    for command, code in (("checklistd --check-config", 78), ("checklistctl verify-config", 3)):
        done = spoilt.run(f"{command} 2>&1", check=False)
        assert done.returncode == code
        assert f"{WEB}:2:14: /tls_server_config/cert_file: " in done.stdout
        assert "expected key_file or key" in done.stdout


def test_a_key_that_only_root_can_read_is_passed_as_a_credential(box, client):
    box.run(f"install -D -m 0600 {TLS}/server.key /etc/ssl/private/only-root.key")
    box.write("/etc/systemd/system/checklistd.service.d/key.conf",
              "[Service]\nLoadCredential=key:/etc/ssl/private/only-root.key\n")
    box.write(WEB, GOOD.replace("tls/server.key", "/run/credentials/checklistd.service/key"))
    box.run("systemctl daemon-reload; systemctl restart checklistd.service")
    assert ask(box, client).status == 200
    box.write(WEB, GOOD)
    box.run("rm -r /etc/systemd/system/checklistd.service.d; systemctl daemon-reload; systemctl restart checklistd.service")
    assert ask(box, client).status == 200


# Keys that promtool may be too old for.
NEWER = {"client_allowed_sans": "tls_server_config: {client_allowed_sans: [a]}", "rate_limit": "rate_limit: {burst: 1}",
         "cert": "tls_server_config: {cert: ''}"}


@pytest.fixture(scope="module")
def verdicts(box, authority):
    """By the name of a file: whether promtool and checklistctl accept it."""
    folder = "/root/corpus"
    other, junk = authority.issue("other", "DNS:localhost"), "junk\n"
    certificate, key = (box.read(f"{TLS}/server.{kind}") for kind in ("crt", "key"))
    files = {"server.crt": certificate, "server.key": key, "keys/server.crt": certificate, "keys/server.key": key,
             "chain.crt": certificate + authority.certificate.read_text(), "both.pem": key + certificate,
             "other.key": other.key.read_text(), "ca.crt": authority.certificate.read_text(), "junk.pem": junk,
             **{f"knows-{name}.yml": text for name, text in NEWER.items()},
             **{each.name: each.read_text() for each in CORPUS.iterdir()}}
    for name, text in files.items():
        box.write(f"{folder}/{name}", text)
    shown = box.run(f"""cd {folder}; for file in *.yml; do
        promtool check web-config "$file" >/dev/null 2>&1; theirs=$?
        checklistctl verify-config --web.config.file "$file" >/dev/null 2>&1; echo "$file $theirs $?"
    done""", timeout=300).stdout
    return {name: (theirs == "0", ours == "0") for name, theirs, ours in map(str.split, shown.splitlines())}


def test_promtool_judges_the_same_files_alike(verdicts):
    newer = [name for name in NEWER if not verdicts[f"knows-{name}.yml"][0]]
    expected = {"good": (True, True), "bad": (False, False), "stricter": (True, False)}
    compared, wrong = 0, []
    for each in sorted(CORPUS.iterdir()):
        if any(re.search(rf"\b{key}:", each.read_text()) for key in newer):
            continue
        compared += 1
        if verdicts[each.name] != expected[each.name.split(".")[1]]:
            wrong.append((each.name, verdicts[each.name]))
    assert not wrong
    assert compared >= 70
