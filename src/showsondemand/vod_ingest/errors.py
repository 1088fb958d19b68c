"""What can go wrong between a film and a show."""

from showsondemand.errors import (
    Conflict,
    Invalid,
    Malformed,
    NotFound,
    TooLarge,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)


class IngestJobNotFound(NotFound):
    title = "There is no such ingest job"


class JobNotRetryable(Conflict):
    title = "Only a job that failed or was cancelled can be tried again"


class JobNotCancellable(Conflict):
    title = "The job has ended already"


class JobEnded(Conflict):
    title = "The job has ended: there is nothing left to bring forward"


class FilmIsShow(Conflict):
    title = "The film has become a show: change the show"


class TooManyStreams(TooManyRequests):
    title = "This session follows too many jobs at once"


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


class HookBusy(Unavailable):
    title = "The event could not be taken in time"


class CertificateAway(Unavailable):
    title = "The certificate of SNS could not be read"


class EventNotFound(NotFound):
    title = "There is no such event"


class TitleRefused(Invalid):
    title = "The title cannot be used"


class UploadNotFound(NotFound):
    title = "There is no such upload"


class PartNotFound(NotFound):
    title = "The upload has no part of that number"


class PartAddressRefused(Unauthenticated):
    title = "That is no address for a part, or not any more"


class PartSizeWrong(Invalid):
    title = "The part has not the size that was agreed"


class UploadIncomplete(Conflict):
    title = "Parts of the upload are missing or wrong"


class UploadEnded(Conflict):
    title = "The upload has ended already"


class FilmTypeRefused(Invalid):
    title = "Files of that type are not taken"


class TooManyUploads(TooManyRequests):
    title = "Too many uploads for now"


class QuotaExceeded(TooLarge):
    title = "There is no room left for films of this account"
