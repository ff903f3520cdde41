pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: page

    required property KeptHereViewModel kept
    required property ShellViewModel shell

    objectName: "keptPage"
    focus: true

    IconButton {
        objectName: "backButton"
        z: 1
        x: Theme.gap1
        y: Theme.gap3
        visible: page.shell.canGoBack
        symbol: "back"
        label: "Back"
        key: "Alt+←"
        onClicked: page.shell.back()
    }

    FormPage {
        anchors.fill: parent
        visible: page.kept.phase === "ready"
        columnWidth: Theme.scaled(820)
        heading: "Kept on this computer"
        lead: "Everything that Verité has put here, why, and how to take it away again."

        FactText {
            objectName: "keptTotal"
            Layout.fillWidth: true
            text: page.kept.total
        }

        MessageBar {
            objectName: "keptSaid"
            Layout.fillWidth: true
            tint: Theme.danger
            text: page.kept.said
        }

        Repeater {
            model: page.kept.things
            delegate: KeptLine {
                objectName: "kept-" + id
                Layout.fillWidth: true
                busy: page.kept.busy
                onRemoved: page.kept.remove(id)
            }
        }

        QuietButton {
            objectName: "removeAll"
            Layout.topMargin: Theme.gap4
            enabled: !page.kept.busy
            text: page.kept.busy ? "Removing…" : "Remove all that can go…"
            tint: Theme.danger
            onClicked: page.kept.removeAll()
        }
    }

    FilmSkeleton {
        anchors.fill: parent
        visible: page.kept.phase === "loading"
    }

    EmptyState {
        objectName: "keptFailed"
        anchors.centerIn: parent
        width: parent.width - Theme.gap8 * 2
        visible: page.kept.phase === "failed"
        title: page.kept.failure.title
        text: page.kept.failure.text
        drawing: "drawing-wire"
        action: page.kept.failure.label
        onActed: page.kept.failure.act()
    }
}
