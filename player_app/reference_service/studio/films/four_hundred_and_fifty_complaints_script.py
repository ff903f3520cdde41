"""“Four Hundred and Fifty Complaints”: its spoken lines, sounds told of, and chapters."""

from __future__ import annotations

from player_app.reference_service.studio.film import Chapter, Line, SoundCue

LINES = (
    Line(
        1.8,
        "Sergei Magnitsky was a tax adviser in Moscow.",
        "Sergueï Magnitski était conseiller fiscal à Moscou.",
    ),
    Line(
        5.4,
        "He was not a politician. He read documents.",
        "Il n’était pas un homme politique. Il lisait des documents.",
    ),
    Line(
        14.9,
        "In them he found a claim for two hundred and thirty million dollars of tax,",
        "Il y trouva une demande de 230 millions de dollars d’impôts,",
    ),
    Line(
        19.6,
        "fraudulent, and refunded in a single day.",
        "frauduleuse, et remboursée en un seul jour.",
    ),
    Line(22.9, "He testified to what he had found.", "Il témoigna de ce qu’il avait trouvé."),
    Line(
        26.8,
        "In November 2008, he was arrested.",
        "En novembre 2008, il fut arrêté.",
        "In November two thousand and eight, he was arrested.",
    ),
    Line(
        35.4,
        "He was held for three hundred and fifty-eight days.",
        "Il fut détenu trois cent cinquante-huit jours.",
    ),
    Line(
        41.9,
        "And he wrote. About his case, his cell, his health.",
        "Et il écrivit. Sur son affaire, sa cellule, sa santé.",
    ),
    Line(
        50.0,
        "Four hundred and fifty official complaints.",
        "Quatre cent cinquante plaintes officielles.",
    ),
    Line(
        55.8,
        "He died in pre-trial detention, in Moscow, aged thirty-seven.",
        "Il mourut en détention provisoire, à Moscou, à trente-sept ans.",
    ),
    Line(62.0, "Laws now bear his name.", "Des lois portent aujourd’hui son nom."),
)

DESCRIPTION = (
    Line(9.4, "At night, handwritten sheets settle on a desk, one upon another.", ""),
    Line(30.0, "Window light crosses a wall, day after day, above rows of tally marks.", ""),
    Line(46.0, "A stack of paper rises, sheet by sheet.", ""),
    Line(64.2, "The stack, in an empty room.", ""),
)

CUES = (
    SoundCue(0.0, 1.7, "low strings, paper settling"),
    SoundCue(9.4, 13.6, "pen on paper"),
    SoundCue(30.2, 34.6, "piano, slowly"),
    SoundCue(46.2, 49.4, "sheets falling"),
    SoundCue(64.4, 67.0, "music fades"),
)

CHAPTERS = (
    Chapter(0, "A man who read documents"),
    Chapter(14, "Paid in one day"),
    Chapter(26, "Three hundred and fifty-eight days"),
    Chapter(41, "The complaints"),
    Chapter(55, "What is left"),
)
