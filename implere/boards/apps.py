from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "implere.boards"
    label = "boards"
