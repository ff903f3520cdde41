"""“The Brass Sea”: its spoken lines, sounds told of, and chapters."""

from __future__ import annotations

from player_app.reference_service.studio.film import Chapter, Line, SoundCue

LINES = (
    Line(
        2.4,
        "Twice a day, the sea comes up. How far, depends on the moon, the sun,",
        "Deux fois par jour, la mer monte. Jusqu’où ? Cela dépend de la lune, du soleil,",
    ),
    Line(7.2, "and the shape of the shore.", "et de la forme du rivage."),
    Line(
        11.6,
        "In the 1870s, William Thomson, later Lord Kelvin, gave each motion a wheel.",
        "Vers 1870, William Thomson, futur Lord Kelvin, donna une roue à chaque mouvement.",
        "In the eighteen seventies, William Thomson, later Lord Kelvin, gave each motion a wheel.",
    ),
    Line(
        18.4,
        "Each wheel lifts a pulley. One wire runs over them all,",
        "Chaque roue lève une poulie. Un seul fil passe sur toutes,",
    ),
    Line(22.6, "and what the wire does is add.", "et ce que fait le fil, c’est additionner."),
    Line(
        27.8,
        "At its end, a pen. A year of tides, in a few hours.",
        "À son bout, une plume. Une année de marées, en quelques heures.",
    ),
    Line(
        33.0, "Brass, doing the sea’s arithmetic.", "Du laiton, faisant l’arithmétique de la mer."
    ),
    Line(
        37.9,
        "In 1944, Arthur Doodson was asked about a beach he was not told the name of.",
        "En 1944, on interrogea Arthur Doodson sur une plage dont on lui tut le nom.",
        "In nineteen forty-four, Arthur Doodson was asked about a beach "
        "he was not told the name of.",
    ),
    Line(
        44.4,
        "His wheels gave the days. At low water, before the sun was high, the boats came in.",
        "Ses roues donnèrent les jours. À marée basse, de bon matin, les bateaux arrivèrent.",
    ),
)

CUES = (
    SoundCue(0.0, 2.3, "waves, soft music"),
    SoundCue(9.4, 11.4, "clockwork begins"),
    SoundCue(25.0, 27.6, "clockwork, plucked strings"),
    SoundCue(35.4, 37.7, "waves"),
    SoundCue(49.6, 51.6, "waves, fading"),
)

CHAPTERS = (
    Chapter(0, "Twice a day"),
    Chapter(11, "A wheel for each motion"),
    Chapter(27, "The pen"),
    Chapter(37, "Position Z"),
)
