pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: page

    required property SearchViewModel search

    objectName: "searchPage"
    focus: true
    onVisibleChanged: if (visible) field.input.forceActiveFocus()
    Component.onCompleted: field.input.forceActiveFocus()

    Binding { target: field; property: "text"; value: page.search.query }

    Connections {
        target: page.search

        function onFieldWanted(): void {
            field.input.forceActiveFocus();
            field.input.selectAll();
        }
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gap7
        anchors.topMargin: Theme.gap6
        spacing: Theme.gap4

        TextField {
            id: field

            objectName: "searchField"
            Layout.fillWidth: true
            Layout.rightMargin: Theme.gap7
            Layout.maximumWidth: Theme.scaled(720)
            label: "Search"
            labelShown: false
            symbol: "search"
            placeholder: "Titles, people, and what the films are about"
            maximumLength: 200
            onEdited: text => page.search.find(text)
        }

        FactText {
            readonly property string said: visible ? text : ""

            objectName: "searchSaid"
            Layout.fillWidth: true
            visible: page.search.phase !== "nothing"
            text: page.search.phase === "all" ? "Every film, by title" : page.search.said
            Accessible.role: Accessible.AlertMessage
            onSaidChanged: if (said !== "") Accessible.announce(said)
        }

        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: -Theme.gap3

            GridView {
                id: grid

                anchors.fill: parent
                visible: page.search.phase === "all"
                activeFocusOnTab: true
                keyNavigationEnabled: true
                topMargin: Theme.gap2
                leftMargin: Theme.gap3
                bottomMargin: Theme.gap7
                cellWidth: Theme.posterWidth + Theme.gap5
                cellHeight: Math.round(Theme.posterWidth * 1.5) + Theme.bodyLine * 2 + Theme.smallLine + Theme.gap6
                boundsBehavior: Flickable.StopAtBounds
                cacheBuffer: 600
                clip: true
                model: page.search.films
                onCountChanged: currentIndex = Math.max(0, currentIndex)
                Accessible.role: Accessible.List
                Accessible.name: "Every film"
                ScrollBar.vertical: ScrollBar {}
                delegate: PosterCard {
                    required property string id
                    required property int index

                    focusPolicy: Qt.ClickFocus
                    activeFocusOnTab: false
                    onClicked: page.search.open(id)
                }
            }

            ListView {
                anchors.fill: parent
                visible: page.search.phase === "found"
                activeFocusOnTab: true
                keyNavigationEnabled: true
                rightMargin: Theme.gap7
                bottomMargin: Theme.gap7
                topMargin: Theme.gap1
                spacing: Theme.gap2
                boundsBehavior: Flickable.StopAtBounds
                clip: true
                cacheBuffer: 0
                model: page.search.hits
                onCountChanged: currentIndex = Math.max(0, currentIndex)
                Accessible.role: Accessible.List
                Accessible.name: "Films found"
                ScrollBar.vertical: ScrollBar {}
                delegate: HitCard {
                    required property string id

                    width: Math.min(ListView.view.width - Theme.gap7, Theme.scaled(820))
                    onClicked: page.search.open(id)
                }
            }

            EmptyState {
                objectName: "searchNothing"
                anchors.centerIn: parent
                anchors.horizontalCenterOffset: (Theme.gap3 - Theme.gap7) / 2
                width: parent.width - Theme.gap7
                visible: page.search.phase === "nothing" || page.search.phase === "failed"
                title: page.search.phase === "failed" ? "The search did not work" : page.search.said
                text: page.search.phase === "failed" ? page.search.said : "Try fewer or other words; synopses are searched too."
                drawing: "drawing-lens"
                action: page.search.actionLabel
                onActed: page.search.act()
            }
        }
    }
}
