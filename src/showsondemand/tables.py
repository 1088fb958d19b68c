"""Every table in one place, for migrations and for whoever compares them with the database."""

from showsondemand.admin.analyses.models import Analysis
from showsondemand.admin.models import Review, ReviewClaim
from showsondemand.admin.notifications.models import Delivery, Subscription
from showsondemand.audit import AuditEntry
from showsondemand.auth.mail_models import MailedLink, OutgoingMail
from showsondemand.auth.models import ApiKey, Credential, SignInSession
from showsondemand.database import Base
from showsondemand.shows.models import SearchWord, Show
from showsondemand.throttle import ThrottleCount
from showsondemand.users.models import AdminUser, User, WatchlistEntry, WatchProgress
from showsondemand.vod_ingest.models import IngestEvent, IngestJob
from showsondemand.vod_ingest.upload_models import Upload

TABLES: tuple[type[Base], ...] = (
    User,
    AdminUser,
    Credential,
    SignInSession,
    ApiKey,
    MailedLink,
    OutgoingMail,
    Show,
    SearchWord,
    Review,
    ReviewClaim,
    Analysis,
    Subscription,
    Delivery,
    WatchProgress,
    WatchlistEntry,
    ThrottleCount,
    AuditEntry,
    IngestJob,
    IngestEvent,
    Upload,
)
