"""What a case of a rule is."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.documents import Files, sound_text

TEXT = sound_text()
SOUND = {"reports/青禾区/2023.txt": TEXT}


@dataclass(frozen=True)
class Case:
    """Files that break a rule, and files that come near to it and do not."""

    broken: Files
    sound: Files = field(default_factory=lambda: SOUND)
