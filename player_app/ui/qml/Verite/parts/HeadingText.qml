import QtQuick
import Verite

Text {
    color: Theme.text1
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    font.family: Theme.reading
    font.pixelSize: Theme.headingSize
    font.weight: Font.Medium
    lineHeight: Theme.headingLine
    lineHeightMode: Text.FixedHeight
    topPadding: Theme.leading(lineHeight - font.pixelSize * Theme.readingHeight)
    bottomPadding: -topPadding
    Accessible.role: Accessible.Heading
    Accessible.name: text
}
