"""When a change or a note was made."""


def now() -> str:
    """Return this moment as Word writes it, in UTC to the second; SOURCE_DATE_EPOCH, where it is set, stands for it."""
    import os
    from datetime import UTC, datetime

    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    fixed = told.isascii() and told.isdecimal() and len(told) < 12
    moment = datetime.fromtimestamp(int(told), UTC) if fixed else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
