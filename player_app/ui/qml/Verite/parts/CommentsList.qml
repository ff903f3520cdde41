pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: list

    required property CommentsViewModel comments

    spacing: Theme.gap4

    HeadingText {
        Layout.fillWidth: true
        text: list.comments.total > 0 ? "Comments · " + list.comments.total : "Comments"
        Accessible.role: Accessible.Heading
    }

    CommentBox {
        Layout.fillWidth: true
        comments: list.comments
    }

    Skeleton {
        Layout.fillWidth: true
        implicitHeight: Theme.bodyLine * 3
        visible: list.comments.phase === "loading"
    }

    FactText {
        objectName: "noComments"
        Layout.fillWidth: true
        visible: list.comments.phase === "empty"
        text: "No comments yet. Say the first word."
    }

    MessageBar {
        objectName: "commentsFailed"
        Layout.fillWidth: true
        visible: list.comments.phase === "failed"
        text: list.comments.phase === "failed" ? list.comments.said : ""
        action: "Try again"
        onActed: list.comments.load()
    }

    SmallText {
        Layout.fillWidth: true
        visible: text !== "" && list.comments.phase !== "failed"
        text: list.comments.said
        color: Theme.good
        Accessible.role: Accessible.AlertMessage
    }

    Repeater {
        model: list.comments.rows
        delegate: CommentCard {
            Layout.fillWidth: true
            onRemoved: commentId => list.comments.remove(commentId)
            onReported: commentId => list.comments.report(commentId)
        }
    }

    LinkButton {
        Layout.leftMargin: -Theme.gap2
        visible: list.comments.hasMore
        text: "Earlier comments"
        onClicked: list.comments.more()
    }
}
