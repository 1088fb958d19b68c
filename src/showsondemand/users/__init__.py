"""People: their accounts and what each of them may do."""
