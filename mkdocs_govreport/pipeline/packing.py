"""Values as bytes for the cache, and back, without running what somebody may have put there.

Pickle is the quickest way to write and read the values of this package, but a pickle can name any function to
be called. Only the classes of the model may be named here, and none of them does anything but hold values.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mkdocs_govreport import figures, model

_ALLOWED: dict[tuple[str, str], Any] = {
    (value.__module__, value.__qualname__): value
    for value in (
        Decimal,
        figures._from_packed,
        model.Basis,
        model.Breach,
        model.Change,
        model.Claim,
        model.Explanation,
        model.ExtraRow,
        model.Figure,
        model.Finding,
        model.Mention,
        model.Origin,
        model.Report,
        model.Severity,
        model.Status,
        model.Term,
        model.Text,
        model.Verdict,
    )
}


def _by_value(word: StrEnum) -> tuple[type[StrEnum], tuple[str]]:
    return type(word), (word.value,)


for _words in (model.Basis, model.Severity, model.Status, model.Verdict):
    copyreg.pickle(_words, _by_value)  # since Python 3.11.2 has `getattr` find it by name, which may do anything


def pack(value: Any) -> bytes:
    """Write a value that is made of the model's classes, numbers, texts, lists, tuples and mappings."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Any:
    """Read a value.

    Raises:
        ValueError: when it is none of ours, or of another version of the classes.
    """
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except Exception as error:  # whatever a foreign pickle may make of itself
        raise ValueError("no value that was packed here") from error


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return a class of the model; no other may be named.

        Raises:
            UnpicklingError: for any other.
        """
        try:
            return _ALLOWED[(module, name)]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None
