import QtQuick
import QtQuick.Templates as T
import Verite

T.Slider {
    id: slider

    required property string label
    required property string said

    implicitWidth: Theme.scaled(220)
    implicitHeight: Theme.target
    hoverEnabled: true
    Accessible.role: Accessible.Slider
    Accessible.name: label + ", " + said

    background: Rectangle {
        x: slider.leftPadding
        y: (slider.height - height) / 2
        width: slider.availableWidth
        height: 4
        radius: 2
        color: Theme.edge

        Rectangle {
            width: slider.visualPosition * parent.width
            height: parent.height
            radius: 2
            color: Theme.accent
        }
    }
    handle: Rectangle {
        x: slider.visualPosition * (slider.availableWidth - width)
        y: (slider.height - height) / 2
        width: 18
        height: 18
        radius: 9
        color: slider.pressed ? Theme.accentPressed : slider.hovered ? Theme.accentHover : Theme.accent

        FocusRing { shown: slider.visualFocus; corner: 9 }
    }
}
