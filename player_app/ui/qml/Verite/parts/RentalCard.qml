import QtQuick
import QtQuick.Layouts
import Verite

Panel {
    id: card

    required property string id
    required property string title
    required property string poster
    required property string alt
    required property string colour
    required property string clock
    required property string other
    required property bool over
    required property string offline
    required property bool here
    required property string action
    required property string action_label
    required property bool can_take
    required property bool has_end
    required property real progress

    signal opened
    signal acted
    signal exported
    signal givenBack

    implicitHeight: row.implicitHeight + Theme.gap4 * 2
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap4
        spacing: Theme.gap4

        ShelfPoster {
            Layout.alignment: Qt.AlignTop
            sha256: card.poster
            colour: card.colour
            progress: card.progress
            opacity: card.over ? 0.55 : 1
            onPressed: card.opened()
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: Theme.gap2

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap1

                TitleLink {
                    objectName: "openRental"
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    text: card.title
                    onClicked: card.opened()
                }

                Row {
                    Layout.alignment: Qt.AlignTop
                    Layout.topMargin: (Theme.headingLine - height) / 2
                    Layout.rightMargin: -Theme.gap2

                    CardButton {
                        objectName: "exportEnd"
                        visible: card.has_end
                        symbol: "calendar"
                        label: "Put the end into a calendar"
                        of: card.title
                        onClicked: card.exported()
                    }

                    CardButton {
                        objectName: "takeOffline"
                        visible: card.can_take
                        symbol: "download"
                        label: "Take it offline"
                        of: card.title
                        onClicked: card.opened()
                    }
                }
            }

            ClockLines {
                Layout.fillWidth: true
                running: card.clock
                other: card.other
                over: card.over
            }

            StateLine {
                Layout.fillWidth: true
                text: card.offline
                symbol: card.here ? "downloaded" : "download"
                tint: card.here ? "good" : ""
            }

            Flow {
                Layout.fillWidth: true
                Layout.topMargin: Theme.gap1
                spacing: Theme.gap2

                QuietButton {
                    objectName: "rentalAction"
                    visible: card.action !== ""
                    text: card.action_label
                    symbol: card.action === "play" ? "play" : ""
                    Accessible.name: text + ": " + card.title
                    onClicked: card.acted()
                }

                LinkButton {
                    objectName: "giveBack"
                    height: Theme.controlHeight
                    visible: card.here
                    quiet: true
                    text: "Give its place back"
                    Accessible.name: text + ": " + card.title
                    onClicked: card.givenBack()
                }
            }
        }
    }
}
