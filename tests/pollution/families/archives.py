"""Archives: complete, cut off, or damaged."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable, Iterator

import pyarrow as pa

from tests.pollution.clean import customers, text
from tests.pollution.pollution import ALL, Pollution, hurt, whole

CELLS = customers(ALL)


def zipped(data: bytes, name: str = "customers.csv", **others: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in {name: data, **others}.items():
            archive.writestr(zipfile.ZipInfo(each), content)
    return out.getvalue()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gz": lambda data: gzip.compress(data, mtime=0),
    "zip": zipped,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": lambda data: pa.compress(data, "zstd", asbytes=True),
    "gz in gz": lambda data: gzip.compress(gzip.compress(data, mtime=0), mtime=0),
    "gz in zip": lambda data: zipped(gzip.compress(data, mtime=0), "customers.csv.gz"),
    "two gz": lambda data: gzip.compress(data[:500], mtime=0) + gzip.compress(data[500:], mtime=0),
    "zip with a folder of another system": lambda data: zipped(data, "a/customers.csv", **{"__MACOSX/a/._customers.csv": b"\0\5\x16\7"}),
    "zip with a readme": lambda data: zipped(data, readme=b"hello"),
}
INSIDE = {
    "plain": text(CELLS).encode(),
    "; and utf-16": text(CELLS, ";", end="\r\n").encode("utf-16"),
    "a preamble": ("Report\n\n" + text(CELLS)).encode(),
}


def pollutions() -> Iterator[Pollution]:
    for name, pack in PACKED.items():
        for inside, data in INSIDE.items():
            packed = pack(data)
            yield whole(f"{name}, {inside}", packed)
        packed = pack(INSIDE["plain"])
        for share in (1, 50, 99):
            yield hurt(f"{name}, {share} % of it", packed[: len(packed) * share // 100])
        middle = len(packed) // 2
        yield hurt(f"{name}, damaged", packed[:middle] + bytes([packed[middle] ^ 0x55]) + packed[middle + 1 :])
