#!/usr/bin/env python3
"""Draws the text of a terminal (standard input) as SVG (standard output), the same bytes for the same text.

    zuji --lang zh footprint examples/office-chair/bom.csv 2>/dev/null | docs/img/terminal.py > docs/img/office-chair.svg

Chinese characters take two columns; every run of text is set to its columns, whatever font the viewer has. Bars are
rectangles. The last line of the program's output names the engine's digest, which changes with the source: it is left out.
"""
import html
import re
import sys
import unicodedata

CELL, LINE, LEFT, TOP = 8.4, 21, 20, 52
EIGHTHS = " ▏▎▍▌▋▊▉"
COMMAND = "zuji --lang zh footprint examples/office-chair/bom.csv"


def width(character):
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def runs(line):
    """(column, columns, kind, text) with kind wide, narrow or bar."""
    out, column = [], 0
    for character in line:
        kind = "bar" if character in EIGHTHS[1:] + "█" else "wide" if width(character) == 2 else "narrow"
        if out and out[-1][2] == kind:
            out[-1][3] += character
            out[-1][1] += width(character)
        else:
            out.append([column, width(character), kind, character])
        column += width(character)
    return out, column


def text(x, y, columns, content, style):
    lead = len(content) - len(content.lstrip(" "))
    body = content.strip(" ")
    if not body:
        return ""
    x += lead * CELL
    columns -= len(content) - len(body)
    return (f'<text x="{x:.1f}" y="{y}" textLength="{columns * CELL:.1f}" '
            f'lengthAdjust="spacingAndGlyphs" class="{style}">{html.escape(body)}</text>\n')


def main():
    lines = sys.stdin.read().rstrip("\n").split("\n")
    lines = [line for line in lines if not re.match(r"zuji \d", line)]
    lines = ["$ " + COMMAND] + lines
    body, most = "", 0
    for row, line in enumerate(lines):
        parts, columns = runs(line.rstrip())
        most = max(most, columns)
        y = TOP + row * LINE
        heading = row in (1, 2) or line.startswith(("按阶段", "热点"))
        style = "p" if row == 0 else "n" if row == 2 else "h" if heading else "d" if row == 3 else "t"
        for column, size, kind, content in parts:
            x = LEFT + column * CELL
            if kind == "bar":
                filled = sum(8 if c == "█" else EIGHTHS.index(c) for c in content) / 8
                body += f'<rect x="{x:.1f}" y="{y - 12}" width="{filled * CELL:.2f}" height="12" class="b"/>\n'
            else:
                body += text(x, y, size, content, style)
    wide, high = most * CELL + 2 * LEFT, TOP + len(lines) * LINE
    sys.stdout.write(f'''<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high}" width="{wide:.0f}" height="{high}" role="img" aria-label="zuji footprint">
<style>
text{{font:14px "DejaVu Sans Mono","SFMono-Regular",Menlo,Consolas,"Noto Sans Mono CJK SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",monospace;fill:#d8dee9;white-space:pre}}
.p{{fill:#8fbcbb}}.h{{fill:#eceff4;font-weight:bold}}.n{{fill:#a3be8c;font-weight:bold}}.d{{fill:#9aa5b8}}.b{{fill:#a3be8c}}
</style>
<rect width="100%" height="100%" rx="8" fill="#22272e"/>
<circle cx="22" cy="20" r="5" fill="#bf616a"/><circle cx="40" cy="20" r="5" fill="#ebcb8b"/><circle cx="58" cy="20" r="5" fill="#a3be8c"/>
{body}</svg>
''')


main()
