"""The stream tester: what a player would stumble over in an HLS or DASH stream, whoever serves it."""
