import QtQuick
import Verite

Item {
    id: words

    required property string text
    required property color colour
    property string symbol: ""
    property int weight: Font.Medium
    readonly property int iconSpace: symbol ? Theme.icon + Theme.gap2 : 0

    implicitWidth: Math.ceil(label.implicitWidth) + iconSpace
    implicitHeight: label.implicitHeight

    Row {
        anchors.centerIn: parent
        spacing: Theme.gap2

        Icon {
            name: words.symbol || "check"
            colour: words.colour
            visible: words.symbol !== ""
            anchors.verticalCenter: parent.verticalCenter
        }

        BodyText {
            id: label

            width: Math.min(Math.ceil(implicitWidth), words.width - words.iconSpace)
            text: words.text
            color: words.colour
            font.weight: words.weight
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
}
