pytest_plugins = ["liar"]
