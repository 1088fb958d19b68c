"""Where files for a show are made: a folder for the time of the work, and keys under which nothing lay before."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from uuid6 import uuid7

from showsondemand.adapters.storage.port import StorageAway
from showsondemand.scratch import scratch_folder
from showsondemand.shows.errors import MediaAway
from showsondemand.shows.media_addresses import MEDIA_SETS
from showsondemand.wiring import Wiring


@asynccontextmanager
async def workbench(wiring: Wiring) -> AsyncIterator[Path]:
    """A folder for the time of the work. Raises ``MediaAway`` when the storage takes or gives nothing."""
    with scratch_folder(wiring.settings.data_folder, "artwork") as folder:
        try:
            yield folder
        except StorageAway as error:
            raise MediaAway from error


def new_folder_key(show_id: UUID) -> str:
    """Never a key that was there before: files are cached for as long as anybody likes."""
    return f"{MEDIA_SETS}/{show_id}/{uuid7()}"
