"""How messages leave: e-mail, robots of chat groups, webhooks, SMS through a gateway."""
