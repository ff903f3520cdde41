import QtQuick
import Verite

Flickable {
    id: page

    property real bottomSpace: Theme.gap8
    property string title: ""
    readonly property Item focused: Window.activeFocusItem

    objectName: "scrollPage"
    contentWidth: width
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    Accessible.role: Accessible.Pane
    Accessible.name: title
    Keys.onPressed: event => event.accepted = turn(event.key)
    onFocusedChanged: if (focused && inside(focused)) reveal(focused)

    ScrollBar.vertical: ScrollBar {}

    Behavior on contentY {
        id: glide

        enabled: false

        NumberAnimation { duration: Theme.slow; easing.type: Easing.OutCubic }
    }

    function inside(item: Item): bool {
        return !!item && (item === page.contentItem || inside(item.parent));
    }

    function reveal(item: Item): void {
        const top = item.mapToItem(contentItem, 0, 0).y;
        scrollTo(top < contentY + Theme.gap5 ? top - Theme.gap8 : Math.max(contentY, Math.min(top - Theme.gap8, top + item.height + Theme.gap7 - height)));
    }

    function scrollTo(y: real): void {
        glide.enabled = !Theme.still;
        contentY = Math.max(0, Math.min(contentHeight - height, y));
        glide.enabled = false;
    }

    function turn(key: int): bool {
        const pages = key === Qt.Key_PageDown ? 0.85 : key === Qt.Key_PageUp ? -0.85 : key === Qt.Key_Home ? -1000 : key === Qt.Key_End ? 1000 : 0;
        if (pages !== 0)
            scrollTo(contentY + pages * height);
        return pages !== 0;
    }
}
