"""A worker of its own, to be killed: transcodes the film that it is given and says when it has begun."""

import asyncio
import sys
from pathlib import Path

from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.adapters.transcoder.port import TranscodeProgress


async def main() -> None:
    film, into = Path(sys.argv[1]), Path(sys.argv[2])
    transcoder = FfmpegTranscoder(find_ffmpeg(), preset="ultrafast")

    async def report(_: TranscodeProgress) -> None:
        sys.stdout.write("begun\n")
        sys.stdout.flush()

    await transcoder.transcode(film, await transcoder.probe(film), into, report)


if __name__ == "__main__":
    asyncio.run(main())
