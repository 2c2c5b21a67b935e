def peer():
    return {}
