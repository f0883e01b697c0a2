"""An archive holds 10,001 files."""

from zipfile import ZipFile


def break_it(_: object) -> None:
    with ZipFile("exports.zip", "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}.csv", "")
