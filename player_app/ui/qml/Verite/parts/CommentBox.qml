import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: box

    required property CommentsViewModel comments

    spacing: Theme.gap2

    TextBox {
        id: input

        objectName: "commentField"
        Layout.fillWidth: true
        label: "Write a comment"
        placeholderText: "What did you see in it?"
        enabled: !box.comments.posting
        onTextChanged: if (text !== box.comments.draft) box.comments.write(text)

        Binding { target: input; property: "text"; value: box.comments.draft }
    }

    WrongText {
        objectName: "commentWrong"
        Layout.fillWidth: true
        text: box.comments.wrong
    }

    LinkButton {
        objectName: "keepComment"
        Layout.leftMargin: Theme.smallLine + Theme.gap1 - leftPadding // below the sentence
        visible: text !== ""
        text: box.comments.keepLabel
        onClicked: box.comments.keep()
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap3

        SmallText {
            Layout.fillWidth: true
            text: box.comments.signedIn ? "Shown with your username." : "Write first. To post it you create an account, or sign in if you have one."
        }

        QuietButton {
            objectName: "postComment"
            text: box.comments.posting ? "Posting…" : "Post"
            enabled: !box.comments.posting && input.text.trim() !== ""
            onClicked: box.comments.post()
        }
    }
}
