"""Documents in, answers out: a library that knows neither Telegram nor a terminal."""
