"""What can go wrong with a show."""

from showsondemand.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    PreconditionFailed,
    Unauthenticated,
    Unavailable,
)


class ShowNotFound(NotFound):
    title = "There is no such show"


class SeriesNotFound(NotFound):
    title = "There is no such series"


class NoNextEpisode(NotFound):
    title = "No episode comes after this one"


class NothingToPlay(Conflict):
    title = "The show has no stream yet"


class IllegalStateChange(Conflict):
    title = "The show cannot go from its present state to that one"


class ShowChanged(PreconditionFailed):
    title = "The show was changed since you read it"


class ForeignMediaHost(Invalid):
    title = "Streams may not come from there"


class EndsBeforeItBegins(Invalid):
    title = "The availability window ends before it begins"


class EpisodeOfNoSeries(Invalid):
    title = "An episode belongs to a series"


class MarkerBeyondTheEnd(Invalid):
    title = "A marker reaches beyond the end of the film"


class GrantMissing(Unauthenticated):
    title = "Media play with a grant only"


class GrantRefused(Forbidden):
    title = "The grant is not valid for this"


class MediaAway(Unavailable):
    title = "The storage of the media does not answer"


class MediaNotFound(NotFound):
    title = "There is no such media file"
