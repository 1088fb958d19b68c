"""Where somebody plays a show from: this service, with a grant in each address, or a delivery network, with cookies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from sqlalchemy import Row, ScalarSelect, Select

from showsondemand.adapters.delivery.port import Delivery, PassCookie
from showsondemand.database import Reader
from showsondemand.shows import queries
from showsondemand.shows.errors import NothingToPlay, ShowNotFound
from showsondemand.shows.grants import GRANT_LIFETIME, Grant, Grants, media_set
from showsondemand.shows.listing import NOW
from showsondemand.shows.media_addresses import MEDIA_SETS, MediaAddresses, own_key
from showsondemand.shows.presentation import captions_of
from showsondemand.shows.schemas import Playback
from showsondemand.tokens import Caller, Claims

# A row of ``streams_beside``'s statement.
Streams = Row[Any]
PASS_LIFETIME = timedelta(hours=1)  # docs/security.md, tokens
# What encoders call the folders of one video's outputs, below the one that is named after the video.
_OUTPUT_GROUPS = ("hls", "dash", "cmaf")
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_STAYS = "/%-._~!$&'()+=:@"
_FEWEST_PARTS_OF_A_SET = 2


@dataclass(frozen=True)
class Stage:
    """What giving out addresses takes besides the show."""

    addresses: MediaAddresses
    grants: Grants
    delivery: Delivery | None = None


@dataclass(frozen=True)
class Ticket:
    """Where to play from, and the cookies that are set with the answer."""

    playback: Playback
    cookies: list[PassCookie]


def streams_beside(beside: ScalarSelect[Any]) -> Select[Any]:
    """What ``streams_for`` asks: one statement with another context's answer about ``:of_show`` in it."""
    return queries.streams_beside(beside)


async def streams_for(
    reader: Reader, caller: Caller, show_id: UUID, statement: Select[Any], values: Mapping[str, Any]
) -> Streams:
    """The streams, as far as ``caller`` may play them; ``values`` are for what stands beside them.

    Asked of the database each time: what was withdrawn must not be played any more, and a copy in memory would be
    found out only a moment later. Raises ``ShowNotFound``.
    """
    asked = {**values, "of_show": show_id, NOW.key: datetime.now(UTC)}
    found: Streams | None = (await reader.execute(statement, asked)).one_or_none()
    if found is None or not (found.is_available or caller.is_staff):
        raise ShowNotFound
    return found


def ticket_for(show: Streams, caller: Caller, stage: Stage, *, resume_position_seconds: float) -> Ticket:
    """Where ``caller`` plays ``show`` from. Raises ``NothingToPlay``."""
    if show.hls_url is None and show.dash_url is None:
        raise NothingToPlay
    delivered = _Delivered.of(show, stage.delivery) if stage.delivery else None
    expires_at = _end(show, caller, PASS_LIFETIME if delivered else GRANT_LIFETIME)
    grant = Grant(show.id, Claims(caller.user_id, caller.session_id), expires_at)
    written: dict[str, str] = {}

    def playable(address: str | None) -> str | None:
        if address is None:
            return None
        key = own_key(address)
        elsewhere = delivered.url(address) if delivered else None
        if elsewhere or key is None:
            return elsewhere or address
        folder = media_set(key)
        if folder not in written:
            written[folder] = stage.grants.write(grant, key)
        return stage.addresses.granted(address, written[folder])

    playback = Playback.model_construct(
        hls_url=playable(show.hls_url),
        dash_url=playable(show.dash_url),
        storyboard_url=playable(show.storyboard_url),
        captions=captions_of(show, playable),
        cookie_origin=delivered.network.origin if delivered else None,
        expires_at=expires_at,
        resume_position_seconds=resume_position_seconds,
    )
    return Ticket(playback, delivered.cookies(expires_at) if delivered else [])


@dataclass(frozen=True)
class _Delivered:
    """The folders of a show on the network: those that its streams lie in, whatever else there is of it."""

    network: Delivery
    folders: tuple[str, ...]

    @classmethod
    def of(cls, show: Streams, network: Delivery) -> "_Delivered | None":
        """``None`` for a show with no stream on the network, and for one whose folder is not its own alone."""
        found = dict.fromkeys(
            folder
            for address in (show.hls_url, show.dash_url)
            if address and (folder := _folder(address, show.ingest_guid, network)) is not None
        )
        inner = [one for one in found if any(one != other and one.startswith(other) for other in found)]
        folders = tuple(folder for folder in found if folder not in inner)
        return cls(network, folders) if folders else None

    def url(self, address: str) -> str | None:
        """The address on the network, where the cookies open it."""
        path = _path_on(self.network, address)
        if path is None or not path.startswith(self.folders):
            return None
        return f"{self.network.origin}{path}"

    def cookies(self, expires_at: datetime) -> list[PassCookie]:
        return [cookie for folder in self.folders for cookie in self.network.passes(folder, expires_at)]


def _folder(address: str, guid: str | None, network: Delivery) -> str | None:
    """The folder on the network that holds the stream at ``address``, and nothing of other shows."""
    path = _path_on(network, address)
    if path is None:
        return None
    key = own_key(address)
    if key is not None:
        return path.removesuffix(quote(key, safe="/")) + quote(media_set(key), safe="/") + "/"
    parts = path.split("/")[:-1]
    if parts[-1] in _OUTPUT_GROUPS and len(parts) > 1 and _is_guid(parts[-2], guid):
        parts.pop()
    folder = "/".join(parts) + "/"
    return None if _is_wider_than_a_show(folder, network) else folder


def _path_on(network: Delivery, address: str) -> str | None:
    """The path of an address on the network, spelled so that nothing in it means more than itself."""
    key = own_key(address)
    base = urlsplit(network.base_url).path
    if key is not None:
        return None if network.storage_prefix is None else f"{base}/{quote(network.storage_prefix + key)}"
    if not address.startswith(f"{network.base_url}/"):
        return None
    parts = urlsplit(address)
    return None if parts.query or parts.fragment else quote(_BARE_PERCENT.sub("%25", parts.path), safe=_STAYS)


def _is_guid(folder: str, guid: str | None) -> bool:
    """Whether a folder is named after this video by a name that no other thing has."""
    try:
        return folder == guid and UUID(folder).version is not None
    except ValueError:
        return False


def _is_wider_than_a_show(folder: str, network: Delivery) -> bool:
    """The whole network, a folder with dots or blanks in its path, and what holds our own media of several shows."""
    base = urlsplit(network.base_url).path
    if folder == f"{base}/" or any(part in ("", ".", "..") for part in folder[1:-1].split("/")):
        return True
    if network.storage_prefix is None:
        return False
    own = f"{base}/{network.storage_prefix}{MEDIA_SETS}/"
    below = [part for part in folder.removeprefix(own).split("/") if part]
    return own.startswith(folder) or (folder.startswith(own) and len(below) < _FEWEST_PARTS_OF_A_SET)


def _end(show: Streams, caller: Caller, lifetime: timedelta) -> datetime:
    """Not past the end of the availability window for whoever sees the show only within it."""
    end = datetime.now(UTC) + lifetime
    if not caller.is_staff and show.available_until is not None:
        end = min(end, show.available_until)
    return end.replace(microsecond=0)
