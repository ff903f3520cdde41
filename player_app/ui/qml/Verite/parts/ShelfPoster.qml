import QtQuick
import Verite

Still {
    id: poster

    property real progress: 0

    signal pressed

    implicitWidth: Math.round(Theme.scaled(64) * 0.8 + 20)
    implicitHeight: Math.round(implicitWidth * 1.5)
    corner: Theme.cardCorner

    // the title beside it does the same, by keys too
    TapHandler { onTapped: poster.pressed() }
    HoverHandler { cursorShape: Qt.PointingHandCursor }

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 3
        visible: poster.progress > 0
        color: Theme.faint(Theme.ground0, 0.7)

        Rectangle {
            width: parent.width * poster.progress
            height: parent.height
            color: Theme.accent
        }
    }
}
