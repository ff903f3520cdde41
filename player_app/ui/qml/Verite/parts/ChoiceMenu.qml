pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Verite
import Verite.Models

T.Popup {
    id: menu

    required property string title
    required property Rows choices
    property string hint: ""

    signal chosen(string id)

    x: Math.round((parent.width - width) / 2)
    y: -height - Theme.gap7
    margins: Theme.gap5
    padding: Theme.gap2
    implicitWidth: Math.max(Theme.scaled(160), column.implicitWidth) + padding * 2
    implicitHeight: column.implicitHeight + padding * 2
    focus: true
    modal: false
    // the keys begin at what is chosen
    onOpened: {
        for (let index = 0; index < rows.count; index++) {
            const row = rows.itemAt(index) as ChoiceRow;
            if (row.chosen)
                row.forceActiveFocus(Qt.PopupFocusReason);
        }
    }
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    background: Rectangle {
        radius: Theme.panelCorner
        color: Theme.ground1
        border.width: Theme.hairline
        border.color: Theme.line
    }
    contentItem: FocusScope {
        focus: true
        Accessible.role: Accessible.PopupMenu
        Accessible.name: menu.title

        ColumnLayout {
            id: column

            width: parent.width
            spacing: 0

            SmallText {
                leftPadding: Theme.gap3
                topPadding: Theme.gap1
                bottomPadding: Theme.gap1
                text: menu.title
                color: Theme.text3
                Accessible.ignored: true
            }

            Repeater {
                id: rows

                // no film waits for rows that nobody asked to see
                model: menu.visible ? menu.choices : null

                ChoiceRow {
                    required property string id
                    required property int index

                    objectName: "choice-" + id
                    Layout.fillWidth: true
                    focus: index === 0
                    onClicked: {
                        menu.chosen(id);
                        menu.close();
                    }
                }
            }

            SmallText {
                Layout.fillWidth: true
                Layout.preferredWidth: Theme.scaled(220)
                leftPadding: Theme.gap3
                rightPadding: Theme.gap3
                topPadding: Theme.gap1
                bottomPadding: Theme.gap2
                text: menu.hint
                visible: text !== ""
            }
        }
    }
}
