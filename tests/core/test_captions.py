"""Which cues are on screen, and when that changes."""

from __future__ import annotations

import pytest

from player_app.core.captions import Cue, active, next_change_ms

CUES = (Cue(1_000, 3_000, "a"), Cue(2_000, 2_500, "b"), Cue(5_000, 6_000, "c"))


@pytest.mark.parametrize(
    ("position_ms", "words", "next_ms"),
    [
        (0, "", 1_000),
        (999, "", 1_000),
        (1_000, "a", 2_000),
        (2_000, "ab", 2_500),
        (2_500, "a", 3_000),
        (3_000, "", 5_000),
        (5_999, "c", 6_000),
        (6_000, "", None),
    ],
)
def test_a_cue_is_shown_from_its_start_until_before_its_end(
    position_ms: int, words: str, next_ms: int | None
) -> None:
    assert "".join(cue.text for cue in active(CUES, position_ms)) == words
    assert next_change_ms(CUES, position_ms) == next_ms
