import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: page

    required property SettingsViewModel settings
    required property ServiceViewModel service
    required property DownloadSettingsViewModel downloads
    required property ShellViewModel shell

    objectName: "settingsPage"
    focus: true

    FormPage {
        anchors.fill: parent
        columnWidth: Theme.scaled(760)
        heading: "Settings"

        MessageBar {
            objectName: "settingsUnkept"
            Layout.fillWidth: true
            tint: Theme.danger
            text: page.settings.unkeptText
            action: page.settings.unkeptLabel
            onActed: page.settings.keep()
        }

        SettingsGroup {
            Layout.fillWidth: true
            title: "Look"

            SettingLine {
                Layout.fillWidth: true
                label: "Theme"

                ChoiceChip { text: "As the system"; checked: page.settings.theme === "system"; onClicked: page.settings.chooseTheme("system") }
                ChoiceChip { objectName: "themeDark"; text: "Dark"; checked: page.settings.theme === "dark"; onClicked: page.settings.chooseTheme("dark") }
                ChoiceChip { objectName: "themeLight"; text: "Light"; checked: page.settings.theme === "light"; onClicked: page.settings.chooseTheme("light") }
            }

            SettingLine {
                Layout.fillWidth: true
                label: "Text size"
                hint: Math.round(page.settings.textScale * 100) + " %"

                Slider {
                    objectName: "textScale"
                    label: "Text size"
                    said: Math.round(page.settings.textScale * 100) + " %"
                    from: 1
                    to: 2
                    stepSize: 0.1
                    snapMode: Slider.SnapAlways
                    live: false
                    value: page.settings.textScale
                    onValueChanged: page.settings.scaleText(value)
                }
            }

            SettingLine {
                Layout.fillWidth: true
                label: "Less motion"
                hint: "Nothing slides or fades."

                Toggle {
                    objectName: "lessMotion"
                    label: "Less motion"
                    checked: page.settings.still
                    onToggled: page.settings.chooseMotion(checked ? "less" : "full")
                }
            }
        }

        SettingsGroup {
            Layout.fillWidth: true
            title: "Watching"

            SettingLine {
                Layout.fillWidth: true
                label: "Picture"
                hint: "How much of the connection a film may take."

                ChoiceChip { text: "By the connection"; checked: page.settings.quality === "auto"; onClicked: page.settings.chooseQuality("auto") }
                ChoiceChip { text: "Best"; checked: page.settings.quality === "best"; onClicked: page.settings.chooseQuality("best") }
                ChoiceChip { text: "Least data"; checked: page.settings.quality === "least"; onClicked: page.settings.chooseQuality("least") }
            }

            SettingLine {
                Layout.fillWidth: true
                label: "Captions"
                hint: "Shown from the start of a film."

                Toggle {
                    objectName: "captionsOn"
                    label: "Captions"
                    checked: page.settings.captionsOn
                    onToggled: page.settings.showCaptions(checked)
                }
            }

            SettingLine {
                Layout.fillWidth: true
                label: "Volume"
                hint: page.settings.volume + " %"

                Slider {
                    label: "Volume"
                    said: page.settings.volume + " %"
                    from: 0
                    to: 100
                    stepSize: 5
                    value: page.settings.volume
                    onValueChanged: if (Math.round(value) !== page.settings.volume) page.settings.setVolume(Math.round(value))
                }
            }
        }

        DownloadSettings {
            Layout.fillWidth: true
            downloads: page.downloads
        }

        SettingsGroup {
            Layout.fillWidth: true
            title: "Service"

            SettingLine {
                Layout.fillWidth: true
                label: "Work offline"
                hint: "Ask the service for nothing until you go online again."

                Toggle {
                    objectName: "workOffline"
                    label: "Work offline"
                    checked: page.shell.offline.byChoice
                    onToggled: page.shell.offline.workOffline(checked)
                }
            }

            SettingLine {
                Layout.fillWidth: true
                label: page.service.currentName
                hint: page.service.currentAddress

                QuietButton {
                    objectName: "changeService"
                    text: "Change…"
                    onClicked: page.settings.changeService()
                }
            }
        }

        SettingsGroup {
            Layout.fillWidth: true
            title: "About"

            FactText {
                objectName: "versions"
                Layout.fillWidth: true
                text: page.settings.versions
            }
        }
    }
}
