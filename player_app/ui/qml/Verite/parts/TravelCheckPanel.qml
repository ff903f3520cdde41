pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

Panel {
    id: panel

    required property TravelCheckViewModel check
    readonly property bool wide: width > Theme.scaled(900)
    readonly property bool roomy: width > Theme.scaled(520)
    readonly property bool testing: check.phase === "testing"

    implicitHeight: column.implicitHeight + Theme.gap5 * 2
    Accessible.role: Accessible.Grouping
    Accessible.name: "Travel check"

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap5
        spacing: Theme.gap4

        GridLayout {
            Layout.fillWidth: true
            columns: panel.wide ? 2 : 1
            columnSpacing: Theme.gap5
            rowSpacing: Theme.gap4

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap3

                Icon {
                    Layout.alignment: Qt.AlignTop
                    Layout.topMargin: (Theme.headingLine - size) / 2
                    name: "journey"
                    colour: Theme.accent
                    size: Theme.scaled(24)
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: Theme.gap1

                    HeadingText {
                        Layout.fillWidth: true
                        text: "Travel check"
                        Accessible.role: Accessible.Heading
                    }

                    SmallText {
                        Layout.fillWidth: true
                        text: "Will your films play without internet until then? Tested, not guessed."
                    }
                }
            }

            GridLayout {
                columns: panel.roomy ? 3 : 2
                columnSpacing: Theme.gap3
                rowSpacing: Theme.gap3

                StepField {
                    objectName: "travelDay"
                    Layout.fillWidth: !panel.wide
                    Layout.maximumWidth: implicitWidth
                    label: "Until"
                    value: panel.check.dayText
                    letters: 22
                    wrong: panel.check.wrong !== ""
                    enabled: !panel.testing
                    onStepped: steps => panel.check.stepDay(steps)
                    onTyped: text => panel.check.typeDay(text)
                    onAccepted: panel.check.check()
                }

                StepField {
                    objectName: "travelTime"
                    Layout.fillWidth: false
                    label: "At"
                    value: panel.check.timeText
                    letters: 6
                    wrong: panel.check.wrong !== ""
                    enabled: !panel.testing
                    onStepped: steps => panel.check.stepTime(steps)
                    onTyped: text => panel.check.typeTime(text)
                    onAccepted: panel.check.check()
                }

                QuietButton {
                    objectName: "travelCheck"
                    Layout.alignment: Qt.AlignBottom
                    text: panel.testing ? "Stop" : panel.check.phase === "told" ? "Test again" : "Test"
                    onClicked: panel.testing ? panel.check.stop() : panel.check.check()
                }
            }
        }

        WrongText {
            objectName: "travelWrong"
            Layout.fillWidth: true
            text: panel.check.wrong
        }

        ColumnLayout {
            Layout.fillWidth: true
            visible: panel.testing
            spacing: Theme.gap2

            FactText {
                Layout.fillWidth: true
                text: panel.check.said
            }

            ProgressLine {
                Layout.fillWidth: true
                label: "Travel check"
                part: panel.check.progress
            }
        }

        StateLine {
            readonly property string heard: visible ? text : ""

            objectName: "travelAnswer"
            Layout.fillWidth: true
            visible: panel.check.phase === "told"
            text: panel.check.said
            symbol: panel.check.answer === "yes" ? "check" : panel.check.answer === "no" ? "no" : "ask"
            tint: panel.check.answer === "yes" ? "good" : panel.check.answer === "no" ? "danger" : ""
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
            onHeardChanged: if (heard !== "") Accessible.announce(heard)
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.leftMargin: panel.wide ? Theme.icon + Theme.gap2 : 0
            visible: panel.check.verdicts.count > 0
            columns: panel.wide && panel.check.verdicts.count > 1 ? 2 : 1
            columnSpacing: Theme.gap6
            rowSpacing: Theme.gap3

            Repeater {
                model: panel.check.verdicts
                delegate: VerdictLine {
                    required property string id

                    objectName: "verdict-" + id
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    Layout.preferredWidth: 1
                    onHelped: panel.check.remedy(id)
                }
            }
        }
    }
}
