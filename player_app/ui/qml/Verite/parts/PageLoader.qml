import QtQuick

Loader {
    id: loader

    required property bool shown
    property bool kept: false
    property bool visited: false

    anchors.fill: parent
    active: shown || (kept && visited)
    visible: shown
    focus: shown
    onLoaded: visited = true
    onVisibleChanged: if (visible) forceActiveFocus(Qt.OtherFocusReason)
}
