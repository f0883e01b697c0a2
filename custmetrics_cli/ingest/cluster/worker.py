"""The function that Spark runs on its workers.

A worker finds this file in the zip that the driver sends. The package finds its own parts by listing folders, so it is unpacked first.
Nothing is imported at the top, for the same reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

PACKAGE = "custmetrics_cli"


def run_tasks(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Run the packed tasks of a partition, and yield a packed outcome for each."""
    import pyarrow as pa

    leave_zip()
    from custmetrics_cli.ingest.cluster.tasks import run_packed

    for batch in batches:
        for number, task in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True):
            yield pa.RecordBatch.from_arrays(
                [pa.array([number], pa.int32()), pa.array([run_packed(task)], pa.binary())], ["number", "outcome"]
            )


def leave_zip(file: str = __file__) -> None:
    """Import the package from a folder from now on, if it is in a zip."""
    import sys

    zipped = next((parent for parent in Path(file).parents if parent.suffix == ".zip" and parent.is_file()), None)
    if zipped is None:
        return
    folder = str(_unpacked(zipped))
    sys.path[:] = [folder, *(path for path in sys.path if path != folder)]
    modules: dict[str, Any] = sys.modules
    for name in [name for name in modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]:
        del modules[name]


def _unpacked(zipped: Path) -> Path:
    """Unpack a zip beside itself, once for all workers of a machine: the folder gets its name when it is complete."""
    import tempfile
    from contextlib import suppress
    from zipfile import ZipFile

    folder = zipped.with_name(f"{zipped.name}-{zipped.stat().st_size}")
    if not folder.exists():
        unfinished = tempfile.mkdtemp(dir=zipped.parent)
        with ZipFile(zipped) as archive:
            archive.extractall(unfinished)
        with suppress(OSError):  # another worker was faster
            Path(unfinished).rename(folder)
    return folder
