import QtQuick

Loader {
    id: loader

    required property bool shown
    property bool kept: false
    property bool visited: false
    // made in the event loop's own time, so that other threads get on with what is shown in it
    property bool later: false
    property bool due: false

    function catchUp(): void {
        due = shown;
    }

    anchors.fill: parent
    active: shown ? due || !later : kept && visited
    visible: shown
    focus: shown
    onLoaded: visited = true
    onShownChanged: Qt.callLater(catchUp)
    onVisibleChanged: if (visible) forceActiveFocus(Qt.OtherFocusReason)
    Component.onCompleted: catchUp()
}
