import QtQuick
import QtQuick.Templates as T
import Verite

T.ToolTip {
    id: hint

    required property bool shown
    property int above: 0

    visible: shown && parent.visible
    delay: 600
    x: (parent.width - width) / 2
    y: above > 0 ? -height - above : parent.height + Theme.gap2
    margins: Theme.gap2
    padding: Theme.gap2
    implicitWidth: words.implicitWidth + Theme.gap3 * 2
    implicitHeight: words.implicitHeight + Theme.gap2 * 2
    closePolicy: T.Popup.NoAutoClose

    background: Rectangle {
        radius: Theme.gap1
        color: Theme.ground2
        border.width: Theme.hairline
        border.color: Theme.line
    }
    contentItem: SmallText {
        id: words

        text: hint.text
        color: Theme.text1
        wrapMode: Text.NoWrap
        horizontalAlignment: Text.AlignHCenter
    }
}
