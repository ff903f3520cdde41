import QtQuick
import Verite

Rectangle {
    id: skeleton

    implicitHeight: Theme.bodyLine
    radius: Theme.cardCorner
    color: Theme.ground2
    Accessible.ignored: true

    SequentialAnimation on opacity {
        running: !Theme.still && skeleton.visible
        loops: Animation.Infinite

        NumberAnimation { from: 1; to: 0.55; duration: 900; easing.type: Easing.InOutSine }
        NumberAnimation { from: 0.55; to: 1; duration: 900; easing.type: Easing.InOutSine }
    }
}
