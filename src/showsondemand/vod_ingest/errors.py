"""What can go wrong between a film and a show."""

from showsondemand.errors import (
    Conflict,
    Invalid,
    Malformed,
    NotFound,
    TooLarge,
    Unauthenticated,
    Unavailable,
)


class IngestJobNotFound(NotFound):
    title = "There is no such ingest job"


class JobNotRetryable(Conflict):
    title = "Only a job that failed or was cancelled can be tried again"


class JobNotCancellable(Conflict):
    title = "The job has ended already"


class NotAFilm(Invalid):
    title = "The file cannot be turned into a show"


class UploadUnreadable(Malformed):
    title = "The request holds no readable upload"


class FileMissing(Invalid):
    title = "The form has no file"


class FilmTooLarge(TooLarge):
    title = "The film is larger than this service takes"


class StorageUnavailable(Unavailable):
    title = "The storage does not answer"


class FilmNotChecked(Unavailable):
    title = "The film could not be looked at right now"


class WebhookKeyRefused(Unauthenticated):
    title = "The webhook key is missing or wrong"


class EventNotJson(Malformed):
    title = "The event is not JSON"


class EventNotUnderstood(Invalid):
    title = "The event has no known shape; it was kept for a person to look at"


class EventNotFound(NotFound):
    title = "There is no such event"


class TitleRefused(Invalid):
    title = "The title cannot be used"
