import QtQuick
import QtQuick.Layouts
import Verite

Panel {
    id: group

    required property string title
    default property alias lines: column.data

    implicitHeight: column.implicitHeight + Theme.gap5 * 2
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap5
        spacing: Theme.gap4

        HeadingText {
            Layout.fillWidth: true
            text: group.title
            Accessible.role: Accessible.Heading
        }
    }
}
