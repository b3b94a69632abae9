"""Mutations for the fuzzer: those of the pieces of a format, and those of bytes that coverage has taught it."""

from __future__ import annotations

import random
from collections.abc import Callable

import atheris

from tests.support.mutations import change, within

_WINDOW = 64  # bytes that are mutated together

Mutator = Callable[[bytes, int, int], bytes]


def mutator_of(suffix: str) -> Mutator:
    """Return what mutates files of a format."""

    def changed(data: bytes, rng: random.Random) -> bytes:
        way = rng.random()
        if way < 0.3:
            at = rng.randrange(len(data) + 1)
            end = at + rng.randrange(1, _WINDOW)
            return data[:at] + bytes(atheris.Mutate(data[at:end], _WINDOW)) + data[end:]
        if way < 0.4:
            return bytes(atheris.Mutate(data, len(data) + _WINDOW))
        return change(data, rng, suffix)

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        return within(data, random.Random(seed), suffix, changed)[:longest]

    return mutate
