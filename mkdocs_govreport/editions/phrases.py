"""The phrases by which prose names the figures of an edition: its subjects, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from mkdocs_govreport.editions.equations import expand_paths

Pattern = re.Pattern[str]
_SLOT = re.compile(r"@(\w+)@")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted, with the words for it; see `phrases.yml` of an edition.

    `words` are patterns that say alone what they are about, `weak` ones do not. `figure` is what a number right after
    them counts, `nothing` the figures that are 0 where nothing but 无 stands under a heading, `wholes` those that a share may be of.
    """

    id: str
    part: str
    units: frozenset[str]
    words: tuple[str, ...]
    weak: tuple[str, ...]
    heading: Pattern | None
    nothing: tuple[str, ...]
    figure: str | None
    topic: bool
    wholes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """What words say of a subject: `readings` are the sums that they may mean, the likeliest first."""

    id: str
    subject: str
    words: tuple[str, ...]
    readings: tuple[tuple[str, ...], ...]
    alone: bool
    loose: bool
    adds: bool
    after: frozenset[str]
    parts: frozenset[str]


@dataclass(frozen=True)
class Phrases:
    """The subjects and figures that prose may name in an edition; empty where it has no `phrases.yml`."""

    subjects: Mapping[str, Subject] = field(default_factory=dict)
    figures: Mapping[str, NamedFigure] = field(default_factory=dict)

    @property
    def paths(self) -> frozenset[str]:
        """All figure paths that a phrase may mean."""
        return frozenset(path for f in self.figures.values() for reading in f.readings for path in reading)


def phrases(data: Mapping[str, Any]) -> Phrases:
    """Read the phrases of an edition.

    Raises:
        ValueError: when a figure is of a subject that there is not, or the other way round.
    """
    parts: Mapping[str, str] = data.get("parts") or {}
    sets: Mapping[str, list[str]] = data.get("sets") or {}
    subjects = {name: _subject(name, subject, parts) for name, subject in (data.get("subjects") or {}).items()}
    figures = {name: _figure(name, figure, parts, sets) for name, figure in (data.get("figures") or {}).items()}
    _known("subject", {figure.subject for figure in figures.values()}, subjects)
    _known(
        "figure",
        {name for subject in subjects.values() for name in (*subject.nothing, *subject.wholes, subject.figure) if name},
        figures,
    )
    return Phrases(subjects, figures)


def _known(kind: str, used: Collection[str], known: Collection[str]) -> None:
    unknown = sorted(set(used) - set(known))
    if unknown:
        raise ValueError(f"phrases.yml uses a {kind} that it does not have: {', '.join(unknown)}")


def _subject(name: str, data: Mapping[str, Any], parts: Mapping[str, str]) -> Subject:
    headings = data.get("headings") or ()
    return Subject(
        id=name,
        part=data["part"],
        units=frozenset(data["units"]),
        words=_filled(data.get("words"), parts),
        weak=_filled(data.get("weak"), parts),
        heading=re.compile("|".join(_filled(headings, parts))) if headings else None,
        nothing=tuple(data.get("nothing") or ()),
        figure=data.get("figure"),
        topic=bool(data.get("topic")),
        wholes=tuple(data.get("wholes") or ()),
    )


def _figure(name: str, data: Mapping[str, Any], parts: Mapping[str, str], sets: Mapping[str, list[str]]) -> NamedFigure:
    return NamedFigure(
        id=name,
        subject=data["subject"],
        words=_filled(data.get("words"), parts),
        readings=tuple(tuple(expand_paths(reading, sets)) for reading in data["readings"]),
        alone=bool(data.get("alone")),
        loose=bool(data.get("loose")),
        adds=bool(data.get("adds")),
        after=frozenset(data.get("after") or ()),
        parts=frozenset(data.get("parts") or ()),
    )


def _filled(patterns: Collection[str] | None, parts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_SLOT.sub(lambda match: parts[match[1]], pattern) for pattern in patterns or ())
