pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Verite
import Verite.Models

T.Slider {
    id: timeline

    required property PlayerViewModel player

    readonly property real pointed: pressed ? visualPosition : Math.max(0, Math.min(1, hover.point.position.x / width))
    readonly property int pointedMs: Math.round(pointed * to)
    readonly property int previewWidth: Theme.scaled(192)
    readonly property int previewHeight: Theme.scaled(108)

    implicitHeight: Theme.gap6
    from: 0
    to: Math.max(1, player.lengthMs)
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Slider
    Accessible.name: "Position in the film"
    Accessible.description: player.positionText + " of " + player.lengthText
    Accessible.onIncreaseAction: player.step(10000)
    Accessible.onDecreaseAction: player.step(-10000)
    // a stepSize would round the place of a press, too
    Keys.onLeftPressed: player.step(-10000)
    Keys.onRightPressed: player.step(10000)
    onPressedChanged: if (!pressed) player.seek(value)
    // whoever hears the screen sets the value itself
    onValueChanged: if (!pressed && value !== Math.min(to, player.positionMs)) player.seek(value)

    Binding {
        timeline.value: timeline.player.positionMs
        when: !timeline.pressed
    }

    background: Item {
        Rectangle {
            id: track

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            height: Theme.scaled(timeline.hovered || timeline.visualFocus || timeline.pressed ? 6 : 4)
            radius: height / 2
            color: Theme.faint(Theme.text1, 0.25)

            Behavior on height {
                NumberAnimation { duration: Theme.quick; easing.type: Easing.OutCubic }
            }

            Rectangle {
                width: parent.width * Math.min(1, timeline.player.bufferedMs / timeline.to)
                height: parent.height
                radius: parent.radius
                color: Theme.faint(Theme.text1, 0.3)
            }

            Rectangle {
                width: parent.width * timeline.visualPosition
                height: parent.height
                radius: parent.radius
                color: Theme.accent
            }

            Repeater {
                model: timeline.player.film.chapters

                Rectangle {
                    required property int startMs

                    x: track.width * startMs / timeline.to - width / 2
                    width: 3
                    height: track.height
                    visible: startMs > 0
                    color: Theme.ground0
                }
            }
        }

        FocusRing { shown: timeline.visualFocus }
    }
    // of no width, so that a press seeks to the place that was shown above the pointer
    handle: Item {
        x: timeline.visualPosition * timeline.width
        y: timeline.height / 2

        Rectangle {
            anchors.centerIn: parent
            width: Theme.scaled(14)
            height: width
            radius: width / 2
            color: Theme.accent
            scale: timeline.hovered || timeline.visualFocus || timeline.pressed ? 1 : 0

            Behavior on scale {
                NumberAnimation { duration: Theme.quick; easing.type: Easing.OutCubic }
            }
        }
    }

    HoverHandler {
        id: hover

        cursorShape: Qt.PointingHandCursor
    }

    Rectangle {
        x: timeline.pointed * timeline.width - width / 2
        anchors.verticalCenter: parent.verticalCenter
        width: 2
        height: track.height + Theme.gap2
        radius: 1
        color: Theme.text1
        visible: bubble.visible && !timeline.pressed
    }

    Item {
        id: bubble

        readonly property string source: visible ? timeline.player.film.previewSource(timeline.pointedMs) : ""

        x: Math.max(0, Math.min(timeline.width - width, timeline.pointed * timeline.width - width / 2))
        y: -height - Theme.gap2
        width: Math.max(words.width, source ? timeline.previewWidth : 0)
        height: words.height + (source ? timeline.previewHeight + Theme.gap1 : 0)
        visible: (hover.hovered || timeline.pressed) && timeline.player.lengthMs > 0

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: timeline.previewWidth
            height: timeline.previewHeight
            radius: Theme.gap1
            color: Theme.ground0
            border.width: Theme.hairline
            border.color: Theme.faint(Theme.text1, 0.5)
            visible: bubble.source !== ""

            Image {
                anchors.fill: parent
                anchors.margins: 1
                source: bubble.source
                fillMode: Image.PreserveAspectCrop
                retainWhileLoading: true
                asynchronous: true
                Accessible.ignored: true
            }
        }

        Rectangle {
            id: words

            anchors.bottom: parent.bottom
            anchors.horizontalCenter: parent.horizontalCenter
            width: time.implicitWidth + Theme.gap3 * 2
            height: time.implicitHeight + Theme.gap1 * 2
            radius: Theme.gap1
            color: Theme.faint(Theme.ground0, 0.85)

            SmallText {
                id: time

                anchors.centerIn: parent
                text: bubble.visible ? timeline.player.film.placeText(timeline.pointedMs) : ""
                color: Theme.text1
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }
    }
}
