"""Nothing goes to review that a player would stumble over: the stream tester looks at what we have just stored."""

from showsondemand.adapters.transcoder.port import TranscodeResult
from showsondemand.admin.stream_tests.checking import check_stream
from showsondemand.admin.stream_tests.faults import Fault, Severity
from showsondemand.admin.stream_tests.own_streams import OwnStreams
from showsondemand.shows.media_addresses import MediaAddresses, own_media
from showsondemand.wiring import Wiring

_MOST_NAMED = 3


class StreamBroken(Exception):
    """The set is stored and would not play; the argument says why, for people."""


async def refuse_broken_stream(wiring: Wiring, media_key: str, result: TranscodeResult) -> None:
    """Raises ``StreamBroken`` when the HLS or DASH stream of the stored set has an error."""
    addresses = MediaAddresses.from_settings(wiring.settings)
    streams = OwnStreams(wiring.settings.base_url, wiring.storage, wiring.fetcher)
    errors: list[Fault] = []
    for name in (result.master_playlist, result.manifest):
        url = addresses.public(own_media(f"{media_key}/{name}")) or ""
        found = await check_stream(streams, url)
        errors += [fault for fault in found.faults if fault.severity is Severity.ERROR]
    if errors:
        named = "; ".join(f"{fault.place}: {fault.detail}" for fault in errors[:_MOST_NAMED])
        raise StreamBroken(f"The finished stream would not play. {named}")
