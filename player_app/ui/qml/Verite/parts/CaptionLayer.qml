import QtQuick
import Verite

Item {
    id: layer

    required property string text
    required property real size
    required property real ground
    required property real pictureHeight

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        width: words.width + words.font.pixelSize
        height: words.height + words.font.pixelSize * 0.4
        radius: Theme.gap1
        color: Qt.rgba(0, 0, 0, layer.ground)
        visible: layer.text !== ""

        Text {
            id: words

            objectName: "caption"
            anchors.centerIn: parent
            width: Math.min(implicitWidth, layer.width * 0.86)
            text: layer.text
            textFormat: Text.PlainText
            color: "white"
            style: Text.Outline
            styleColor: Qt.rgba(0, 0, 0, 0.7)
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            font.family: Theme.working
            font.pixelSize: Math.round(Math.max(16, layer.pictureHeight * 0.046) * layer.size)
            font.weight: Font.Medium
            lineHeight: 1.2
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
}
