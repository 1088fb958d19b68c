"""Who is told when something happens to a show: subscriptions, an outbox of deliveries, and their log."""
