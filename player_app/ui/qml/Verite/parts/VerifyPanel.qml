import QtQuick
import QtQuick.Layouts
import Verite

ColumnLayout {
    id: panel

    required property string phase
    required property string said
    required property real part
    required property string repair
    required property string title

    signal stopped
    signal repaired

    spacing: Theme.gap1
    visible: phase !== ""

    GridLayout {
        Layout.fillWidth: true
        columns: panel.width > Theme.scaled(300) ? 2 : 1
        columnSpacing: Theme.gap2
        rowSpacing: 0

        StateLine {
            objectName: "checkSaid"
            Layout.fillWidth: true
            text: panel.said
            symbol: panel.phase === "broken" ? "warning" : "shield"
            tint: panel.phase === "broken" ? "danger" : panel.phase === "sound" ? "good" : ""
        }

        LinkButton {
            objectName: "stopCheck"
            visible: panel.phase === "checking"
            quiet: true
            text: "Stop"
            Accessible.name: "Stop checking " + panel.title
            onClicked: panel.stopped()
        }

        LinkButton {
            objectName: "repair"
            visible: panel.phase === "broken"
            text: panel.repair
            Accessible.name: text + ": " + panel.title
            onClicked: panel.repaired()
        }
    }

    ProgressLine {
        Layout.fillWidth: true
        visible: panel.phase === "checking"
        label: "Checking " + panel.title
        part: panel.part
    }
}
