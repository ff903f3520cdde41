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
    required property string quality
    required property string stage
    required property string said
    required property string more
    required property string symbol
    required property string tint
    required property string help_label
    required property real progress
    required property string play_label
    required property bool can_go_sooner
    required property string check_phase
    required property string check_said
    required property real check_progress
    required property string check_label
    readonly property bool complete: stage === "complete"
    readonly property bool going: stage === "running" || stage === "queued" || stage === "waiting"

    signal opened
    signal played
    signal paused
    signal resumed
    signal wentSooner
    signal removed
    signal helped
    signal checked
    signal checkStopped
    signal repaired

    function takeFocus(): void {
        film.forceActiveFocus(Qt.TabFocusReason);
    }

    implicitHeight: row.implicitHeight + Theme.gap4 * 2
    Accessible.role: Accessible.Grouping
    Accessible.name: title
    Accessible.description: said

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
                    id: film

                    objectName: "openDownload"
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    text: card.title
                    onClicked: card.opened()
                }

                Mark {
                    Layout.alignment: Qt.AlignTop
                    Layout.topMargin: (Theme.headingLine - height) / 2
                    text: card.quality
                }

                Row {
                    Layout.alignment: Qt.AlignTop
                    Layout.topMargin: (Theme.headingLine - height) / 2
                    Layout.rightMargin: -Theme.gap2
                    visible: card.stage !== "removing"

                    CardButton {
                        objectName: "pauseDownload"
                        visible: card.going
                        symbol: "pause"
                        label: "Pause"
                        of: card.title
                        onClicked: card.paused()
                    }

                    CardButton {
                        objectName: "resumeDownload"
                        visible: card.stage === "paused"
                        symbol: "download"
                        label: "Go on"
                        of: card.title
                        onClicked: card.resumed()
                    }

                    CardButton {
                        objectName: "soonerDownload"
                        visible: card.can_go_sooner
                        symbol: "up"
                        label: "Sooner"
                        of: card.title
                        onClicked: card.wentSooner()
                    }

                    CardButton {
                        objectName: "checkDownload"
                        visible: card.complete && card.check_phase !== "checking"
                        symbol: "shield"
                        label: "Check every segment"
                        of: card.title
                        onClicked: card.checked()
                    }

                    CardButton {
                        objectName: "removeDownload"
                        symbol: "trash"
                        label: card.complete ? "Remove" : "Stop and remove"
                        of: card.title
                        onClicked: card.removed()
                    }
                }
            }

            StateLine {
                objectName: "downloadState"
                Layout.fillWidth: true
                text: card.said
                more: card.more
                symbol: card.symbol
                tint: card.tint
            }

            ProgressLine {
                Layout.fillWidth: true
                visible: !card.complete && card.stage !== "removing"
                label: "Download of " + card.title
                part: card.progress
                tint: card.stage === "running" ? Theme.accent : Theme.edge
            }

            VerifyPanel {
                Layout.fillWidth: true
                phase: card.check_phase
                said: card.check_said
                part: card.check_progress
                repair: card.check_label
                title: card.title
                onStopped: card.checkStopped()
                onRepaired: card.repaired()
            }

            Flow {
                Layout.fillWidth: true
                Layout.topMargin: Theme.gap1
                visible: card.play_label !== "" || card.help_label !== "" || card.stage === "failed"
                spacing: Theme.gap2

                QuietButton {
                    objectName: "playDownload"
                    visible: text !== ""
                    text: card.play_label
                    symbol: "play"
                    Accessible.name: text + ": " + card.title
                    onClicked: card.played()
                }

                QuietButton {
                    objectName: "helpDownload"
                    visible: text !== ""
                    text: card.help_label
                    Accessible.name: text + ": " + card.title
                    onClicked: card.helped()
                }

                QuietButton {
                    objectName: "retryDownload"
                    visible: card.stage === "failed"
                    text: "Try again"
                    Accessible.name: text + ": " + card.title
                    onClicked: card.resumed()
                }
            }
        }
    }
}
