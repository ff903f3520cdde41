pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

Panel {
    id: panel

    required property FilmViewModel film

    implicitHeight: column.implicitHeight + Theme.gap5 * 2
    Accessible.role: Accessible.Grouping
    Accessible.name: "Where it may be shown"

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap5
        spacing: Theme.gap3

        HeadingText {
            Layout.fillWidth: true
            text: "Where it may be shown"
        }

        Repeater {
            model: panel.film.rights
            delegate: RightLine {
                Layout.fillWidth: true
            }
        }

        SmallText {
            Layout.fillWidth: true
            text: "The film must not be used as a teaching aid without an educational licence."
        }

        LinkButton {
            objectName: "rightsPage"
            Layout.leftMargin: -Theme.gap2
            visible: panel.film.hasRightsPage
            text: "Educational licences"
            symbol: "external"
            onClicked: panel.film.openRightsPage()
        }
    }
}
