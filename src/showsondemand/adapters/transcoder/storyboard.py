"""The storyboard as WebVTT: which piece of which sheet of small pictures shows what the film shows when."""

from showsondemand.adapters.transcoder.plan import Storyboard
from showsondemand.adapters.transcoder.set_names import sprite_file


def sprite_count(board: Storyboard) -> int:
    """How many sheets the pictures fill."""
    return -(-board.pictures // (board.columns * board.rows))


def storyboard_vtt(board: Storyboard, duration_seconds: float) -> str:
    """A cue for each picture, with its place on a sheet as a media fragment (``sprite-001.jpg#xywh=...``)."""
    cues = ["WEBVTT"]
    for picture in range(board.pictures):
        begin = picture * board.interval_seconds
        end = min(begin + board.interval_seconds, duration_seconds)
        if end > begin:
            cues.append(f"{timestamp(begin)} --> {timestamp(end)}\n{_place(board, picture)}")
    return "\n\n".join(cues) + "\n"


def _place(board: Storyboard, picture: int) -> str:
    sheet, on_sheet = divmod(picture, board.columns * board.rows)
    row, column = divmod(on_sheet, board.columns)
    x, y = column * board.tile_width, row * board.tile_height
    return f"{sprite_file(sheet + 1)}#xywh={x},{y},{board.tile_width},{board.tile_height}"


def timestamp(seconds: float) -> str:
    """A time of WebVTT."""
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
