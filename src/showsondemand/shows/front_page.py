"""What a page about shows carries in its HTML: the answers it would ask for first, and its large picture.

A phone on a slow line would else go for the page, then for its script, then for the shows, then for the picture, each
after the one before. What is here is what anybody may read, and no more; whatever can't be had in a moment is left
out, and the client asks for it as if there were no such thing.
"""

import asyncio
import json
import re
import time
from collections.abc import Mapping
from html import escape
from typing import Any
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request

from showsondemand.dependencies import count_stranger
from showsondemand.errors import Problem
from showsondemand.shows import browsing, service
from showsondemand.shows.endpoints import catalogue_of
from showsondemand.wiring import Wiring

HOME = "/"
_ONE_SHOW = re.compile(r"/title/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
# A page without its shows is better than one that waits for them.
_PATIENCE_SECONDS = 0.5


class FrontPage:
    """Finds what goes into the head of a page, as HTML; nothing where there is nothing to say."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._home: tuple[bytes, bytes, str] | None = None

    async def __call__(self, request: Request) -> str:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._head_of(request)
        except (Problem, SQLAlchemyError, OSError, TimeoutError):
            return ""

    async def _head_of(self, request: Request) -> str:
        path = request.scope["path"]
        about = _ONE_SHOW.fullmatch(path)
        if about:
            return await self._head_of_show(request, UUID(about[1]))
        return await self._head_of_home() if path == HOME else ""

    async def _head_of_home(self) -> str:
        wiring = self._wiring
        latest = (await service.latest_shows(wiring.database, wiring.cache, catalogue_of(wiring))).body
        facets = (await browsing.facets(wiring.database, wiring.cache)).body
        kept = self._home
        if kept is None or kept[0] is not latest or kept[1] is not facets:
            kept = self._home = (latest, facets, _picture_of_featured(json.loads(latest)))
        return kept[2] + _answers({"latest": latest, "facets": facets})

    async def _head_of_show(self, request: Request, show_id: UUID) -> str:
        """Counted like the request that it saves. Raises ``ShowNotFound`` and ``TooManyAsked``."""
        count_stranger(request, self._wiring)
        wiring = self._wiring
        addresses = catalogue_of(wiring).addresses
        found = await service.show_for_viewers(wiring.database, wiring.cache, addresses, show_id)
        return _picture(json.loads(found.body)) + _answers({"show": found.body})


def _picture_of_featured(latest: Mapping[str, Any]) -> str:
    featured = (show for show in latest["items"] if show["id"] == latest["featuredShowId"])
    return "".join(map(_picture, featured))


def _picture(show: Mapping[str, Any]) -> str:
    """Has the browser fetch the picture that the page shows largest, in the size that it will take."""
    if not show["posterURL"]:
        return ""
    sizes = ", ".join(f"{each['url']} {each['width']}w" for each in show["posterPictures"])
    responsive = f' imagesrcset="{escape(sizes)}" imagesizes="100vw"' if sizes else ""
    return (
        f'<link rel="preload" as="image" fetchpriority="high" href="{escape(show["posterURL"])}"{responsive}>'
    )


def _answers(answers: Mapping[str, bytes]) -> str:
    """Data that no script can come out of: without a ``<`` the element ends where we end it."""
    found = [f'"{name}":{body.decode()}' for name, body in answers.items()]
    data = ",".join([f'"at":{int(time.time() * 1000)}', *found]).replace("<", r"\u003c")
    return f'<script type="application/json" id="answers">{{{data}}}</script>'
