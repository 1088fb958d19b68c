"""The shows of ``demo``: which clip each one is, and what there is to say of it."""

from dataclasses import dataclass
from pathlib import Path

from showsondemand.shows.schemas import Series, ShowChanges

CLIPS = Path(__file__).parents[1] / "demo_clips"  # where each comes from: LICENCES.md in there
_SERIES = "Big Buck Bunny: Who Is Who"
_OPEN_MOVIE_CAST = ["Big Buck Bunny", "Frank", "Rinky", "Gimera"]


@dataclass(frozen=True)
class DemoShow:
    """A clip of ``demo_clips`` and its description. One that is not approved waits for a reviewer."""

    file: str
    title: str
    described: ShowChanges
    is_approved: bool = True

    @property
    def clip(self) -> Path:
        return CLIPS / self.file


def _episode(number: int, file: str, title: str, synopsis: str, cast: list[str]) -> DemoShow:
    return DemoShow(
        file,
        title,
        ShowChanges(
            synopsis=synopsis,
            genres=["Animation", "Comedy"],
            tags=["open movie", "blender", "cut from a trailer"],
            cast=cast,
            directors=["Sacha Goedegebuure"],
            language="en",
            release_year=2008,
            maturity_rating="All",
            series=Series(title=_SERIES, season=1, episode=number),
        ),
    )


# Brought in and published in this order: the last is the newest, and so opens the viewers' first page.
LIBRARY = (
    DemoShow(
        "hello-world.mp4",
        "Hello World: First Steps in a Shell",
        ShowChanges(
            synopsis="A teacher in a corner of the screen, a terminal in the rest of it, and the first command. "
            "Recorded as MPEG-2 in 4:3. It waits for your verdict in the review queue.",
            genres=["Education", "Technology"],
            tags=["screencast", "terminal"],
            directors=["João Eriberto Mota Filho"],
            maturity_rating="All",
        ),
        is_approved=False,
    ),
    DemoShow(
        "a-ball-in-flight.mp4",
        "A Ball in Flight",
        ShowChanges(
            synopsis="A hand, a ball, a blackboard. Filmed for a lesson in mechanics, to be measured frame by "
            "frame, with the oblong pixels of a PAL camera.",
            genres=["Education", "Science"],
            tags=["physics", "experiment", "no sound"],
            maturity_rating="All",
        ),
    ),
    DemoShow(
        "a-small-machine.mp4",
        "A Small Machine",
        ShowChanges(
            synopsis="Yellow beams, a red frame, a blue rotor: a toy that turns, seen from up close and without "
            "a word.",
            genres=["Technology", "Short film"],
            tags=["toy", "no sound"],
            maturity_rating="All",
        ),
    ),
    DemoShow(
        "a-patient-dog.mp4",
        "A Patient Dog",
        ShowChanges(
            synopsis="It waits. It looks up. It waits on. A second and a half from a telephone, played there and "
            "back again.",
            genres=["Animals", "Short film"],
            tags=["dog", "telephone", "loop", "no sound"],
            directors=["João Eriberto Mota Filho"],
            maturity_rating="All",
        ),
    ),
    DemoShow(
        "city-at-midnight.mp4",
        "City at Midnight",
        ShowChanges(
            synopsis="Towers of glass with every light on, and nobody to be seen. A time lapse that looks "
            "straight up.",
            genres=["Documentary", "Short film"],
            tags=["city", "night", "architecture", "no sound"],
            maturity_rating="All",
        ),
    ),
    DemoShow(
        "webb-in-the-clean-room.mp4",
        "Webb in the Clean Room",
        ShowChanges(
            synopsis="The mirror and instruments of the James Webb Space Telescope, in one of the largest clean "
            "rooms of the world: NASA's Goddard Space Flight Center in Greenbelt, Maryland.",
            genres=["Documentary", "Science"],
            tags=["space", "telescope", "nasa", "captions"],
            language="en",
            maturity_rating="All",
        ),
    ),
    _episode(
        4,
        "revenge-is-coming.mp4",
        "Revenge Is Coming",
        "Everybody has a limit. His has just been reached, and the picture loses its colours over it.",
        ["Big Buck Bunny"],
    ),
    _episode(
        3,
        "three-rodent-pests.mp4",
        "Three Rodent Pests",
        "They have a tree, time on their hands, and something prickly to throw. Then they meet a bunny.",
        _OPEN_MOVIE_CAST,
    ),
    _episode(
        2,
        "a-slightly-overweight-bunny.mp4",
        "A (Slightly Overweight) Bunny",
        "Morning in the meadow. Somebody very large wakes up in a very small cave, and is glad of the day.",
        ["Big Buck Bunny"],
    ),
    _episode(
        1,
        "an-unlucky-bird.mp4",
        "An Unlucky Bird",
        "It sits on its branch and sings. What could possibly go wrong?",
        ["An unlucky bird"],
    ),
    DemoShow(
        "big-buck-bunny-trailer.mp4",
        "Big Buck Bunny",
        ShowChanges(
            synopsis="A bunny with a heart bigger than himself has a quiet life, until three rodents take to "
            "bullying whoever is smaller. The trailer of the Blender Foundation's second open movie, with its "
            "words in four languages.",
            genres=["Animation", "Comedy", "Short film"],
            tags=["open movie", "blender", "trailer", "captions"],
            cast=_OPEN_MOVIE_CAST,
            directors=["Sacha Goedegebuure"],
            language="en",
            release_year=2008,
            maturity_rating="All",
        ),
    ),
)
