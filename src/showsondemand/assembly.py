"""Puts the parts of a process together by its settings."""

import asyncio
import tempfile
from pathlib import Path

from redis.asyncio import Redis

from showsondemand import tables  # noqa: F401 - a process that uses one table must know those that it refers to
from showsondemand.adapters.analyser.port import Analyser
from showsondemand.adapters.analyser.technical import TechnicalAnalyser
from showsondemand.adapters.delivery.cloudfront import CloudFront
from showsondemand.adapters.delivery.port import Delivery
from showsondemand.adapters.fetcher.guarded import GuardedFetcher
from showsondemand.adapters.notifier.log import LogNotifier
from showsondemand.adapters.notifier.port import Notifier
from showsondemand.adapters.notifier.smtp import SmtpNotifier, Submission
from showsondemand.adapters.pictures.ffmpeg import FfmpegPictures
from showsondemand.adapters.storage.local import LocalStorage
from showsondemand.adapters.storage.port import Storage
from showsondemand.adapters.texts.port import TextMessenger
from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.adapters.transcoder.remote.external import ExternalTranscoder
from showsondemand.adapters.transcoder.remote.mediaconvert_request import Payer
from showsondemand.adapters.transcoder.remote.port import RemoteTranscoder
from showsondemand.admin import personal_data as admin_data
from showsondemand.auth import personal_data as auth_data
from showsondemand.auth.identity import IdentityDirectory
from showsondemand.auth.passwords import PasswordHasher
from showsondemand.cache import Cache
from showsondemand.config import Settings
from showsondemand.database import REQUEST_STATEMENT_MILLISECONDS, Database, plain_url
from showsondemand.notices import Notices
from showsondemand.pagination import Cursors
from showsondemand.pem_keys import delivery_key
from showsondemand.rates import Rates
from showsondemand.review_settings import AnalyserName
from showsondemand.signing import load_key_ring
from showsondemand.throttle import Throttle
from showsondemand.token_keys import token_keys
from showsondemand.tokens import AccessTokens
from showsondemand.transcoder_settings import TranscoderKind
from showsondemand.users import personal_data as users_data
from showsondemand.wiring import Wiring

_MEDIA_FOLDER = "media"


def build_wiring(
    settings: Settings, database_url: str, *, statement_milliseconds: int = REQUEST_STATEMENT_MILLISECONDS
) -> Wiring:
    """The parts, not yet started. Nothing is connected to before ``Wiring.start``."""
    keys = load_key_ring(settings)
    notices = Notices(plain_url(database_url))
    database = Database(database_url, notices, statement_milliseconds=statement_milliseconds)
    identities = IdentityDirectory(database, notices)
    redis = Redis.from_url(settings.cache.redis_url) if settings.cache.redis_url else None
    storage = _storage(settings)
    guarded = GuardedFetcher(allow_private=settings.fetching.allow_private)
    return Wiring(
        settings=settings,
        keys=keys,
        database=database,
        notices=notices,
        cache=Cache(notices, redis),
        storage=storage,
        delivery=_delivery(settings),
        transcoder=FfmpegTranscoder(ffmpeg=find_ffmpeg(settings.media.ffmpeg)),
        analyser=_analyser(settings),
        remote_transcoder=_remote_transcoder(settings, storage),
        fetcher=guarded,
        webhooks=guarded,
        texts=_texts(settings),
        pictures=FfmpegPictures(ffmpeg=find_ffmpeg(settings.media.ffmpeg)),
        access_tokens=AccessTokens(*token_keys(settings, keys)),
        cursors=Cursors(keys),
        identify=identities.identify,
        remembered=identities.remembered,
        identify_machine=identities.identify_machine,
        hasher=PasswordHasher(),
        throttle=Throttle(database, redis),
        rates=Rates() if settings.security.rates_limited(production=settings.is_production) else None,
        notifier=_notifier(settings),
        personal_data=(
            *users_data.PERSONAL_DATA,
            *auth_data.PERSONAL_DATA,
            *admin_data.PERSONAL_DATA,
        ),
    )


def _remote_transcoder(settings: Settings, storage: Storage) -> RemoteTranscoder | None:
    """Who encodes films elsewhere; ``None`` where they are transcoded here."""
    kind = settings.transcoding.kind
    place = f"{(settings.storage.url or '').rstrip('/')}/"
    if kind is TranscoderKind.EXTERNAL:

        async def put(content: bytes, key: str) -> None:
            with tempfile.TemporaryDirectory(dir=settings.data_folder) as folder:
                file = Path(folder) / "content"
                await asyncio.to_thread(file.write_bytes, content)
                await storage.adopt_file(file, key)

        return ExternalTranscoder(put, place.removeprefix("s3://").partition("/")[2])
    if kind is TranscoderKind.FFMPEG or settings.transcoding.role is None:
        return None
    from showsondemand.adapters.transcoder.remote.mediaconvert import (  # noqa: PLC0415 - as large as what reads buckets
        MediaConvertPlace,
        MediaConvertTranscoder,
    )

    endpoint = settings.transcoding.endpoint_url or settings.storage.endpoint_url
    return MediaConvertTranscoder(
        place,
        Payer(settings.transcoding.role, settings.transcoding.queue),
        MediaConvertPlace(settings.storage.region, str(endpoint).rstrip("/") if endpoint else None),
        settings.transcoding.ladder,
    )


def _texts(settings: Settings) -> TextMessenger | None:
    """By SNS where a sender is named; there is no other way."""
    if settings.texts.sender is None:
        return None
    from showsondemand.adapters.texts.sns import SnsTexts  # noqa: PLC0415 - as large as what reads buckets

    endpoint = settings.storage.endpoint_url
    return SnsTexts(settings.texts.sender, settings.storage.region, str(endpoint) if endpoint else None)


def _analyser(settings: Settings) -> Analyser | None:
    """Whoever ``ANALYSER`` names."""
    named = settings.reviews.analyser
    if named is AnalyserName.NONE:
        return None
    if named is AnalyserName.TECHNICAL:
        return TechnicalAnalyser(ffmpeg=find_ffmpeg(settings.media.ffmpeg))
    from showsondemand.adapters.analyser.rekognition import RekognitionAnalyser  # noqa: PLC0415 - as large

    storage = settings.storage
    endpoint = str(storage.endpoint_url).rstrip("/") if storage.endpoint_url else None
    return RekognitionAnalyser(storage.bucket or "", storage.prefix or "", storage.region, endpoint)


def _notifier(settings: Settings) -> Notifier:
    """Mail by ``SMTP_URL``; without it the log, which shows links only where its reader is the developer."""
    url = settings.mail.smtp_url
    if url is None:
        return LogNotifier(shows_text=not settings.is_production)
    sender = settings.mail.sender or f"no-reply@{settings.public_base_url.host}"
    return SmtpNotifier(Submission.from_url(url.get_secret_value()), sender=sender)


def _storage(settings: Settings) -> Storage:
    """The bucket of ``STORAGE_URL``, or a folder of this machine."""
    storage = settings.storage
    if storage.url is None:
        return LocalStorage(settings.data_folder / _MEDIA_FOLDER)
    # A tenth of the memory and a sixth of the start of a process that needs none of it.
    from showsondemand.adapters.storage.s3 import S3Storage  # noqa: PLC0415
    from showsondemand.adapters.storage.s3_bucket import S3Place  # noqa: PLC0415

    endpoint = str(storage.endpoint_url).rstrip("/") if storage.endpoint_url else None
    return S3Storage(S3Place(storage.bucket or "", storage.prefix or "", endpoint, storage.region))


def _delivery(settings: Settings) -> Delivery | None:
    """By CloudFront where there is a key to sign with: without one no network would keep strangers out."""
    media = settings.media
    if not media.cdn_url or not media.cloudfront_private_key or not media.cloudfront_key_pair_id:
        return None
    return CloudFront(
        base_url=media.cdn_url,
        storage_prefix=settings.storage.prefix,
        cookie_domain=settings.cdn_cookie_domain,
        key_pair_id=media.cloudfront_key_pair_id,
        key=delivery_key(media.cloudfront_private_key.get_secret_value()),
    )
