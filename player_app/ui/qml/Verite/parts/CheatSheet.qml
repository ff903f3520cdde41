pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Verite
import Verite.Models

T.Popup {
    id: sheet

    required property Rows keys

    readonly property int columnWidth: Theme.scaled(88 + 220) + Theme.gap4
    readonly property bool inOneColumn: parent !== null && parent.width < columnWidth * 2 + Theme.gap6 * 3 + padding * 2

    signal left

    anchors.centerIn: parent
    padding: Theme.gap5
    implicitWidth: grid.implicitWidth + padding * 2
    implicitHeight: Math.min(parent.height - Theme.gap6 * 2, head.implicitHeight + grid.implicitHeight + Theme.gap3 + padding * 2)
    focus: true
    modal: true
    dim: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onClosed: left()

    T.Overlay.modal: Rectangle { color: Qt.rgba(0, 0, 0, 0.6) }

    background: Rectangle {
        radius: Theme.panelCorner
        color: Theme.ground1
        border.width: Theme.hairline
        border.color: Theme.line
    }
    contentItem: FocusScope {
        focus: true
        Accessible.role: Accessible.Dialog
        Accessible.name: "Keys"
        Keys.onPressed: event => {
            if (event.text === "?")
                sheet.close();
        }
        Keys.onUpPressed: bar.decrease()
        Keys.onDownPressed: bar.increase()

        RowLayout {
            id: head

            width: parent.width

            HeadingText {
                Layout.fillWidth: true
                text: "Keys"
            }

            IconButton {
                objectName: "closeCheatSheet"
                Layout.rightMargin: -Theme.gap3
                symbol: "close"
                label: "Close"
                key: "Esc"
                onClicked: sheet.close()
            }
        }

        Flickable {
            id: rows

            anchors.top: head.bottom
            anchors.topMargin: Theme.gap3
            anchors.bottom: parent.bottom
            width: parent.width
            contentHeight: grid.implicitHeight
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            T.ScrollBar.vertical: ScrollBar { id: bar }

            Grid {
                id: grid

                objectName: "keyRows"
                columns: 2
                flow: Grid.TopToBottom
                rows: sheet.inOneColumn ? sheet.keys.count : Math.ceil(sheet.keys.count / 2)
                columnSpacing: sheet.inOneColumn ? 0 : Theme.gap6
                rowSpacing: Theme.gap2

                Repeater {
                    // no film waits for rows that nobody asked to see
                    model: sheet.visible ? sheet.keys : null

                    Row {
                        id: row

                        required property string keys
                        required property string does

                        spacing: Theme.gap4
                        Accessible.role: Accessible.StaticText
                        Accessible.name: keys + ": " + does

                        Rectangle {
                            width: Theme.scaled(88)
                            height: words.implicitHeight + Theme.gap1
                            radius: Theme.gap1
                            color: Theme.ground2
                            border.width: Theme.hairline
                            border.color: Theme.line

                            BodyText {
                                id: words

                                anchors.centerIn: parent
                                text: row.keys
                                font.weight: Font.DemiBold
                                Accessible.ignored: true
                            }
                        }

                        BodyText {
                            anchors.verticalCenter: parent.verticalCenter
                            width: Theme.scaled(220)
                            text: row.does
                            Accessible.ignored: true
                        }
                    }
                }
            }
        }
    }
}
