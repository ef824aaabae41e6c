# SPDX-License-Identifier: MIT
"""A certificate authority of a test: keys and certificates, made by openssl(1)."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


@dataclass(frozen=True)
class Identity:
    certificate: Path
    key: Path


class Authority:
    def __init__(self, folder: Path, name="ca"):
        self._folder, self.certificate, self._key = folder, folder / f"{name}.crt", folder / f"{name}.key"
        openssl("req", "-x509", *KEY, "-days", "2", "-subj", f"/CN={name}", "-keyout", self._key, "-out", self.certificate)

    def issue(self, name: str, alternative: str) -> Identity:
        """`alternative` as openssl spells it: DNS:gpu1.example.org,IP:127.0.0.1"""
        out, request = Identity(self._folder / f"{name}.crt", self._folder / f"{name}.key"), self._folder / f"{name}.csr"
        openssl("req", *KEY, "-subj", f"/CN={name}", "-addext", f"subjectAltName={alternative}", "-keyout", out.key,
                "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self._key, "-CAcreateserial", "-days", "2",
                "-copy_extensions", "copy", "-out", out.certificate)
        return out


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)
