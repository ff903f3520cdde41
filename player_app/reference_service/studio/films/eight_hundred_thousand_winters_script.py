"""“Eight Hundred Thousand Winters”: its spoken lines, sounds told of, and chapters."""

from __future__ import annotations

from player_app.reference_service.studio.film import Chapter, Line, SoundCue

LINES = (
    Line(
        2.2,
        "On the high plain of Antarctica, it snows a little every winter. It never melts.",
        "Sur le haut plateau antarctique, il neige un peu chaque hiver. Rien ne fond.",
    ),
    Line(
        10.9, "Each winter lies down on the one before.", "Chaque hiver se couche sur le précédent."
    ),
    Line(
        14.4,
        "In 2004, a drill at Dome C came to the bottom of more than three kilometres of them.",
        "En 2004, au Dôme C, un foret toucha le fond de plus de trois kilomètres d’hivers.",
        "In two thousand and four, a drill at Dome C came to the bottom "
        "of more than three kilometres of them.",
    ),
    Line(
        20.8,
        "Eight hundred thousand years, in a column as wide as a hand.",
        "Huit cent mille ans, dans une colonne large comme une main.",
    ),
    Line(
        27.0,
        "As snow turns to ice, it closes around the air.",
        "En devenant glace, la neige se referme sur l’air.",
    ),
    Line(
        31.0,
        "Every bubble is a breath that was never taken.",
        "Chaque bulle est un souffle que nul n’a pris.",
    ),
    Line(
        36.6,
        "Let out, one by one, they draw a line: cold, warm, cold, eight times over.",
        "Libérées une à une, elles tracent une ligne : froid, chaud, froid, huit fois.",
    ),
    Line(42.6, "It never once rose above three hundred.", "Jamais elle ne dépassa trois cents."),
    Line(45.9, "The last part of the curve is ours.", "La fin de la courbe est la nôtre."),
)

CUES = (
    SoundCue(0.0, 2.1, "wind over snow"),
    SoundCue(8.6, 10.7, "a drill begins to turn"),
    SoundCue(24.9, 26.8, "the drill stops"),
    SoundCue(34.0, 36.4, "air escaping, bells"),
    SoundCue(48.4, 51.6, "wind"),
)

CHAPTERS = (
    Chapter(0, "It never melts"),
    Chapter(10.6, "Down"),
    Chapter(26.4, "A breath never taken"),
    Chapter(36, "The line"),
    Chapter(44.4, "The last part"),
)
