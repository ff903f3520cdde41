import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

Item {
    id: featured

    required property HomeViewModel home
    required property int atLeast

    implicitHeight: Math.max(atLeast, words.implicitHeight + Theme.gap8)

    Backdrop {
        anchors.fill: parent
        sha256: featured.home.backdrop
        colour: featured.home.backdropColour
        alt: featured.home.backdropAlt
    }

    ColumnLayout {
        id: words

        anchors.left: parent.left
        anchors.leftMargin: Theme.gap7
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap2
        width: Math.min(parent.width - Theme.gap7 * 2, Theme.scaled(640))
        spacing: Theme.gap3

        DisplayText {
            Layout.fillWidth: true
            text: featured.home.title
            Accessible.role: Accessible.Heading
        }

        ReadingText {
            Layout.fillWidth: true
            text: featured.home.tagline
            font.italic: true
            visible: text !== ""
        }

        FactText {
            Layout.fillWidth: true
            text: featured.home.facts
        }

        Flow {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap2
            spacing: Theme.gap3

            PrimaryButton {
                objectName: "featuredAction"
                text: featured.home.actionLabel
                visible: text !== ""
                symbol: featured.home.action === "play" ? "play" : ""
                onClicked: featured.home.act()
            }

            QuietButton {
                objectName: "featuredMore"
                text: "About the film"
                onClicked: featured.home.open(featured.home.filmId)
            }
        }
    }
}
