pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: row

    required property string title
    required property string description
    required property Rows cards

    // by the row's own width: what depends on a width that the layout gives would lay it out again
    readonly property bool scrolls: list.contentWidth > width

    signal chosen(string filmId)

    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        spacing: Theme.gap3

        RowLayout {
            Layout.fillWidth: true
            Layout.rightMargin: Theme.gap6
            spacing: Theme.gap4

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                HeadingText {
                    Layout.fillWidth: true
                    text: row.title
                    Accessible.role: Accessible.Heading
                }

                SmallText {
                    Layout.fillWidth: true
                    text: row.description
                    visible: text !== ""
                    maximumLineCount: 4
                    elide: Text.ElideRight
                }
            }

            IconButton {
                symbol: "back"
                label: "Earlier in " + row.title
                enabled: !list.atXBeginning
                visible: row.scrolls
                focusPolicy: Qt.NoFocus
                onClicked: list.turn(-1)
            }

            IconButton {
                symbol: "forward"
                label: "More of " + row.title
                enabled: !list.atXEnd
                visible: row.scrolls
                focusPolicy: Qt.NoFocus
                onClicked: list.turn(1)
            }
        }

        ListView {
            id: list

            Layout.fillWidth: true
            Layout.leftMargin: -Theme.gap2
            implicitHeight: Math.round(Theme.posterWidth * 1.5) + Theme.bodyLine * 2 + Theme.smallLine * 2 + Theme.gap5
            leftMargin: Theme.gap2
            rightMargin: Theme.gap6
            topMargin: Theme.gap2
            orientation: ListView.Horizontal
            spacing: Theme.gap4
            boundsBehavior: Flickable.StopAtBounds
            keyNavigationEnabled: true
            activeFocusOnTab: true
            clip: true
            highlightMoveDuration: Theme.slow
            highlightRangeMode: ListView.ApplyRange
            preferredHighlightBegin: Theme.gap2
            preferredHighlightEnd: width - Theme.gap6
            cacheBuffer: 800
            model: row.cards
            onCountChanged: currentIndex = Math.max(0, currentIndex)
            Accessible.role: Accessible.List
            Accessible.name: row.title
            delegate: PosterCard {
                id: card

                required property string id
                required property int index

                objectName: "posterCard"
                focusPolicy: Qt.ClickFocus
                activeFocusOnTab: false
                onClicked: row.chosen(card.id)
            }

            Behavior on contentX {
                enabled: list.turning

                NumberAnimation { duration: Theme.slow; easing.type: Easing.OutCubic }
            }

            property bool turning: false

            function turn(pages: int): void {
                turning = true;
                contentX = Math.max(-leftMargin, Math.min(contentWidth - width + rightMargin, contentX + pages * width * 0.8));
                turning = false;
            }
        }
    }
}
