import QtQuick
import Verite

Rectangle {
    id: line

    width: Theme.scaled(180)
    height: 3
    radius: 1.5
    color: Theme.faint(Theme.text1, 0.2)
    clip: true
    Accessible.role: Accessible.ProgressBar
    Accessible.name: "Opening the film"

    Rectangle {
        id: glow

        width: parent.width * 0.35
        height: parent.height
        radius: parent.radius
        color: Theme.accent

        SequentialAnimation on x {
            running: line.visible && !Theme.still
            loops: Animation.Infinite

            NumberAnimation { from: -glow.width; to: line.width; duration: 1100; easing.type: Easing.InOutQuad }
        }
    }
}
