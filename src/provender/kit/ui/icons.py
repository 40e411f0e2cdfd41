"""Our own small icons, drawn on a 20 x 20 grid with a round 1.6 stroke.

Inline SVG: no request, takes the colour of its text, prints. Add a shape here when a word
of the product has none; a picture that means nothing does not belong.
"""

from __future__ import annotations

from markupsafe import Markup, escape

_SHAPES = {
    "alert": '<path d="M10 3 18 17H2Z"/><path d="M10 8v4M10 14.6v.2"/>',
    "arrow": '<path d="M4 10h12M11 5l5 5-5 5"/>',
    "back": '<path d="M16 10H4M9 5l-5 5 5 5"/>',
    "batch": '<path d="M3 7 10 3l7 4v7l-7 4-7-4Z"/><path d="m3 7 7 4 7-4M10 11v7"/>',
    "bean": '<path d="M6 15.5C2.6 12.2 3.4 6.6 7 4.2c3.3-2.2 7.9-.6 9 3 1.2 4-1.3 8.6-5 9.6'
    '-1.9.5-3.7 0-5-1.3Z"/><path d="M6.5 15C9 13 7.5 10.5 10 9.5S13 6.5 13.5 4.5"/>',
    "check": '<path d="m4 10.5 4 4 8-9"/>',
    "clock": '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.3l3 1.7"/>',
    "close": '<path d="m5 5 10 10M15 5 5 15"/>',
    "copy": '<rect x="7" y="7" width="10" height="10" rx="2"/><path d="M13 4.5V4a1 1 0 0 0-1-1H4'
    'a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h.5"/>',
    "customer": '<path d="M3 8.5 4.5 3h11L17 8.5M4 8.5V17h12V8.5"/><path d="M3 8.5a2.33 2.33 0 0 0 '
    '4.66 0 2.33 2.33 0 0 0 4.67 0 2.33 2.33 0 0 0 4.67 0M8 17v-4.5h4V17"/>',
    "download": '<path d="M10 3v9M6 8.5l4 4 4-4M4 16.5h12"/>',
    "farm": '<path d="M10 17V9"/><path d="M10 9C10 5.5 7 3.5 3.5 3.5 3.5 7 6 9 10 9Z"/>'
    '<path d="M10 12c0-3 2.5-5 6.5-5 0 3.2-2.5 5-6.5 5ZM5 17h10"/>',
    "hold": '<circle cx="10" cy="10" r="7"/><path d="M8 7.5v5M12 7.5v5"/>',
    "home": '<path d="m3 9.5 7-6 7 6"/><path d="M5 8.5V17h10V8.5"/>',
    "language": '<circle cx="10" cy="10" r="7"/><path d="M3 10h14M10 3c4 4.3 4 9.7 0 14-4-4.3-4-9.7 0-14Z"/>',
    "menu": '<path d="M3 6h14M3 10h14M3 14h14"/>',
    "minus": '<path d="M4 10h12"/>',
    "order": '<path d="M5 3h10v14l-2.5-1.5L10 17l-2.5-1.5L5 17Z"/><path d="M8 7h4M8 10.5h4"/>',
    "person": '<circle cx="10" cy="7" r="3.2"/><path d="M3.5 17c.7-3.8 3.2-5.3 6.5-5.3s5.8 1.5 6.5 5.3"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "print": '<path d="M6 7V3h8v4M6 14H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h12a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-2"/>'
    '<path d="M6 11.5h8V17H6Z"/>',
    "process": '<path d="M3 5h3l8 10h3M3 15h3l2.5-3M17 5h-3l-2.5 3"/><path d="m15 3 2 2-2 2M15 13l2 2-2 2"/>',
    "product": '<rect x="4" y="3" width="12" height="14" rx="1.5"/><path d="M10 3v14M4 7.7h12M4 12.3h12"/>',
    "recall": '<path d="M4.5 7A6.5 6.5 0 1 1 3.5 10.5"/><path d="M4 3v4.2h4.2"/><path d="M10 7v3.5M10 13v.2"/>',
    "scan": '<path d="M3 7V4a1 1 0 0 1 1-1h3M13 3h3a1 1 0 0 1 1 1v3M17 13v3a1 1 0 0 1-1 1h-3M7 17H4'
    'a1 1 0 0 1-1-1v-3"/><path d="M6.5 7v6M9 7v6M11 7v6M13.5 7v6"/>',
    "search": '<circle cx="9" cy="9" r="5.5"/><path d="m13 13 4 4"/>',
    "settings": '<path d="M3 6h8M15 6h2M3 14h2M9 14h8"/><circle cx="13" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>',
    "shipment": '<path d="M2 5h9v9H2ZM11 8h3.5L18 11v3h-7"/><circle cx="6" cy="15" r="1.7"/>'
    '<circle cx="14.5" cy="15" r="1.7"/>',
    "sun": '<circle cx="10" cy="10" r="3.3"/><path d="M10 2.5v1.8M10 15.7v1.8M2.5 10h1.8M15.7 10h1.8'
    'M4.7 4.7 6 6M14 14l1.3 1.3M15.3 4.7 14 6M6 14l-1.3 1.3"/>',
    "supplier": '<path d="M3 17V8l4.5 3V8l4.5 3V3h5v14Z"/><path d="M6.5 14h1M11 14h1"/>',
    "undo": '<path d="M7.5 4 4 7.5 7.5 11"/><path d="M4 7.5h8a4 4 0 0 1 0 8H8"/>',
}

ICON_NAMES = tuple(sorted(_SHAPES))
"""Every icon there is, in alphabetical order."""


def draw_icon(name: str, label: str = "") -> Markup:
    """Return an icon as inline SVG; hidden from readers unless it stands alone with a label.

    Raises:
        KeyError: There is no icon of this name.
    """
    said = Markup('role="img" aria-label="%s"') % escape(label) if label else Markup('aria-hidden="true"')
    opening = Markup('<svg class="icon" viewBox="0 0 20 20" %s>') % said
    return opening + Markup(_SHAPES[name]) + Markup("</svg>")  # noqa: S704 shapes are ours
