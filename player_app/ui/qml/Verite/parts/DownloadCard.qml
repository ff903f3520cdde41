pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

Panel {
    id: card

    required property DownloadViewModel download
    readonly property bool held: download.phase === "held"
    readonly property bool going: download.state === "running" || download.state === "queued" || download.state === "waiting"
    readonly property string heard: held && visible && !going ? download.heading + ". " + download.said : ""

    implicitHeight: column.implicitHeight + Theme.gap5 * 2
    visible: download.phase !== "none"
    Accessible.role: Accessible.Grouping
    Accessible.name: download.heading
    onHeardChanged: if (heard !== "") Accessible.announce(heard)

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap5
        spacing: Theme.gap3

        HeadingText {
            objectName: "downloadHeading"
            Layout.fillWidth: true
            text: card.download.heading
        }

        ColumnLayout {
            Layout.fillWidth: true
            visible: card.download.phase === "looking"
            spacing: Theme.gap2

            Skeleton { Layout.fillWidth: true; implicitHeight: Theme.controlHeight }
            Skeleton { Layout.fillWidth: true; Layout.rightMargin: card.width * 0.3 }
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.leftMargin: -Theme.gap3
            Layout.rightMargin: -Theme.gap3
            visible: card.download.phase === "offered"
            spacing: 0
            Accessible.role: Accessible.Grouping
            Accessible.name: "Quality"

            Repeater {
                model: card.download.qualities
                delegate: ChoiceRow {
                    required property string id

                    objectName: "quality-" + id
                    Layout.fillWidth: true
                    chosen: card.download.chosen === id
                    onClicked: card.download.choose(id)
                }
            }
        }

        StateLine {
            objectName: "downloadSaid"
            Layout.fillWidth: true
            text: card.download.said
            more: card.download.more
            symbol: card.download.symbol
            tint: card.download.tint
        }

        QuietButton {
            objectName: "startDownload"
            Layout.fillWidth: true
            visible: card.download.phase === "offered"
            enabled: card.download.fits
            text: card.download.actionLabel
            symbol: "download"
            onClicked: card.download.start()
        }

        ProgressLine {
            Layout.fillWidth: true
            visible: card.held && card.download.state !== "complete" && card.download.state !== "removing"
            label: "Download"
            part: card.download.progress
            tint: card.download.state === "running" ? Theme.accent : Theme.edge
        }

        WrongText {
            objectName: "downloadWrong"
            Layout.fillWidth: true
            text: card.download.wrong
        }

        Flow {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap1
            visible: card.download.helpLabel !== "" || card.held && card.download.state !== "removing"
            spacing: Theme.gap2

            QuietButton {
                objectName: "downloadHelp"
                visible: text !== ""
                text: card.download.helpLabel
                onClicked: card.download.help()
            }

            QuietButton {
                objectName: "downloadPause"
                visible: card.held && card.going
                text: "Pause"
                symbol: "pause"
                onClicked: card.download.pause()
            }

            QuietButton {
                objectName: "downloadResume"
                visible: card.held && (card.download.state === "paused" || card.download.state === "failed")
                text: card.download.state === "paused" ? "Go on" : "Try again"
                symbol: "download"
                onClicked: card.download.resume()
            }

            QuietButton {
                objectName: "downloadRemove"
                visible: card.held && card.download.state !== "removing"
                text: card.download.state === "complete" || card.download.state === "failed" ? "Remove" : "Stop"
                onClicked: card.download.remove()
            }
        }
    }
}
