import QtQuick
import Verite

Rectangle {
    required property bool shown
    property real corner: Theme.cardCorner

    anchors.fill: parent
    anchors.margins: -(Theme.ring + Theme.ringOff)
    radius: corner + Theme.ring + Theme.ringOff
    color: "transparent"
    border.width: Theme.ring
    border.color: Theme.accent
    visible: shown
    z: 1
}
