"""What a provision is called in the address book. Pure."""


def provision_title(short: dict[str, str], number: dict[str, str], heading: dict[str, str]) -> dict[str, str]:
    """“Export Control Law, Article 12: Licences” in each language that the number has."""
    return {code: _name(code, short, words, heading.get(code, "")) for code, words in number.items()}


def _name(code: str, short: dict[str, str], number: str, heading: str) -> str:
    name = short.get(code) or short.get("en", "")
    if code == "zh-hans":
        return f"{name}{number}" + (f"：{heading}" if heading else "")
    return f"{name}, {number}" + (f": {heading}" if heading else "")
