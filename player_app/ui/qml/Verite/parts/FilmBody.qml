pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: body

    required property FilmViewModel film

    spacing: Theme.gap6

    ColumnLayout {
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.measure
        spacing: Theme.gap4

        ReadingText {
            objectName: "synopsis"
            Layout.fillWidth: true
            text: body.film.summary
        }

        ReadingText {
            objectName: "longSynopsis"
            Layout.fillWidth: true
            text: body.film.synopsis
            color: Theme.text2
        }

        FactText {
            Layout.fillWidth: true
            visible: body.film.advisory !== ""
            text: body.film.advisory
            font.italic: true
        }
    }

    FilmPeople {
        Layout.fillWidth: true
        visible: body.film.people.count > 0
        people: body.film.people
    }

    FilmChapters {
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.measure
        visible: body.film.chapters.count > 0
        chapters: body.film.chapters
    }

    CommentsList {
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.measure
        comments: body.film.comments
    }
}
