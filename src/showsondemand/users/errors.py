"""What can be wrong with an account."""

from showsondemand.errors import Conflict, NotFound


class UserNotFound(NotFound):
    title = "There is no such user"


class EmailTaken(Conflict):
    title = "There is an account with this e-mail address already"


class NotWatched(NotFound):
    title = "The show has not been watched"


class LastAdmin(Conflict):
    title = "Somebody has to remain an administrator"
