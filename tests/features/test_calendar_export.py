"""The end of a rental as a calendar's event: by RFC 5545, whatever the film is called."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from player_app.core.storage_errors import DiskFull, FolderUnusable
from player_app.features.calendar_export import calendar_text, file_name, save_calendar

ENDS = int(datetime(2026, 12, 20, 14, 5, tzinfo=UTC).timestamp())
MADE = ENDS - 30 * 86_400


def text_of(title: str = "The Wire", *, made_at: int = MADE, starts: bool = False) -> str:
    return calendar_text(
        film_id="film-22", title=title, ends_at=ENDS, made_at=made_at, starts=starts
    )


def lines_of(text: str) -> list[str]:
    """Unfolded, as a calendar reads them."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def value_of(text: str, name: str) -> str:
    """As it was before it was escaped."""
    line = next(each for each in lines_of(text) if each.startswith(f"{name}:"))
    value, out, at = line.partition(":")[2], "", 0
    while at < len(value):
        escaped = value[at] == "\\"
        letter = value[at + 1] if escaped else value[at]
        out += "\n" if escaped and letter in "nN" else letter
        at += 2 if escaped else 1
    return out


def test_an_event_is_at_the_end_in_utc_and_reminds_a_day_before() -> None:
    assert lines_of(text_of()) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Verite//Verite player//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:film-22-{ENDS}@verite",
        "DTSTAMP:20261120T140500Z",
        "DTSTART:20261220T140500Z",
        "SUMMARY:Last moment to watch: The Wire",
        "DESCRIPTION:Your rental of The Wire in Verité.",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT24H",
        "DESCRIPTION:Last moment to watch: The Wire",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_a_rental_that_waits_to_be_started_says_so() -> None:
    assert "SUMMARY:Last moment to start: The Wire" in lines_of(text_of(starts=True))


@pytest.mark.parametrize(
    ("left_s", "trigger"), [(86_401, "-PT24H"), (86_400, "-PT1H"), (60, "-PT1H")]
)
def test_where_less_than_a_day_is_left_it_reminds_an_hour_before(left_s: int, trigger: str) -> None:
    assert f"TRIGGER:{trigger}" in lines_of(text_of(made_at=ENDS - left_s))


def test_what_has_a_meaning_in_a_calendar_is_escaped() -> None:
    assert "SUMMARY:Last moment to watch: Salt\\; or\\, The Sea\\\\Road\\nagain" in lines_of(
        text_of("Salt; or, The Sea\\Road\nagain")
    )


def test_the_same_end_is_the_same_event() -> None:
    assert value_of(text_of(made_at=MADE), "UID") == value_of(text_of(made_at=MADE + 99), "UID")


@pytest.mark.parametrize(
    "title",
    [
        "Salt; or, The Sea\\Road",
        "Two\nLines",
        "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:another",
        "映画" * 60,
        "🎞" * 40,
        "é" * 90,
        "tab\tand\x00null\x07bell",
        "",
    ],
)
def test_no_title_breaks_out_of_its_line(title: str) -> None:
    text = text_of(title)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert [line for line in lines_of(text) if line.startswith("BEGIN:")] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "BEGIN:VALARM",
    ]
    plain = "".join(each for each in title if each.isprintable() or each.isspace())
    said = " ".join(value_of(text, "SUMMARY").split())
    assert said == " ".join(f"Last moment to watch: {plain}".split())


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Wire", "The Wire (end of rental)"),
        ("../../etc/passwd", "etc passwd (end of rental)"),
        ("C:\\Windows\\NUL", "C Windows NUL (end of rental)"),
        ("CON", "CON (end of rental)"),
        ("...", "Film (end of rental)"),
        ("", "Film (end of rental)"),
    ],
)
def test_a_title_makes_the_name_of_a_file(title: str, name: str) -> None:
    assert file_name(title) == name


def test_the_longest_title_makes_a_name_that_file_systems_take(tmp_path: Path) -> None:
    path = save_calendar(tmp_path, "映画" * 200, text_of())

    assert len(path.name.encode()) < 200
    assert path.exists()


def test_what_is_saved_is_what_was_made_and_nothing_is_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "Downloads"

    first = save_calendar(folder, "The Wire", text_of())
    second = save_calendar(folder, "The Wire", text_of(starts=True))

    assert (first.name, second.name) == (
        "The Wire (end of rental).ics",
        "The Wire (end of rental) 2.ics",
    )
    assert first.read_bytes().decode() == text_of()
    assert second.read_bytes().decode() == text_of(starts=True)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "Downloads").write_text("")

    with pytest.raises(FolderUnusable):
        save_calendar(tmp_path / "Downloads", "The Wire", text_of())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/dev/full is Linux's")
def test_a_full_disk_is_told_and_leaves_no_half_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Path("/dev/full")
    opened = Path.open

    def open_full(path: Path, mode: str = "r") -> object:
        opened(path, mode).close()
        return opened(full, "wb", buffering=0)

    monkeypatch.setattr(Path, "open", open_full)

    with pytest.raises(DiskFull):
        save_calendar(tmp_path / "Downloads", "The Wire", text_of())

    assert list((tmp_path / "Downloads").iterdir()) == []
