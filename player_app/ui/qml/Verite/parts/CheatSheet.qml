pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Verite
import Verite.Models

T.Popup {
    id: sheet

    required property Rows keys

    signal left

    anchors.centerIn: parent
    padding: Theme.gap5
    implicitWidth: Math.min(parent.width - Theme.gap6 * 2, grid.implicitWidth + padding * 2)
    implicitHeight: Math.min(parent.height - Theme.gap6 * 2, heading.height + grid.implicitHeight + Theme.gap4 + padding * 2)
    focus: true
    modal: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onClosed: left()

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

        HeadingText {
            id: heading

            text: "Keys"
        }

        Grid {
            id: grid

            y: heading.height + Theme.gap4
            columns: 2
            flow: Grid.TopToBottom
            rows: Math.ceil(sheet.keys.count / 2)
            columnSpacing: Theme.gap6
            rowSpacing: Theme.gap2

            Repeater {
                model: sheet.keys

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

                        SmallText {
                            id: words

                            anchors.centerIn: parent
                            text: row.keys
                            color: Theme.text1
                            Accessible.ignored: true
                        }
                    }

                    BodyText {
                        width: Theme.scaled(220)
                        text: row.does
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
