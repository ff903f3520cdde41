import QtQuick
import Verite

Rectangle {
    id: bar

    implicitHeight: 3
    radius: 2
    color: Theme.ground2
    clip: true
    Accessible.role: Accessible.ProgressBar
    Accessible.name: "Waiting"

    Rectangle {
        id: light

        x: Theme.still ? 0 : -width
        width: bar.width * 0.35
        height: parent.height
        radius: 2
        color: Theme.accent

        NumberAnimation on x {
            running: bar.visible && !Theme.still
            loops: Animation.Infinite
            from: -light.width
            to: bar.width
            duration: 1600
            easing.type: Easing.InOutSine
        }
    }
}
