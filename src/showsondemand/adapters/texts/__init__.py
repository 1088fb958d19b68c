"""How text messages reach a telephone."""
