"""The time of a change or a note."""


def now() -> str:
    """Return the present time as Word writes it, in UTC to the second; SOURCE_DATE_EPOCH replaces it if set."""
    import os
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    fixed = epoch.isascii() and epoch.isdecimal() and len(epoch) < 12
    moment = datetime.fromtimestamp(int(epoch), UTC) if fixed else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
