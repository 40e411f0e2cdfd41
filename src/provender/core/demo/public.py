"""What other rooms may use of the demo's maker."""

from provender.core.demo.actions import TIME_ZONE, DemoLogin, list_demo_logins, open_demo_maker

__all__ = ["TIME_ZONE", "DemoLogin", "list_demo_logins", "open_demo_maker"]
