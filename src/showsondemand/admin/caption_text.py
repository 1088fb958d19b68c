"""Captions of strangers (WebVTT or SubRip, in any charset) as WebVTT of our own making.

Nothing is passed on as it came: a cue's text loses all markup but italics, bold and underline, and is escaped
anew, so that no file can carry a script, a style or a region to a viewer's page.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from showsondemand.admin.caption_charsets import text_in

MOST_CUES = 20_000
_LONGEST_CUE_CHARACTERS = 2_000
_LONGEST_FILM_SECONDS = 24 * 3600

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"^\s*{_CLOCK}\s*-->\s*{_CLOCK}(.*)$")
_NUMBER = re.compile(r"^\s*\d{1,9}\s*$")
_SETTING = re.compile(r"^(align:(start|center|end|left|right)|line:-?\d{1,3}%?|(position|size):\d{1,3}%)$")
_KEPT_MARKUP = re.compile(r"(</?[ibu]>)", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z!/?][^<>]{0,500}>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,200}\}")
_TOP = re.compile(r"\{\\an[789]\}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class NotCaptions(Exception):
    """The file holds no cue that could be read: ``detail`` says why for people, ``params`` for programs."""

    def __init__(self, detail: str, **params: str | int) -> None:
        super().__init__(detail)
        self.params = params


@dataclass(frozen=True)
class Cue:
    """What is shown from ``start`` to ``end``, in milliseconds; ``text`` and ``settings`` as WebVTT writes them."""

    start: int
    end: int
    settings: str
    text: str


def cleaned_captions(body: bytes, charset: str | None = None, language: str | None = None) -> str:
    """``body`` as a WebVTT file. ``charset`` and ``language`` are what the sender says. Raises ``NotCaptions``."""
    written = text_in(body, charset, language)
    if written is None:
        raise NotCaptions("The charset of the file could not be told.", reason="charset")
    lines = _CONTROLS.sub("", written.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    cues = []
    for cue in _cues(lines):
        cues.append(cue)
        if len(cues) > MOST_CUES:
            raise NotCaptions(
                f"The file has more than {MOST_CUES:,} cues.", reason="too_many", most=MOST_CUES
            )
    if not cues:
        raise NotCaptions("No line of the file says when to show something.", reason="no_cue")
    return "\n".join(["WEBVTT", "", *(_written(cue) for cue in sorted(cues, key=lambda cue: cue.start))])


def _cues(lines: list[str]) -> Iterator[Cue]:
    starts = [number for number, line in enumerate(lines) if "-->" in line and _TIMES.match(line)]
    for position, number in enumerate(starts):
        ends = starts[position + 1] if position + 1 < len(starts) else len(lines)
        cue = _cue(lines[number], _block(lines[number + 1 : ends]))
        if cue is not None:
            yield cue


def _block(lines: list[str]) -> list[str]:
    """The lines up to the first empty one; without one, the number of the next cue is not part of the text."""
    for number, line in enumerate(lines):
        if not line.strip():
            return lines[:number]
    return lines[:-1] if lines and _NUMBER.match(lines[-1]) else lines


def _cue(times: str, lines: list[str]) -> Cue | None:
    """``None`` for what shows nothing: no text, or a time that does not pass."""
    match = _TIMES.match(times)
    assert match is not None
    start, end = _milliseconds(match.groups()[:4]), _milliseconds(match.groups()[4:8])
    written = "\n".join(line for line in lines if line.strip())[:_LONGEST_CUE_CHARACTERS]
    text = _safe(written)
    if not text or not start < end <= _LONGEST_FILM_SECONDS * 1000:
        return None
    settings = [word for word in match.group(9).split() if _SETTING.match(word)]
    if _TOP.search(written) and not settings:
        settings = ["line:0"]
    return Cue(start, end, " ".join(settings), text)


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _safe(written: str) -> str:
    """Italics, bold and underline stay where they are closed again; all else is text, escaped."""
    opened: list[str] = []
    parts = []
    for part in _KEPT_MARKUP.split(written):
        name = part.strip("</>").lower()
        if not _KEPT_MARKUP.fullmatch(part):
            plain = html.unescape(_MARKUP.sub("", part))
            parts.append(html.escape(_CONTROLS.sub("", plain), quote=False))
        elif not part.startswith("</"):
            opened.append(name)
            parts.append(f"<{name}>")
        elif opened and opened[-1] == name:
            opened.pop()
            parts.append(f"</{name}>")
    parts += [f"</{name}>" for name in reversed(opened)]
    lines = "".join(parts).split("\n")
    text = "\n".join(line.strip() for line in lines if line.strip())
    return text if re.sub(r"</?[ibu]>", "", text).strip() else ""


def _written(cue: Cue) -> str:
    times = f"{_clock(cue.start)} --> {_clock(cue.end)}"
    return f"{times} {cue.settings}".rstrip() + f"\n{cue.text}\n"


def _clock(milliseconds: int) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{fraction:03}"
