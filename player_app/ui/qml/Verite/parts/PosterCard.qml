import QtQuick
import QtQuick.Templates as T
import Verite

T.Button {
    id: card

    required property string title
    required property string facts
    required property string poster
    required property string alt
    required property string colour
    required property string clock
    required property real progress
    required property bool offline
    required property bool captions
    required property bool description
    property int posterWidth: Theme.posterWidth

    implicitWidth: posterWidth
    implicitHeight: body.implicitHeight
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: title
    Accessible.description: (clock || facts) + (offline ? ", ready offline" : "")
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Item {}
    contentItem: Column {
        id: body

        spacing: Theme.gap1

        Item {
            width: card.posterWidth
            height: Math.round(card.posterWidth * 1.5)

            Still {
                id: still

                width: parent.width
                height: parent.height
                y: card.hovered && !card.down ? -Theme.gap1 : 0
                sha256: card.poster
                colour: card.colour
                corner: Theme.cardCorner

                Behavior on y {
                    NumberAnimation { duration: Theme.quick; easing.type: Easing.OutCubic }
                }

                FocusRing { shown: card.activeFocus }

                Rectangle {
                    objectName: "offlineMark"
                    anchors.right: parent.right
                    anchors.top: parent.top
                    anchors.margins: Theme.gap2
                    width: Theme.icon + Theme.gap2
                    height: width
                    radius: width / 2
                    color: Theme.faint(Theme.ground0, 0.86)
                    visible: card.offline

                    Icon {
                        anchors.centerIn: parent
                        size: Theme.scaled(16)
                        name: "downloaded"
                        colour: Theme.good
                    }
                }

                Rectangle {
                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.bottom: parent.bottom
                    height: 3
                    visible: card.progress > 0
                    color: Theme.faint(Theme.ground0, 0.7)

                    Rectangle {
                        width: parent.width * card.progress
                        height: parent.height
                        color: Theme.accent
                    }
                }
            }
        }

        Item { width: 1; height: Theme.gap1 }

        BodyText {
            width: card.posterWidth
            text: card.title
            font.weight: Font.Medium
            maximumLineCount: 2
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        Row {
            width: card.posterWidth
            spacing: Theme.gap1

            SmallText {
                width: Math.min(implicitWidth, parent.width - marks.width - Theme.gap2)
                text: card.clock || card.facts
                color: card.clock ? Theme.accent : Theme.text2
                maximumLineCount: 2
                elide: Text.ElideRight
                Accessible.ignored: true
            }

            Row {
                id: marks

                spacing: Theme.gap1

                Mark { text: "AD"; visible: card.description && !card.clock }
                Mark { text: "CC"; visible: card.captions && !card.clock }
            }
        }
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
