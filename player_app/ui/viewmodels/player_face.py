"""What the player's screen shows, as values made by pure functions."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from player_app.core.catalogue import AudioRole, Chapter, Film
from player_app.core.playback import RATES, Phase, PlaybackState
from player_app.core.stall import standing_since
from player_app.core.storage_errors import StorageError
from player_app.core.stream import CaptionFile, Rendition
from player_app.core.stream_errors import EngineFailed
from player_app.ui import formatting
from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import ACTION_LABELS

NAMED_AFTER_S, UNTROUBLED_NAMED_AFTER_S = 2.0, 3.0
"""So long the picture stands still before the screen says why: where something failed, or not."""

SILENT_AFTER_S = 2.0

REFUSED_FOR_S = 8.0

AGAIN = "again"


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    id: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChapterMark:
    startMs: int
    title: str


@dataclass(frozen=True, slots=True)
class Card:
    """What lies over the picture when it is over: a sentence and one action."""

    title: str = ""
    text: str = ""
    action: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class MovingFace:
    """What changes while a film plays; the viewer can do something about a `reconnecting` one."""

    opening: bool = True
    playing: bool = False
    position_ms: int = 0
    position_text: str = "0:00"
    buffered_ms: int = 0
    chapter: str = ""
    message: str = ""
    reconnecting: bool = False
    card: Card = Card()


def moving_face(state: PlaybackState, chapters: tuple[Chapter, ...], now: float) -> MovingFace:
    """The state as the viewer sees it at `now`."""
    position_ms = state.position_ms(now)
    reconnecting = waiting_line(state, now)
    return MovingFace(
        opening=state.phase is Phase.OPENING and state.picture_at <= 0,
        playing=is_to_play(state),
        position_ms=position_ms,
        position_text=formatting.position(position_ms),
        buffered_ms=buffered_until(state, position_ms),
        chapter=chapter_at(chapters, position_ms),
        message=reconnecting or refused_line(state, now),
        reconnecting=reconnecting != "",
        card=card_of(state),
    )


def is_to_play(state: PlaybackState) -> bool:
    """Whether the film plays, or would if it could: what the viewer can pause."""
    moves = state.phase in (Phase.OPENING, Phase.PLAYING, Phase.STALLED)
    return moves and not state.pauses


def buffered_until(state: PlaybackState, position_ms: int) -> int:
    """To where the film is here without a gap, from the position on."""
    for start_ms, end_ms in state.supply.buffered:
        if start_ms <= position_ms < end_ms:
            return end_ms
    return position_ms


def chapter_at(chapters: tuple[Chapter, ...], position_ms: int) -> str:
    place = bisect_right(chapters, position_ms, key=lambda chapter: chapter.start_ms)
    return chapters[place - 1].title if place else ""


def waiting_line(state: PlaybackState, now: float) -> str:
    """Why the viewer waits for a picture, once that has lasted for a while."""
    since, supply = standing_since(state), state.supply
    if since is None or now - since < NAMED_AFTER_S:
        return ""
    if supply.trouble is not None:
        return f"Reconnecting… {message_for(supply.trouble).text}"
    if now - since < UNTROUBLED_NAMED_AFTER_S:
        return ""
    if now - max(supply.heard_at, since) > SILENT_AFTER_S:
        return "Waiting for the film… Nothing comes from the service just now."
    return "Waiting for the film… The connection is slow just now."


def refused_line(state: PlaybackState, now: float) -> str:
    """Why the film did not change as the viewer wished, for a moment."""
    if state.refused is not None and now - state.refused_at < REFUSED_FOR_S:
        return f"The film goes on as it was. {message_for(state.refused).text}"
    return ""


def card_of(state: PlaybackState) -> Card:
    if state.phase is Phase.ENDED:
        return Card("The end", "Thank you for watching.", AGAIN, "Play again")
    if state.phase is Phase.FAILED and state.cause is not None:
        return failure_card(state.cause)
    return Card()


def failure_card(error: Exception) -> Card:
    message = message_for(error)
    action = message.action
    if isinstance(error, EngineFailed) and not action:
        action = "retry"
    return Card(message.title, message.text, action, ACTION_LABELS[action])


def unkept_card(error: StorageError | None) -> Card:
    """What is said over the picture, once, while the film plays on."""
    if error is None:
        return Card()
    message = message_for(error)
    text = f"Your place in this film is not being kept. {message.title}: {message.text}"
    return Card(message.title, text, message.action, ACTION_LABELS[message.action])


def facts_of(film: Film) -> str:
    return formatting.joined(formatting.year(film.year), ", ".join(film.directors))


def backdrop_of(film: Film | None) -> str:
    """The SHA-256 of the picture behind *opening*, "" without one."""
    file = film.backdrop.at_least(960) if film is not None and film.backdrop is not None else None
    return file.sha256 if file is not None else ""


def place_text(chapters: tuple[Chapter, ...], position_ms: int) -> str:
    """Beside the pointer on the timeline."""
    return formatting.joined(formatting.position(position_ms), chapter_at(chapters, position_ms))


def rate_text(rate: float) -> str:
    return f"{rate:g}×"


def rate_lines(now: float) -> tuple[ChoiceLine, ...]:
    return tuple(ChoiceLine(f"{rate:g}", rate_text(rate), rate == now) for rate in RATES)


def next_rate(now: float, step: int) -> float:
    place = min(range(len(RATES)), key=lambda index: abs(RATES[index] - now)) + step
    return RATES[min(max(place, 0), len(RATES) - 1)]


def sound_lines(audios: tuple[Rendition, ...], now: Rendition | None) -> tuple[ChoiceLine, ...]:
    return tuple(
        ChoiceLine(str(index), sound_label(each), each is now) for index, each in enumerate(audios)
    )


def describes(sound: Rendition | None) -> bool:
    return sound is not None and sound.role is AudioRole.DESCRIPTION


def sound_label(audio: Rendition) -> str:
    name = audio.name or audio.language or "Sound"
    if audio.role is AudioRole.DESCRIPTION and "description" not in name.lower():
        return f"{name}, audio description"
    return name


def caption_lines(captions: tuple[CaptionFile, ...], now: int | None) -> tuple[ChoiceLine, ...]:
    lines = [ChoiceLine(str(index), each.name, index == now) for index, each in enumerate(captions)]
    return (ChoiceLine("off", "Off", now is None), *lines)


def quality_lines(
    videos: tuple[Rendition, ...], wish: str, now: Rendition | None
) -> tuple[ChoiceLine, ...]:
    playing = f"Automatic ({quality_label(now)})" if now is not None else "Automatic"
    lines = [ChoiceLine(each.id, quality_label(each), each.id == wish) for each in reversed(videos)]
    return (ChoiceLine("auto", playing, all(each.id != wish for each in videos)), *lines)


def quality_label(video: Rendition | None) -> str:
    return f"{video.height}p" if video is not None and video.height else "Automatic"


def preferred_captions(captions: tuple[CaptionFile, ...], language: str) -> int | None:
    found = (index for index, each in enumerate(captions) if each.language == language)
    return next(found, 0 if captions else None)
