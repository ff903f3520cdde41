import QtQuick
import Verite

Rectangle {
    id: line

    required property string label
    required property real part
    property color tint: Theme.accent

    implicitHeight: Theme.gap1
    radius: height / 2
    color: Theme.ground2
    Accessible.role: Accessible.ProgressBar
    Accessible.name: label
    Accessible.description: Math.floor(part * 100) + " %"

    Rectangle {
        width: Math.max(parent.height, parent.width * Math.min(1, line.part))
        height: parent.height
        radius: parent.radius
        color: line.tint
        visible: line.part > 0

        Behavior on width {
            NumberAnimation { duration: Theme.slow; easing.type: Easing.OutCubic }
        }
    }
}
