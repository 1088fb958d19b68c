"""What can go wrong in managing shows."""

from showsondemand.errors import Conflict, Invalid, NotFound


class PictureRefused(Invalid):
    title = "That cannot be a poster"


class NoFrames(Conflict):
    title = "The show's film does not lie here, so no frame of it can be taken"


class CaptionsRefused(Invalid):
    title = "That cannot be captions"


class CaptionsNotFound(NotFound):
    title = "The show has no captions of that language"


class NotesMissing(Invalid):
    title = "A rejection needs notes that say why"
