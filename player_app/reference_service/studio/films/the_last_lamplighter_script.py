"""“The Last Lamplighter”: its spoken lines, sounds told of, and chapters."""

from __future__ import annotations

from player_app.reference_service.studio.film import Chapter, Line, SoundCue

LINES = (
    Line(
        2.8,
        "A few streets in London are still lit by gas.",
        "À Londres, quelques rues s’éclairent encore au gaz.",
    ),
    Line(
        6.8,
        "Somebody comes with a ladder, to wind the clock in every lamp.",
        "Quelqu’un vient avec une échelle remonter l’horloge de chaque lampe.",
    ),
    Line(
        12.2,
        "It is a small light. It shows you the pavement, and a moth.",
        "C’est une petite lumière. Elle montre le trottoir, et un papillon.",
    ),
    Line(
        18.4,
        "What came after was brighter. From a city now, you may see one star in fifty.",
        "Ce qui vint après brilla davantage. De la ville, on voit une étoile sur cinquante.",
    ),
    Line(24.8, "The others have not gone anywhere.", "Les autres ne sont parties nulle part."),
    Line(29.6, "Put out one lamp,", "Éteignez une lampe,"),
    Line(32.6, "and then another.", "puis une autre."),
    Line(
        36.8, "Let your eyes take their twenty minutes.", "Laissez à vos yeux leurs vingt minutes."
    ),
    Line(
        42.2,
        "There. It was above the street all along.",
        "Voilà. Elle était là, au-dessus de la rue.",
    ),
    Line(47.0, "It asks only for the dark.", "Elle ne demande que la nuit."),
)

CUES = (
    SoundCue(0.0, 2.6, "distant street, soft music"),
    SoundCue(10.8, 12.0, "a lamp lights"),
    SoundCue(27.2, 29.4, "music thins"),
    SoundCue(34.2, 36.6, "lamps go out, one by one"),
    SoundCue(49.0, 51.6, "music fades"),
)

CHAPTERS = (
    Chapter(0, "The ladder"),
    Chapter(12, "A small light"),
    Chapter(18, "One star in fifty"),
    Chapter(29, "Putting out the lamps"),
    Chapter(42, "Above the street"),
)
