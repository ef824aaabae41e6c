# SPDX-License-Identifier: MIT
"""Faults of TLS certificates: nothing renews them, or the server was not restarted since."""

from ..fault import Fault, Turn, drop_in, restarts, without_drop_in
from .config import declared

CANARY, STARTER = "canary.service", "starter.service"
KEY, CERTIFICATE = "/etc/ssl/fault.key", "/etc/ssl/fault.pem"
SERVER = f"/usr/bin/openssl s_server -accept 127.0.0.1:7443 -cert {CERTIFICATE} -key {KEY} -www -quiet"
URL = {"url": "https://127.0.0.1:7443/", "ca": CERTIFICATE, "certificate_days": 30, "interval": "1s"}


def certificate(days: int) -> str:
    """Shell: makes one for 127.0.0.1."""
    return (f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout {KEY} -out {CERTIFICATE}"
            f" -days {days} -subj /CN=fault -addext subjectAltName=IP:127.0.0.1 2> /dev/null")


# `req` makes none of the past.
AUTHORITY = "/root/authority"
EXPIRED = (f"mkdir {AUTHORITY}; cd {AUTHORITY}; : > database;"
           "printf '[ca]\\ndefault_ca=own\\n[own]\\ndatabase=database\\nnew_certs_dir=.\\nrand_serial=yes\\n"
           "default_md=sha256\\npolicy=any\\n[any]\\ncommonName=supplied\\n' > own.conf;"
           f"openssl req -new -key {KEY} -subj /CN=fault -out request;"
           f"openssl ca -batch -selfsign -notext -config own.conf -in request -keyfile {KEY} -out {CERTIFICATE}"
           " -startdate 20200101000000Z -enddate 20200201000000Z; rm -r /root/authority")


def of_a_file(number: str, title: str, renew: str, reason: str) -> Fault:
    return Fault(number, title, inject=renew, turns=(Turn(STARTER, "files", reason),),
                 prepare=f"{certificate(400)}; {declared(STARTER, files={CERTIFICATE: {'certificate_days': 30}})}",
                 undo=f"{declared(STARTER)}; rm {KEY} {CERTIFICATE}")


FAULTS = (
    of_a_file("532", "certificate in a file expires in ten days", certificate(10), "expires_soon"),
    of_a_file("533", "certificate in a file has expired", EXPIRED, "expired"),
    Fault("534", "certificate of a server expires in ten days", timeout=25,
          prepare=f"{certificate(400)}; {drop_in(CANARY, '[Service]', 'ExecStart=', f'ExecStart={SERVER}')};"
                  f"systemctl restart {CANARY}; {declared(CANARY, health_probe=URL)}",
          inject=f"{certificate(10)}; systemctl restart {CANARY}",
          undo=f"{without_drop_in(CANARY)}; systemctl restart {CANARY}; {declared(CANARY)}; rm {KEY} {CERTIFICATE}",
          turns=(Turn(CANARY, "health_probe", "expires_soon"),), wavers=restarts(CANARY)),
)
