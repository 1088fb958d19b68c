"""Films that somebody lays into the watched folder become shows: each once, whatever dies on the way."""

import asyncio
from pathlib import Path
from time import monotonic
from uuid import UUID

import structlog
from pydantic import ValidationError

from showsondemand.errors import Problem, Unavailable
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.errors import IngestJobNotFound
from showsondemand.vod_ingest.film_details import FilmDetails
from showsondemand.vod_ingest.inbox import Inbox, TakenFilm, held
from showsondemand.vod_ingest.incoming import incoming_film
from showsondemand.vod_ingest.service import Label, accept_film
from showsondemand.wiring import Wiring

_log = structlog.get_logger(__name__)
_LOOK_EVERY_SECONDS = 2.0
# A film counts as finished when nothing of it has changed for so long: copying over a network stalls now and then.
STABLE_SECONDS = 5.0
_COPY_BYTES = 4 * 1024 * 1024
_LONGEST_DETAILS_BYTES = 1024 * 1024


class _DetailsRefused(Exception):
    """What lies beside the film is not what ``FilmDetails`` says."""


class WatchFolder:
    """Looks into ``folder`` again and again."""

    def __init__(self, wiring: Wiring, folder: Path, *, stable_seconds: float = STABLE_SECONDS) -> None:
        self._wiring = wiring
        self._inbox = Inbox(folder)
        self._stable_seconds = stable_seconds
        self._unchanged_since: dict[Path, tuple[tuple[int, ...], float]] = {}

    async def watch(self) -> None:
        """For ever. What is away is waited for."""
        while True:
            try:
                await self.look()
            except (Unavailable, OSError) as error:
                _log.warning("watched folder not read", reason=type(error).__name__)
            await asyncio.sleep(_LOOK_EVERY_SECONDS)

    async def look(self) -> None:
        """Takes what is finished, and brings in what was taken, now or before a power cut."""
        for film in await asyncio.to_thread(self._finished):
            await asyncio.to_thread(self._inbox.take, film)
        for taken in await asyncio.to_thread(self._inbox.taken):
            with held(taken) as is_ours:
                if is_ours:
                    await self._bring_in(taken)

    def _finished(self) -> list[Path]:
        now = monotonic()
        seen = dict(self._inbox.laid_there())
        before = self._unchanged_since
        self._unchanged_since = {
            path: before[path] if path in before and before[path][0] == state else (state, now)
            for path, state in seen.items()
        }
        return [
            path for path, (_, since) in self._unchanged_since.items() if now - since >= self._stable_seconds
        ]

    async def _bring_in(self, taken: TakenFilm) -> None:
        """One job for a film, or a reason why there is none. Raises ``Unavailable`` for what may work later."""
        film = taken.film
        if film is not None and taken.reason is None and not await self._has_job(taken.job_id):
            try:
                await self._accept(taken, film)
            except Unavailable:
                raise
            except (Problem, _DetailsRefused) as refusal:
                _log.warning("film refused", job=str(taken.job_id), reason=str(refusal))
                await asyncio.to_thread(taken.refuse, film, str(refusal))
        await asyncio.to_thread(self._inbox.put_aside, taken)

    async def _has_job(self, job_id: UUID) -> bool:
        async with self._wiring.database.transaction() as session:
            try:
                await queries.job(session, job_id)
            except IngestJobNotFound:
                return False
        return True

    async def _accept(self, taken: TakenFilm, path: Path) -> None:
        details = await asyncio.to_thread(_read_details, taken.details)
        with incoming_film(self._wiring.settings.data_folder) as film, path.open("rb") as source:
            while chunk := await asyncio.to_thread(source.read, _COPY_BYTES):
                await asyncio.to_thread(film.write, chunk)
            label = Label(path.name, details.title, details)
            await accept_film(self._wiring, film, label, owner_id=None, job_id=taken.job_id)
        _log.info("film taken from the watched folder", job=str(taken.job_id))


def _read_details(path: Path | None) -> FilmDetails:
    """Raises ``_DetailsRefused`` with every fault."""
    if path is None:
        return FilmDetails()
    if path.stat().st_size > _LONGEST_DETAILS_BYTES:
        raise _DetailsRefused("The details are longer than 1 MiB.")
    try:
        return FilmDetails.model_validate_json(path.read_bytes())
    except ValidationError as error:
        faults = (
            f"{'.'.join(str(part) for part in each['loc']) or 'the file'}: {each['msg']}"
            for each in error.errors(include_input=False, include_url=False)
        )
        raise _DetailsRefused(f"The details cannot be used. {'; '.join(faults)}") from error
