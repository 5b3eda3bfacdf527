#!/usr/bin/env python3
"""Writes a report with python-docx: headings by style, merged cells, one paragraph a line.

    pip install python-docx lxml
    python3 tests/producers/python_docx.py samples/bureau-2023-gbk.html tests/producers/python-docx-bureau-2023.docx
"""

import sys

from docx import Document
from lxml import html

HEADINGS = tuple(f"{number}、" for number in "一二三四五六")


def text(node):
    return "".join(node.itertext()).strip()


def add_table(document, table):
    rows = table.xpath(".//tr")
    taken = set()
    cells = []
    for top, row in enumerate(rows):
        left = 0
        for cell in row.xpath("./td|./th"):
            while (top, left) in taken:
                left += 1
            down, across = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken.update((y, x) for y in range(top, top + down) for x in range(left, left + across))
            cells.append((top, left, top + down - 1, left + across - 1, text(cell)))
    made = document.add_table(len(rows), 1 + max(x for _, x in taken), style="Table Grid")
    for top, left, bottom, right, words in cells:
        made.cell(top, left).text = words
        if (top, left) != (bottom, right):
            made.cell(top, left).merge(made.cell(bottom, right))


def main(source, target):
    with open(source, "rb") as file:
        page = html.fromstring(file.read().decode("gb18030"))
    document = Document()
    for node in page.xpath("//h1 | //p[not(ancestor::table)] | //table[not(ancestor::table)]"):
        if node.tag == "table":
            add_table(document, node)
        elif node.tag == "h1" or text(node).startswith(HEADINGS):
            document.add_heading(text(node), 0 if node.tag == "h1" else 1)
        elif text(node):
            document.add_paragraph(text(node))
    document.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
