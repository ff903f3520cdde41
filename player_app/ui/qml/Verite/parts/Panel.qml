import QtQuick
import Verite

Rectangle {
    radius: Theme.panelCorner
    color: Theme.ground1
    border.width: Theme.dark ? 0 : Theme.hairline
    border.color: Theme.line
}
