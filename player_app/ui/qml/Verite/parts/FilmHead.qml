import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: head

    required property FilmViewModel film

    spacing: Theme.gap2

    DisplayText {
        objectName: "filmTitle"
        Layout.fillWidth: true
        text: head.film.title
        Accessible.role: Accessible.Heading
    }

    FactText {
        Layout.fillWidth: true
        text: head.film.originalTitle
        font.italic: true
        visible: text !== ""
    }

    ReadingText {
        Layout.fillWidth: true
        text: head.film.tagline
        font.italic: true
        visible: text !== ""
    }

    FactText {
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap1
        text: head.film.facts
    }

    FactText {
        Layout.fillWidth: true
        text: head.film.languages
        visible: text !== ""
    }

    Item { Layout.fillHeight: true }
}
