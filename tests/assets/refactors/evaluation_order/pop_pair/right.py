"""A calculator for postfix expressions."""


class Calculator:
    """Keeps a stack of numbers."""

    def __init__(self):
        self.stack = []

    def push(self, number):
        self.stack.append(number)

    def apply(self, operator):
        right, left = self.stack.pop(), self.stack.pop()
        if operator == "+":
            self.stack.append(left + right)
        elif operator == "*":
            self.stack.append(left * right)
        elif operator == "-":
            self.stack.append(left - right)
        else:
            raise ValueError(operator)


def evaluate(text):
    calculator = Calculator()
    for word in text.split():
        if word in "+-*":
            calculator.apply(word)
        else:
            calculator.push(int(word))
    return calculator.stack.pop()
