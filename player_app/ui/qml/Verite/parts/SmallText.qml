import QtQuick
import Verite

Text {
    color: Theme.text2
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    font.family: Theme.working
    font.pixelSize: Theme.smallSize
    font.weight: Font.Normal
    lineHeight: Theme.smallLine
    lineHeightMode: Text.FixedHeight
    topPadding: Theme.leading(lineHeight - font.pixelSize * Theme.workingHeight)
    bottomPadding: -topPadding
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
