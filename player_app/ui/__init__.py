"""The window: view models, list models and the QML that shows them."""
