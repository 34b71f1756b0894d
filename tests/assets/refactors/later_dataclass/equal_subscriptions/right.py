"""An event bus."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(eq=False, repr=False)
class Subscription:
    """One wish of a listener to hear of a topic."""

    topic: str
    listener: Callable


class Bus:
    def __init__(self):
        self.subscriptions = []

    def subscribe(self, topic, listener):
        """Call the listener for each event of the topic, until the subscription returned is cancelled."""
        subscription = Subscription(topic, listener)
        self.subscriptions.append(subscription)
        return subscription

    def cancel(self, subscription):
        """End a subscription; nothing happens where it has ended."""
        if subscription in self.subscriptions:
            self.subscriptions.remove(subscription)

    def publish(self, topic, event):
        """Call the listeners in the order of their subscriptions; return how many."""
        wanted = [s for s in self.subscriptions if s.topic == topic]
        for subscription in wanted:
            subscription.listener(event)
        return len(wanted)
