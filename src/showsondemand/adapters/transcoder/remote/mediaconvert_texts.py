"""A film's texts at MediaConvert: files that we have made of its text tracks, and captions that its frames carry.

MediaConvert does not look for captions by itself, and reads those of frames out of some containers only (its user
guide, captions in video containers). So they are asked for where the probe has seen them, and nowhere else.
"""

from collections.abc import Sequence
from typing import Any

from showsondemand.adapters.transcoder.languages import CLOSED_CAPTIONS_LABEL, UNDETERMINED
from showsondemand.adapters.transcoder.port import SourceProbe
from showsondemand.adapters.transcoder.remote.port import TextTrack

# Of the containers that we take, by what the probe calls them.
_CONTAINERS_OF_CAPTIONS = frozenset({"mov", "mpegts"})
_Json = dict[str, Any]


def text_selectors(texts: Sequence[TextTrack], storage: str, probe: SourceProbe) -> _Json:
    """The files that we have made of the film's text tracks, then the captions that its frames carry, if any."""
    sources: list[_Json] = [
        {"SourceType": "WEBVTT", "FileSourceSettings": {"SourceFile": f"{storage}{text.key}"}}
        for text in texts
    ]
    if _has_readable_captions(probe):
        channel = {"Source608ChannelNumber": 1, "Source608TrackNumber": 1}
        sources.append({"SourceType": "EMBEDDED", "EmbeddedSourceSettings": channel})
    return {_selector(position): {"SourceSettings": source} for position, source in enumerate(sources)}


def text_outputs(texts: Sequence[TextTrack], probe: SourceProbe) -> list[_Json]:
    """An output for each selector."""
    outputs = [_text(position, text) for position, text in enumerate(texts)]
    return outputs + ([_closed_captions(len(texts))] if _has_readable_captions(probe) else [])


def _has_readable_captions(probe: SourceProbe) -> bool:
    containers = set(probe.format.split(","))
    return probe.video.closed_captions and not containers.isdisjoint(_CONTAINERS_OF_CAPTIONS)


def _text(position: int, text: TextTrack) -> _Json:
    language = {} if text.language == UNDETERMINED else {"CustomLanguageCode": text.language}
    return {
        "NameModifier": f"_text{position}",
        "ContainerSettings": {"Container": "CMFC"},
        "CaptionDescriptions": [
            {
                "CaptionSelectorName": _selector(position),
                "LanguageDescription": text.label,
                **language,
                "DestinationSettings": {"DestinationType": "WEBVTT"},
            }
        ],
    }


def _closed_captions(position: int) -> _Json:
    """The film's own captions as one more text track; no header says in which language."""
    made_for_the_deaf = {"Accessibility": "ENABLED"}
    return {
        "NameModifier": f"_text{position}",
        "ContainerSettings": {"Container": "CMFC"},
        "CaptionDescriptions": [
            {
                "CaptionSelectorName": _selector(position),
                "LanguageDescription": CLOSED_CAPTIONS_LABEL,
                "DestinationSettings": {
                    "DestinationType": "WEBVTT",
                    "WebvttDestinationSettings": made_for_the_deaf,
                },
            }
        ],
    }


def _selector(position: int) -> str:
    return f"Captions Selector {position + 1}"
