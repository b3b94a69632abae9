"""The quick schema engine changes how long validation takes, and nothing else."""

import random
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_govreport.canonical import to_document
from mkdocs_govreport.checks.validator import Validator
from tests.support.generate import random_report
from tests.support.loading import CATALOGUE, EDITIONS, load

pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed")

ODD = (None, -1, 0, 12.0, 1.5, Decimal("3.25"), 10**30, True, "", "12", "无", [], {}, [1], {"cases": -1}, float(2**70))


def findings(document):
    data = yaml.safe_dump(document, allow_unicode=True).encode()
    return [(f.rule, f.paths, f.message, f.origin) for f in load(data, "inbox/report.yaml").findings]


@pytest.mark.parametrize("edition", EDITIONS)
@given(seed=st.integers(0, 2**32 - 1), faults=st.integers(0, 3))
def test_findings_are_the_same_with_and_without_it(edition, seed, faults):
    rng = random.Random(seed)
    document = to_document(random_report(rng, edition), CATALOGUE)
    for _ in range(faults):
        place = document
        while True:
            key = rng.choice(sorted(place))
            if not (isinstance(place[key], dict) and place[key] and rng.random() < 0.8):
                break
            place = place[key]
        value = rng.choice([*ODD, "remove"])
        if value == "remove":
            del place[key]
        else:
            place[key] = float(value) if isinstance(value, Decimal) else value
        place.update({"misspelt": 1} if rng.random() < 0.2 else {})

    quick = findings(document)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Validator, "errors", lambda self, document: self._exact.iter_errors(document))
        slow = findings(document)

    assert quick == slow
