import QtQuick
import QtQuick.Templates as T
import Verite

T.Button {
    id: button

    required property string symbol
    required property string label
    property string key: ""
    property bool chosen: false
    property bool overPicture: false
    property int hintAbove: 0

    implicitWidth: Math.max(Theme.target, Theme.icon + Theme.gap3 * 2)
    implicitHeight: implicitWidth
    hoverEnabled: true
    opacity: enabled ? 1 : 0.4
    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.description: key
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle {
        radius: width / 2
        color: button.down ? Theme.line : button.hovered ? Theme.ground2 : button.overPicture ? Theme.faint(Theme.ground0, 0.72) : "transparent"

        Behavior on color {
            ColorAnimation { duration: Theme.quick; easing.type: Easing.OutCubic }
        }

        FocusRing { shown: button.visualFocus; corner: button.width / 2 }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: button.symbol
            colour: button.chosen ? Theme.accent : Theme.text1
        }
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }

    Hint {
        shown: button.hovered || button.visualFocus
        above: button.hintAbove
        text: button.key ? button.label + "  (" + button.key + ")" : button.label
    }
}
