#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""An independent JSON Schema validator judges the corpus by the schemas as they are checked in.

What the parser makes of the same files is in corpus_test.cpp; in `beyond` lies what only it can refuse.
"""

import json
import sys
from pathlib import Path

try:
    from jsonschema import Draft202012Validator, RefResolver
except ImportError:
    sys.exit(77)  # skipped: python3-jsonschema is not installed

HERE = Path(__file__).parent
SCHEMAS = HERE.parents[2] / "config" / "schema"
ACCEPTED = {"accepted": True, "refused": False, "beyond": True}


def mistakes():
    for kind in ("service", "checklistd"):
        schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text())
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for folder, accepted in ACCEPTED.items():
            files = sorted((HERE / "corpus" / kind / folder).glob("*.json"))
            if not files:
                yield f"{kind}/{folder} is empty"
            for file in files:
                if validator.is_valid(json.loads(file.read_text())) != accepted:
                    yield f"{file.relative_to(HERE)}: the schema {'refuses' if accepted else 'accepts'} it"
    yield from mistakes_in_kinds()
    service = Draft202012Validator(json.loads((SCHEMAS / "service.schema.json").read_text()))
    for file in sorted((HERE.parents[2] / "config/plan").glob("*services.d/*.json")):
        for error in service.iter_errors(json.loads(file.read_text())):
            yield f"{file.name}: {error.json_path}: {error.message}"


def mistakes_in_kinds():
    """The schema of the catalogue refers to the one beside it."""
    schema = json.loads((SCHEMAS / "catalogue.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, resolver=RefResolver(f"{SCHEMAS.as_uri()}/", schema))
    for file in sorted((HERE.parents[2] / "config/catalogue").glob("*.json")):
        for error in validator.iter_errors(json.loads(file.read_text())):
            yield f"{file.name}: {error.json_path}: {error.message}"


found = list(mistakes())
print("\n".join(found) or "the schemas accept and refuse what they should")
sys.exit(bool(found))
