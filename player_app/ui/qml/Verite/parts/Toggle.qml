import QtQuick
import QtQuick.Templates as T
import Verite

T.Switch {
    id: toggle

    required property string label

    implicitWidth: 48
    implicitHeight: Theme.target
    hoverEnabled: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: label
    Accessible.checked: checked

    indicator: Rectangle {
        y: (toggle.height - height) / 2
        width: 48
        height: 26
        radius: 13
        color: toggle.checked ? Theme.accent : Theme.ground2
        border.width: Theme.hairline
        border.color: toggle.checked ? Theme.accent : Theme.edge

        Rectangle {
            x: toggle.checked ? 25 : 3
            y: 3
            width: 20
            height: 20
            radius: 10
            color: toggle.checked ? Theme.accentText : Theme.text2

            Behavior on x {
                NumberAnimation { duration: Theme.quick; easing.type: Easing.OutCubic }
            }
        }

        FocusRing { shown: toggle.visualFocus; corner: 13 }
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
