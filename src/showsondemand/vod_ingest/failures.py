"""Why an attempt at a film ended, out of what the adapters raise: for its sender, and for who looks into it."""

from pathlib import Path

from showsondemand.adapters.storage.port import StorageAway
from showsondemand.adapters.transcoder.port import FailureCode, NotAVideo, TranscodeFailed
from showsondemand.vod_ingest.attempts import Failure
from showsondemand.vod_ingest.stream_check import StreamBroken

# What the same film does again the next time; everything else may have been this machine's fault.
_LASTING = frozenset({FailureCode.INCOMPLETE, FailureCode.OUT_OF_BOUNDS})


def failure_of(error: Exception, data_folder: Path) -> Failure:
    """Nothing of ``data_folder``, or where else this machine keeps things, is in it."""
    if isinstance(error, NotAVideo):
        return Failure(error.code.value, error.reason, may_pass=False)
    if isinstance(error, TranscodeFailed):
        # Where this machine keeps things is nobody's business.
        log_tail = error.log_tail.replace(f"{data_folder.resolve()}/", "").replace(f"{data_folder}/", "")
        return Failure(error.code.value, error.detail, log_tail, may_pass=error.code not in _LASTING)
    if isinstance(error, StreamBroken):
        return Failure("stream_broken", str(error))
    if isinstance(error, FileNotFoundError):
        return Failure("source_missing", "The film is not in the storage any more.", may_pass=False)
    if isinstance(error, StorageAway):
        return Failure("storage_away", "The storage could not be reached or is full.")
    return Failure("not_checked", "The film could not be looked at on this machine.")
