"""Write the readable schema into the base migration. Only until the first release; then the base is frozen.

Usage: python scripts/freeze_schema.py
"""

from __future__ import annotations

from pathlib import Path

from provender.database.files import schema_scripts

TARGET = Path("src/provender/database/migrations/sql/2026_11_20_01_base.sql")

if __name__ == "__main__":
    TARGET.write_text("\n".join(schema_scripts()), encoding="utf-8")
