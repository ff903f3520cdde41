import QtQuick
import QtQuick.Templates as T
import Verite

T.Button {
    id: button

    required property bool up
    required property string label

    implicitWidth: Theme.scaled(28)
    implicitHeight: Math.round((Theme.controlHeight - Theme.gap1) / 2)
    hoverEnabled: true
    // the keys of the field do the same
    focusPolicy: Qt.NoFocus
    autoRepeat: true
    Accessible.role: Accessible.Button
    Accessible.name: label + (up ? ", later" : ", earlier")

    background: Rectangle {
        radius: Theme.gap1
        color: button.down ? Theme.line : button.hovered ? Theme.ground2 : "transparent"
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            size: Theme.scaled(16)
            name: button.up ? "up" : "down"
            colour: Theme.text2
        }
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
