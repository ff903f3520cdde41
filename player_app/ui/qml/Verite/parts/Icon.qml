import QtQuick
import QtQuick.Window
import Verite

Image {
    id: icon

    required property string name
    property color colour: Theme.text1
    property int size: Theme.icon

    width: size
    height: size
    source: "image://icons/" + name + "/" + colour.toString().slice(-6)
    sourceSize: Qt.size(Math.round(width * Screen.devicePixelRatio), Math.round(height * Screen.devicePixelRatio))
    Accessible.ignored: true
}
