import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Verite
import Verite.Models

T.Popup {
    id: box

    required property QuestionViewModel question

    parent: T.Overlay.overlay
    x: Math.round((parent.width - width) / 2)
    y: Math.round((parent.height - height) * 0.42)
    width: Math.min(Theme.scaled(520), parent.width - Theme.gap6 * 2)
    height: Math.min(implicitHeight, parent.height - Theme.gap6 * 2)
    implicitHeight: words.implicitHeight + Theme.gap6 * 2
    padding: Theme.gap6
    modal: true
    dim: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    visible: question.asked
    // before it can be seen: it is opened only once it has faded in
    onAboutToShow: pressed.restart()
    onOpened: {
        no.forceActiveFocus(Qt.TabFocusReason);
        scope.Accessible.announce(question.title + ". " + question.text, Accessible.Assertive);
    }
    onClosed: question.no()

    // the second click of a double click, or a key that is held, answers nothing
    Timer { id: pressed; interval: Application.styleHints.mouseDoubleClickInterval }

    T.Overlay.modal: Rectangle { color: Theme.faint("#000000", Theme.dark ? 0.62 : 0.45) }

    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.quick; easing.type: Easing.OutCubic }
    }
    background: Rectangle {
        radius: Theme.panelCorner
        color: Theme.ground1
        border.width: Theme.hairline
        border.color: Theme.line
    }
    contentItem: FocusScope {
        id: scope

        objectName: "question"
        focus: true
        Accessible.role: Accessible.Dialog
        Accessible.name: box.question.title
        Accessible.description: box.question.text

        ScrollPage {
            anchors.fill: parent
            anchors.margins: -Theme.gap1
            contentHeight: words.implicitHeight + Theme.gap1 * 2

            ColumnLayout {
                id: words

                x: Theme.gap1
                y: Theme.gap1
                width: scope.width
                spacing: Theme.gap4

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.gap3

                    Icon {
                        Layout.alignment: Qt.AlignTop
                        Layout.topMargin: (Theme.titleLine - size) / 2
                        visible: box.question.symbol !== ""
                        name: box.question.symbol || "ask"
                        colour: box.question.isRemoval ? Theme.danger : Theme.accent
                        size: Theme.scaled(24)
                    }

                    TitleText {
                        objectName: "questionTitle"
                        Layout.fillWidth: true
                        text: box.question.title
                        font.features: { "lnum": 1 }
                    }
                }

                FactText {
                    objectName: "questionText"
                    Layout.fillWidth: true
                    text: box.question.text
                }

                Flow {
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.gap2
                    layoutDirection: Qt.RightToLeft
                    spacing: Theme.gap3

                    PrimaryButton {
                        id: yes

                        objectName: "questionYes"
                        visible: !box.question.isRemoval
                        text: box.question.yesLabel
                        enabled: !pressed.running
                        opacity: 1
                        KeyNavigation.left: no
                        onClicked: box.question.yes()
                    }

                    QuietButton {
                        id: remove

                        objectName: "questionRemove"
                        visible: box.question.isRemoval
                        text: box.question.yesLabel
                        tint: Theme.danger
                        enabled: !pressed.running
                        opacity: 1
                        KeyNavigation.left: no
                        onClicked: box.question.yes()
                    }

                    QuietButton {
                        id: no

                        objectName: "questionNo"
                        text: box.question.noLabel
                        KeyNavigation.right: box.question.isRemoval ? remove : yes
                        onClicked: box.question.no()
                    }
                }
            }
        }
    }
}
