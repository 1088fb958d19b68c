"""What we need of somebody who looks at a film and says what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


class AnalyserAway(Exception):
    """Nobody looked, for a reason that may pass; the argument says which, for people."""


class CannotAnalyse(Exception):
    """The film will never be looked at by this analyser; the argument says why, for people."""


@dataclass(frozen=True)
class Finding:
    """One thing that was noticed.

    ``score`` is from 0 to 1, how sure it is that something is wrong. The times count from the film's beginning; a
    finding without them is about the whole film. ``note`` says in English what ``measured`` says in numbers and names,
    for whoever has words of another language.
    """

    label: str
    score: float
    start_seconds: float | None = None
    end_seconds: float | None = None
    note: str = ""
    measured: Mapping[str, float | str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Report:
    """What was found, by time. ``summary`` is a sentence or two for people."""

    findings: tuple[Finding, ...]
    summary: str


@dataclass(frozen=True)
class Pending:
    """Somebody else is at it: to be asked again, with ``reference``, after some seconds."""

    reference: str
    after_seconds: float


@dataclass(frozen=True)
class SourceFacts:
    """The film as it was sent: its length, its sound tracks, and by how much the first sound is behind the picture."""

    duration_seconds: float
    sound_tracks: int
    sound_behind_seconds: float


class FilmFiles(Protocol):
    """The film's files, fetched to this machine when they are asked for."""

    async def master_playlist(self) -> Path:
        """The finished set's HLS master playlist, all of the set's files beside it.

        A file that lies in no storage any more is left out. Raises ``AnalyserAway`` and ``CannotAnalyse``.
        """

    async def source(self) -> SourceFacts | None:
        """The film as it was sent; ``None`` where it is not kept any more. Raises ``AnalyserAway``."""


@dataclass(frozen=True)
class Film:
    """A film to look at.

    ``token`` stands for this one look, however often it is asked for. ``source_key`` is where the storage keeps the
    film as it was sent; empty where it doesn't. What is less sure than ``least_score`` need not be told. ``scratch``
    is an empty folder.
    """

    token: str
    source_key: str
    least_score: float
    files: FilmFiles
    scratch: Path


class Analyser(Protocol):
    """Looks at films. Safe to be used by many tasks at once; a cancellation leaves nothing running here.

    ``name`` is what its reviews are signed with. ``works_here`` says that a look keeps this machine busy for long;
    otherwise each call takes at most a minute.
    """

    @property
    def name(self) -> str:
        """See above."""

    @property
    def works_here(self) -> bool:
        """See above."""

    async def analyse(self, film: Film, reference: str) -> Report | Pending:
        """Looks at the film, or asks how far those are who do; ``reference`` is empty the first time.

        Raises ``AnalyserAway`` and ``CannotAnalyse``. Asked twice with one ``token``, there is one look.
        """

    async def answers(self) -> None:
        """Raises ``AnalyserAway`` or ``CannotAnalyse`` when no film could be looked at now."""
