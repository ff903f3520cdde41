import QtQuick
import QtQuick.Templates as T
import Verite

T.Button {
    id: button

    property string symbol: ""
    property color ground: Theme.ground1
    property color tint: Theme.text1

    implicitWidth: Math.max(Theme.target, words.implicitWidth + Theme.gap5 * 2)
    implicitHeight: Theme.controlHeight
    leftPadding: Theme.gap4
    rightPadding: Theme.gap4
    hoverEnabled: true
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle {
        radius: Theme.cardCorner
        color: button.down ? Theme.line : button.hovered ? Theme.ground2 : button.ground
        border.width: Theme.hairline
        border.color: button.hovered ? Theme.text3 : Theme.edge

        Behavior on color {
            ColorAnimation { duration: Theme.quick; easing.type: Easing.OutCubic }
        }

        FocusRing { shown: button.visualFocus }
    }
    contentItem: ButtonWords {
        id: words

        text: button.text
        symbol: button.symbol
        colour: button.tint
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
