import QtQuick
import QtQuick.Window
import Verite

Item {
    id: still

    required property string sha256
    property string alt: ""
    property color colour: Theme.ground2
    property int corner: 0

    Accessible.role: Accessible.Graphic
    Accessible.name: alt
    Accessible.ignored: alt === ""

    Rectangle {
        anchors.fill: parent
        radius: still.corner
        color: still.colour
        visible: picture.opacity < 1
    }

    Image {
        id: picture

        // what is loaded again, for another size of the window, stays to be seen meanwhile
        property string came: ""

        anchors.fill: parent
        source: still.sha256 && still.width > 0 ? "image://pictures/" + still.sha256 + (still.corner ? "/" + still.corner * Screen.devicePixelRatio : "") : ""
        sourceSize: Qt.size(Math.round(still.width * Screen.devicePixelRatio), Math.round(still.height * Screen.devicePixelRatio))
        fillMode: Image.PreserveAspectCrop
        asynchronous: true
        retainWhileLoading: true
        opacity: (status === Image.Ready || (status === Image.Loading && came === still.sha256)) && implicitWidth > 1 ? 1 : 0
        Accessible.ignored: true
        onStatusChanged: if (status === Image.Ready) came = still.sha256

        Behavior on opacity {
            NumberAnimation { duration: Theme.slow; easing.type: Easing.OutCubic }
        }
    }
}
