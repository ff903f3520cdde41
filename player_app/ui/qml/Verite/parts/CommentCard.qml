import QtQuick
import QtQuick.Layouts
import Verite

ColumnLayout {
    id: card

    required property string id
    required property string name
    required property string username
    required property string when
    required property string text
    required property bool mine
    required property bool waiting

    signal removed(string commentId)
    signal reported(string commentId)

    spacing: Theme.gap1

    Rectangle {
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.gap3
        implicitHeight: Theme.hairline
        color: Theme.faint(Theme.line, 0.6)
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap2

        BodyText {
            text: card.name
            font.weight: Font.Medium
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            Layout.maximumWidth: card.width * 0.4
        }

        SmallText {
            Layout.fillWidth: true
            text: card.username && !card.waiting ? "@" + card.username + " · " + card.when : card.when
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
        }

        LinkButton {
            Layout.rightMargin: -Theme.gap2
            quiet: true
            text: card.mine ? "Remove" : "Report"
            Accessible.name: text + " the comment of " + card.name
            onClicked: card.mine ? card.removed(card.id) : card.reported(card.id)
        }
    }

    BodyText {
        objectName: "commentText"
        Layout.fillWidth: true
        text: card.text
    }
}
