"""“Picture Start”: the leader that ran before every film, told on a leader."""

from __future__ import annotations

import skia

from player_app.reference_service.studio import sound
from player_app.reference_service.studio.canvas import curtain, vignette
from player_app.reference_service.studio.film import Chapter, Film, Line, Samples, SoundCue
from player_app.reference_service.studio.films.picture_start_leader import Leader
from player_app.reference_service.studio.films.picture_start_machine import Machine

_LENGTH_S = 60


def film() -> Film:
    return Film(
        slug="picture-start",
        title="Picture Start",
        length_s=_LENGTH_S,
        draw=_Pictures().draw,
        music=_music,
        lines=_LINES,
        cues=_CUES,
        chapters=_CHAPTERS,
        stills_s=(2.9, 22.63, 43.2, 51.3),
        wears_edge_code=True,
        bits_720=225_000,
        bits_360=85_000,
    )


class _Pictures:
    """The film's scenes, with the paper and the drawings they keep."""

    def __init__(self) -> None:
        self._leader = Leader()
        self._machine = Machine()

    def draw(self, canvas: skia.Canvas, t: float) -> None:
        scenes = (
            (5.0, self._leader.title),
            (15.0, self._machine.projector),
            (25.084, self._leader.countdown),
            (35.2, self._leader.pip),
            (40.0, self._machine.margin),
            (45.2, self._machine.bin),
            (55.0, self._machine.changeover),
            (61.0, self._machine.auditorium),
        )
        for until_s, scene in scenes:
            if t < until_s:
                scene(canvas, t)
                break
        self._leader.wear(canvas, t)
        vignette(canvas, "#120a05", 0.62)
        curtain(canvas, t, "#000000", open_s=0.8, close_s=(58.7, 59.8))


_LINES = (
    Line(
        0.9,
        "Before every film, there was another film.",
        "Avant chaque film, il y en avait un autre.",
    ),
    Line(
        6.0,
        "It was called the leader, and you were never meant to see it.",
        "On l’appelait l’amorce, et vous n’étiez pas censé la voir.",
    ),
    Line(
        10.1,
        "Threaded up in the dark, it carried the machine to speed.",
        "Chargée dans le noir, elle lançait la machine à sa vitesse.",
    ),
    Line(
        15.9,
        "In 1930, Hollywood gave it numbers, one for every foot.",
        "En 1930, Hollywood lui donna des nombres, un par pied de pellicule.",
        "In nineteen thirty, Hollywood gave it numbers, one for every foot.",
    ),
    Line(
        20.2,
        "Then came the clock: one turn, one second.",
        "Puis vint l’horloge : un tour, une seconde.",
    ),
    Line(
        26.0,
        "At two, the numbers stop. On that frame sits a single pip of sound.",
        "À deux, le décompte s’arrête. Sur cette image, un seul bip.",
    ),
    Line(
        30.6,
        "If picture and sound meet there, they will never part.",
        "Si l’image et le son s’y rejoignent, ils ne se quittent plus.",
    ),
    Line(
        35.9,
        "And along the margin ran the edge code,",
        "Et le long de la marge courait le code de bord,",
    ),
    Line(
        38.9,
        "so that out of ten thousand feet, hanging in a bin,",
        "pour que, parmi trois mille mètres suspendus dans un chutier,",
    ),
    Line(42.0, "one frame could still be found.", "une image puisse encore être retrouvée."),
    Line(
        45.95,
        "Near the end, a mark in the corner: start the motor.",
        "Vers la fin, une marque dans le coin : lancez le moteur.",
    ),
    Line(50.3, "And a second mark. Change over.", "Puis une seconde marque. On change d’appareil."),
    Line(
        56.1,
        "And nobody in the dark noticed a thing.",
        "Et personne, dans le noir, n’avait rien remarqué.",
    ),
)

_CUES = (
    SoundCue(0.0, 0.85, "projector starts"),
    SoundCue(5.0, 5.8, "tone"),
    SoundCue(13.6, 14.4, "piano and projector"),
    SoundCue(15.0, 15.8, "tone"),
    SoundCue(25.0, 25.8, "tone"),
    SoundCue(35.0, 35.7, "tone"),
    SoundCue(45.0, 45.8, "tone"),
    SoundCue(55.0, 55.9, "tone"),
    SoundCue(59.0, 60.0, "projector runs down"),
)

_CHAPTERS = (
    Chapter(0, "The other film"),
    Chapter(15, "Countdown"),
    Chapter(25, "The pip at two"),
    Chapter(35, "Edge code"),
    Chapter(45, "Changeover"),
)


def _music() -> Samples:
    track = sound.silence(_LENGTH_S)
    whir = sound.noise(_LENGTH_S, 300, 1900, 3) * 0.05
    beat = sound.silence(_LENGTH_S)
    click = sound.noise(0.02, 900, 3500, 5) * sound.curve(0.02, [(0, 1), (0.02, 0)])
    for number in range(_LENGTH_S * 12):
        sound.lay(beat, click, number / 12, 0.022)
    running = sound.curve(_LENGTH_S, [(0, 0), (1.6, 1), (57, 0.8), (60, 0)])
    track += (whir + beat) * running * 0.5
    chords = ((50, 57, 62, 65), (46, 53, 62, 65), (41, 53, 60, 69), (48, 55, 64, 67))
    for bar in range(15):
        chord = chords[bar % 4] if bar < 14 else chords[0]
        start_s = 0.6 + bar * 4
        sound.lay(track, sound.pad(chord, 5.6, 0.35), start_s - 0.4, 0.16)
        for step, tone in enumerate((0, 2, 3, 1, 3, 2)):
            lift = 12 if (bar + step) % 5 else 24
            note = sound.pluck(chord[tone] + lift, 2.4, 1.3)
            sound.lay(track, note, start_s + step * 4 / 6, 0.11)
    return sound.room(track, 2.4, 0.3)
