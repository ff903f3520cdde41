import QtQuick
import QtQuick.Templates as T
import Verite

T.Slider {
    id: slider

    required property int volume

    signal chosen(int volume)

    implicitWidth: Theme.scaled(96)
    implicitHeight: Theme.target
    from: 0
    to: 100
    stepSize: 5
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Slider
    Accessible.name: "Volume"
    // not `moved`: whoever hears the screen sets the value itself
    onValueChanged: if (Math.round(value) !== volume) chosen(Math.round(value))

    Binding {
        slider.value: slider.volume
        when: !slider.pressed
    }

    background: Rectangle {
        y: (slider.height - height) / 2
        width: slider.width
        height: 4
        radius: 2
        color: Theme.faint(Theme.text1, 0.3)

        Rectangle {
            width: parent.width * slider.visualPosition
            height: parent.height
            radius: 2
            color: Theme.text1
        }

        FocusRing { shown: slider.visualFocus; anchors.margins: -Theme.gap1 }
    }
    handle: Rectangle {
        x: slider.visualPosition * (slider.width - width)
        y: (slider.height - height) / 2
        width: 12
        height: 12
        radius: 6
        color: Theme.text1
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
