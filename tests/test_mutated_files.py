"""Files of every format with their pieces torn out, repeated and mixed: a report or a finding, and nothing lost."""

import random
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_govreport.sources import READERS, SourceError, read
from tests import documents
from tests.support.loading import load
from tests.support.lost import lost_numbers
from tests.support.mutations import mutated
from tests.support.seeds import SAME, seeds

SEEDS = st.integers(0, 2**32 - 1)
SECONDS = 20.0
"""None takes more than 2 on a machine with nothing else to do."""

made = cache(seeds)


def test_every_reader_has_files_to_begin_with():
    assert {suffix for suffix in READERS if suffix not in SAME} == {
        suffix for suffix in READERS if suffix not in SAME and made(suffix)
    }


@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix not in {*SAME, ".pdf"}])
@given(seed=SEEDS)
def test_a_mutated_file_loses_nothing(suffix, seed):
    assert_nothing_is_lost(suffix, seed)


@settings(max_examples=5)  # each starts a process
@given(seed=SEEDS)
def test_a_mutated_pdf_loses_nothing(seed):
    assert_nothing_is_lost(".pdf", seed)


def assert_nothing_is_lost(suffix, seed):
    rng = random.Random(seed)
    data, file = mutated(rng.choice(made(suffix)), rng, suffix), f"青禾区/2023{suffix}"
    begun = time.perf_counter()

    result = load(data, file)

    assert time.perf_counter() - begun < SECONDS
    assert result.report or result.findings
    assert not [finding for finding in result.findings if finding.rule == "unreadable"]
    try:
        source = read(data, file)
    except SourceError:
        return
    assert not lost_numbers(source, result)


@given(seed=SEEDS)
def test_a_mutated_sidecar_harms_nothing(seed):
    rng = random.Random(seed)
    sidecar = mutated(rng.choice(made(".meta.yml")), rng, ".meta.yml")

    result = documents.load(documents.sound_text(), sidecar=sidecar)

    assert result.report is not None
    assert not [finding for finding in result.findings if finding.rule == "unreadable"]
