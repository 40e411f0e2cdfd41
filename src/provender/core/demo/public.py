"""What other rooms may use of the demo's maker."""

from provender.core.demo.actions import DemoLogin, list_demo_logins, open_demo_maker

__all__ = ["DemoLogin", "list_demo_logins", "open_demo_maker"]
