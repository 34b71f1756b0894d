"""Inputs made up from annotations. Its parts find each other by their place, whatever the folder is called."""
