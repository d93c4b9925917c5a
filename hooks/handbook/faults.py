"""What the machine refused, said in both languages."""

from __future__ import annotations

import errno

from handbook.interface import both

_KINDS = {
    errno.ENOSPC: "fault.full",
    errno.EDQUOT: "fault.full",
    errno.EFBIG: "fault.full",
    errno.EACCES: "fault.denied",
    errno.EPERM: "fault.denied",
    errno.EROFS: "fault.denied",
}


def explain(error: OSError) -> str:
    """What went wrong with which file, and what to do where that is plain."""
    what = both(_KINDS.get(error.errno or 0, "fault.other"))
    return f"{what}: {error.filename or ''} ({error.strerror})"
