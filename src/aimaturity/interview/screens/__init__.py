"""What the terminal app shows. Pages (`*_page.py`, `rows.py`, `lines.py`, `telling.py`) are pure: a session in, lines
out. Screens draw them with Textual and turn keys into answers."""
