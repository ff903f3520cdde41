import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Verite

T.Button {
    id: hit

    required property string title
    required property string facts
    required property string poster
    required property string alt
    required property string colour
    required property string where
    required property string snippet

    objectName: "hit"
    implicitHeight: row.implicitHeight + Theme.gap3 * 2
    padding: Theme.gap3
    hoverEnabled: true
    focusPolicy: Qt.ClickFocus
    activeFocusOnTab: false
    Accessible.role: Accessible.Button
    Accessible.name: title
    Accessible.description: where + ": " + snippet
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle {
        radius: Theme.panelCorner
        color: hit.down ? Theme.ground2 : hit.hovered ? Theme.ground1 : "transparent"

        FocusRing { shown: hit.activeFocus; corner: Theme.panelCorner; anchors.margins: 0 }
    }
    contentItem: RowLayout {
        id: row

        spacing: Theme.gap4

        Still {
            Layout.preferredWidth: Math.round(Theme.posterWidth * 0.48)
            Layout.preferredHeight: Math.round(Theme.posterWidth * 0.72)
            Layout.alignment: Qt.AlignTop
            sha256: hit.poster
            colour: hit.colour
            corner: Theme.cardCorner
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: Theme.gap1

            HeadingText {
                Layout.fillWidth: true
                text: hit.title
                Accessible.ignored: true
            }

            SmallText {
                Layout.fillWidth: true
                text: hit.facts
                Accessible.ignored: true
            }

            BodyText {
                Layout.fillWidth: true
                text: hit.snippet
                color: Theme.text2
                maximumLineCount: 3
                elide: Text.ElideRight
                Accessible.ignored: true
            }

            SmallText {
                Layout.fillWidth: true
                text: "Found in the " + hit.where
                color: Theme.text3
                Accessible.ignored: true
            }
        }
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
