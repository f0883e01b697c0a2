"""A zip file without the time at which it was written."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)


def without_clock(content: bytes) -> bytes:
    """Return the same archive with a fixed time for each file."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for each in source.infolist():
            info = ZipInfo(each.filename, EPOCH)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            archive.writestr(info, source.read(each))
    return target.getvalue()
