import QtQuick
import Verite

IconButton {
    focusPolicy: Qt.TabFocus
    hintAbove: Theme.gap7
}
