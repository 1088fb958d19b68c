"""Films whose picture carries closed captions (CEA-608), as broadcasts have them: ffmpeg writes none by itself."""

import subprocess
from pathlib import Path

from showsondemand.adapters.transcoder.ffmpeg import find_ffmpeg

_START = b"\x00\x00\x00\x01"
_DELIMITER = _START + b"\x09"
_CHANNEL_1 = 0x14
_RESUME, _ROW_15, _SHOW, _ERASE = 0x20, 0x70, 0x2F, 0x2C
_PADDING = (0x80, 0x80)
_FIRST_FIELD = 0xFC
_FRAMES_A_SECOND = 30


def film_with_captions(film: Path, words: str, *, seconds: int = 4) -> Path:
    """Grey, with ``words`` on channel CC1 from about its first second on; made as ``film``, whatever its container."""
    stream = film.with_suffix(".h264")
    source = f"-f lavfi -i color=gray:size=64x64:rate={_FRAMES_A_SECOND}:duration={seconds}"
    coded = f"-c:v libx264 -preset ultrafast -bf 0 -g {_FRAMES_A_SECOND} -x264-params aud=1"
    _ffmpeg(*source.split(), *coded.split(), "-bsf:v", "filter_units=remove_types=6", str(stream))
    stream.write_bytes(_captioned(stream.read_bytes(), _pairs(words)))
    _ffmpeg("-r", str(_FRAMES_A_SECOND), "-i", str(stream), "-c", "copy", str(film))
    return film


def with_captions_as_a_track(film: Path, quicktime: Path) -> Path:
    """The same captions once more, as QuickTime has them beside the picture."""
    both = ("-f", "lavfi", "-i", f"movie={film}[out+subcc]")
    _ffmpeg(
        *both, "-map", "0:v", "-map", "0:s", "-c:v", "libx264", "-a53cc", "0", "-c:s", "copy", str(quicktime)
    )
    return quicktime


def captions_of(film: Path) -> str:
    """What the frames of a film say, as WebVTT."""
    return _ffmpeg("-f", "lavfi", "-i", f"movie={film}[out+subcc]", "-map", "0:s", "-f", "webvtt", "-")


def _ffmpeg(*words: str) -> str:
    command = [str(find_ffmpeg()), "-v", "error", "-nostdin", "-y", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _pairs(words: str) -> list[tuple[int, int]]:
    """Two bytes for each frame: a caption that is written unseen, then shown; commands are said twice."""
    letters = [ord(letter) for letter in words + " " * (len(words) % 2)]
    written = list(zip(letters[::2], letters[1::2], strict=True))
    commands = [[(_CHANNEL_1, command)] * 2 for command in (_RESUME, _ROW_15, _SHOW, _ERASE)]
    resume, row, show, erase = commands
    silence = [(0, 0)] * _FRAMES_A_SECOND
    return [*resume, *row, *written, *show, *silence, *erase]


def _captioned(stream: bytes, pairs: list[tuple[int, int]]) -> bytes:
    """The stream with a message (ATSC A/53, part 4) behind the delimiter of each frame."""
    units = stream.split(_DELIMITER)[1:]
    said = pairs + [(0, 0)] * (len(units) - len(pairs))
    return b"".join(
        _DELIMITER + unit[:1] + _message(*pair) + unit[1:] for unit, pair in zip(units, said, strict=True)
    )


def _message(first: int, second: int) -> bytes:
    captions = bytes([_FIRST_FIELD, _with_parity(first), _with_parity(second)])
    payload = b"\xb5\x00\x31GA94\x03\x41\xff" + captions + b"\xff"
    return _START + b"\x06\x04" + bytes([len(payload)]) + payload + b"\x80"


def _with_parity(byte: int) -> int:
    return byte | (0 if byte.bit_count() % 2 else 0x80)
