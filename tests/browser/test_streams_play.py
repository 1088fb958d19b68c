"""What comes out of the pipeline is a moving picture with sound, in HLS and in DASH alike."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from browser.cinema import LONG_FILM, Cinema
from browser.spectator import arrive_signed_in, wait_until_past

pytestmark = pytest.mark.browser
# Draws what the video shows right now and looks at it: mean and spread of the light of its pixels, 0 to 255.
_LOOK = """() => {
    const video = document.querySelector('video');
    const canvas = Object.assign(document.createElement('canvas'), {width: 64, height: 36});
    const pen = canvas.getContext('2d');
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
    const light = [];
    for (let place = 0; place < pixels.length; place += 4) {
        light.push((pixels[place] + pixels[place + 1] + pixels[place + 2]) / 3);
    }
    const mean = light.reduce((sum, each) => sum + each, 0) / light.length;
    const spread = Math.sqrt(light.reduce((sum, each) => sum + (each - mean) ** 2, 0) / light.length);
    return {light, mean, spread, lines: video.videoHeight};
}"""
_SOUND = """() => {
    const video = document.querySelector('video');
    return video.webkitAudioDecodedByteCount;
}"""


@dataclass(frozen=True)
class Look:
    """One look at the picture."""

    light: list[float]
    mean: float
    spread: float
    lines: int

    def difference(self, other: "Look") -> float:
        """By how much a pixel differs from the same one of another look, on average."""
        pairs = zip(self.light, other.light, strict=True)
        return sum(abs(one - two) for one, two in pairs) / len(self.light)


def look(page: Page) -> Look:
    return Look(**page.evaluate(_LOOK))


@pytest.mark.parametrize("manifest_type", ["hls", "dash"])
def test_the_picture_is_bright_and_moves_and_there_is_sound(
    page: Page, cinema: Cinema, manifest_type: str
) -> None:
    arrive_signed_in(page)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}?format={manifest_type}")

    wait_until_past(page, 2)
    early = look(page)
    wait_until_past(page, 4)
    late = look(page)

    # Measured of the film itself at these seconds: light 211 and 216, spread 24 and 37.
    assert min(early.mean, late.mean) > 100
    assert min(early.spread, late.spread) > 10
    assert early.difference(late) > 1
    assert late.lines > 0
    assert page.evaluate(_SOUND) > 0
