"""What can go wrong in managing shows."""

from showsondemand.errors import Conflict, Forbidden, Invalid, NotFound, TooManyRequests


class PictureRefused(Invalid):
    title = "That cannot be a poster"


class NoFrames(Conflict):
    title = "The show's film cannot be read, so no frame of it can be taken"


class CaptionsRefused(Invalid):
    title = "That cannot be captions"


class CaptionsNotFound(NotFound):
    title = "The show has no captions of that language"


class ClaimedBySomebodyElse(Conflict):
    title = "Another reviewer is watching the show"


class OwnUpload(Forbidden):
    title = "Nobody approves what they brought in themselves"


class TooManyStreamTests(TooManyRequests):
    title = "Too many streams are being tested"


class SubscriptionNotFound(NotFound):
    title = "There is no such subscription"


class DeliveryNotFound(NotFound):
    title = "There is no such delivery"


class VerdictOfPrograms(Invalid):
    title = "Only programs leave a verdict to somebody else"


class ReviewNotFound(NotFound):
    title = "The show has no such review"


class VerdictStands(Conflict):
    title = "The verdict cannot be taken back"


class NotesMissing(Invalid):
    title = "A rejection needs notes that say why"


class NobodyLooksAtFilms(Conflict):
    title = "No program looks at films here: ANALYSER is none"


class NothingToLookAt(Conflict):
    title = "The show has no HLS stream to look at"
