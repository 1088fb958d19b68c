"""Which way leads to a show's film: our own storage where our own transcoding laid it, else that of a player."""

import re
from pathlib import Path

from showsondemand.adapters.analyser.port import FilmFiles
from showsondemand.admin.analyses.film_files import KeptSource, StoredFilmFiles
from showsondemand.admin.analyses.patient_fetcher import PatientFetcher
from showsondemand.admin.analyses.streamed_film_files import StreamedFilmFiles
from showsondemand.admin.frames_elsewhere import streams_of
from showsondemand.shows.media_addresses import MEDIA_SETS, MediaAddresses, own_key
from showsondemand.wiring import Wiring

# The folder of one attempt of a job: nothing but one set is in it, and its playlists name their neighbours.
_OUR_MASTER = re.compile(rf"{MEDIA_SETS}/[0-9a-f-]{{36}}/[0-9]+/[^/]+")


def files_of_film(wiring: Wiring, hls_url: str, source_key: str, into: Path) -> FilmFiles:
    """The files of the stream at ``hls_url``, an address as rows hold it, to be fetched to the folder ``into``."""
    kept = KeptSource(wiring.storage, wiring.transcoder, source_key)
    key = own_key(hls_url)
    if key is not None and _OUR_MASTER.fullmatch(key):
        return StoredFilmFiles(wiring.storage, kept, key, into)
    url = MediaAddresses.from_settings(wiring.settings).public(hls_url) or hls_url
    return StreamedFilmFiles(PatientFetcher(streams_of(wiring)), wiring.transcoder, kept, url, into)
