import QtQuick
import QtQuick.Templates as T
import Verite

T.Button {
    id: link

    property int lines: 2

    implicitHeight: words.implicitHeight
    hoverEnabled: true
    Accessible.role: Accessible.Link
    Accessible.name: text
    Accessible.description: "About the film"
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: FocusRing { shown: link.visualFocus; corner: Theme.gap1 }
    contentItem: HeadingText {
        id: words

        text: link.text
        color: link.hovered ? Theme.accent : Theme.text1
        maximumLineCount: link.lines
        elide: Text.ElideRight
        Accessible.ignored: true
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
