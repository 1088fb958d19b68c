"""Shows that wait for a look, and analysers that do what a test says."""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text

from people import People
from showsondemand.adapters.analyser.port import Analyser, Film, Pending, Report
from showsondemand.admin.analyses.analysing import analyse_film
from showsondemand.admin.analyses.requesting import request_analysis
from showsondemand.review_settings import ReviewSettings
from showsondemand.shows import service as shows
from showsondemand.wiring import Wiring
from vod_ingest.ingested import in_the_app

if TYPE_CHECKING:  # the fixtures are made of this
    from vod_ingest.conftest import Json


@dataclass
class Scripted:
    """An analyser that does what the test says, after ``meanwhile``."""

    outcomes: list[Report | Pending | Exception] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[None]] | None = None
    tokens: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    name: str = "scripted"
    works_here: bool = True

    async def analyse(self, film: Film, reference: str) -> Report | Pending:  # noqa: ARG002 - the port's name
        self.tokens.append(film.token)
        self.sources.append(film.source_key)
        if self.meanwhile is not None:
            await self.meanwhile()
        outcome = self.outcomes.pop(0) if self.outcomes else Report((), "Nothing.")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def answers(self) -> None:
        return


class Screening:
    """A film that was sent and transcoded, and whoever looks at it."""

    def __init__(self, client: TestClient, wiring: Wiring, people: People) -> None:
        self._client, self._wiring, self._people = client, wiring, people
        self.reviewer = people.reviewer()

    def shown(self, media_set: Path) -> "Json":
        """A show in review that plays ``media_set``, as the end of a transcoding leaves it."""
        key = f"videos/{uuid4()}/1"
        shutil.copytree(media_set, self._wiring.settings.data_folder / "media" / key, copy_function=os.link)
        url = f"{self._wiring.settings.base_url}/media/{key}/master.m3u8"
        body = {"title": "A film", "hlsSrcVideoURL": url}
        made = self._client.post("/shows", json=body, headers=self._people.admin().headers)
        show: Json = made.json()

        async def request() -> None:
            analyser = self._wiring.analyser
            assert analyser is not None
            async with self._wiring.database.transaction() as session:
                row = await shows.show_to_change(session, UUID(show["id"]))
                await request_analysis(session, analyser, row, source_key="sources/none/film")

        in_the_app(self._client, request)
        return show

    def look(self, show: "Json", analyser: Analyser | None = None, **reviews: object) -> None:
        """What a worker does with the show's newest look."""
        in_the_app(self._client, analyse_film, self._changed(analyser, reviews), self.newest(show))

    def look_twice_at_once(self, show: "Json", analyser: Analyser) -> None:
        wiring, analysis_id = self._changed(analyser, {}), self.newest(show)

        async def both() -> None:
            await asyncio.gather(analyse_film(wiring, analysis_id), analyse_film(wiring, analysis_id))

        in_the_app(self._client, both)

    def newest(self, show: "Json") -> UUID:
        return UUID(self.analyses(show)[0]["id"])

    def analyses(self, show: "Json") -> "list[Json]":
        return self._items(f"/shows/{show['id']}/analyses")

    def reviews(self, show: "Json") -> "list[Json]":
        return self._items(f"/shows/{show['id']}/reviews")

    def state(self, show: "Json") -> str:
        answer = self._client.get(f"/shows/{show['id']}", headers=self.reviewer.headers)
        return str(answer.json()["state"])

    def look_again(self, show: "Json", headers: dict[str, str] | None = None) -> Response:
        """What is answered to somebody who wants it looked at again."""
        return self._client.post(f"/shows/{show['id']}/analyses", headers=headers or self.reviewer.headers)

    def approve(self, show: "Json") -> int:
        """What a person's approval is answered with."""
        verdict = {"verdict": "approve"}
        answer = self._client.post(
            f"/shows/{show['id']}/reviews", json=verdict, headers=self._people.admin().headers
        )
        return answer.status_code

    def _items(self, address: str) -> "list[Json]":
        items: list[Json] = self._client.get(address, headers=self.reviewer.headers).json()["items"]
        return items

    def _changed(self, analyser: Analyser | None, reviews: dict[str, object]) -> Wiring:
        settings = self._wiring.settings
        if reviews:
            settings = settings.model_copy(update={"reviews": ReviewSettings.model_validate(reviews)})
        wiring = replace(self._wiring, settings=settings)
        if analyser is None:
            return wiring
        agent = text("UPDATE analyses SET agent = :name WHERE state = 'waiting'")

        async def rename() -> None:
            async with wiring.database.transaction() as session:
                await session.execute(agent, {"name": analyser.name})

        in_the_app(self._client, rename)
        return replace(wiring, analyser=analyser)
