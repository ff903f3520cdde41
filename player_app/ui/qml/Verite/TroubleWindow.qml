import QtQuick
import Verite
import Verite.Models

Window {
    id: window

    required property TroubleViewModel trouble

    width: Theme.scaled(760)
    height: Theme.scaled(520)
    minimumWidth: 480
    minimumHeight: 420
    visible: true
    title: "Verité"
    color: Theme.ground0
    onClosing: window.trouble.leave()

    EmptyState {
        id: told

        objectName: "trouble"
        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.max(Theme.gap5, (parent.height - height - close.height - Theme.gap4) / 2)
        width: parent.width - Theme.gap7 * 2
        title: window.trouble.title
        text: window.trouble.text
        drawing: "drawing-reel"
        action: window.trouble.label
        onActed: window.trouble.act()
    }

    QuietButton {
        id: close

        objectName: "troubleClose"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: told.bottom
        anchors.topMargin: Theme.gap4
        text: "Close Verité"
        onClicked: window.trouble.leave()
    }
}
