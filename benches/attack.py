#!/usr/bin/env python3
"""Runs the program on hostile files: does it end in time, in little memory, and is all that it says harmless?

Usage: benches/attack.py FOLDER [PROGRAM]. Every file below FOLDER, and those that GENERATED writes, go through `parse`,
`clean` with and without a long base, `extract`, `import` where they are lists, and a refresh of a paper of all of them,
followed by `list`, `show` and `feeds`; files in FOLDER/http are also served packed as they are named (`name.gzip`,
`name.gzip.br`, …). Prints what falls short and the worst figures; ends with 1 when anything falls short.
"""

import http.server
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time

MOST_SECONDS = 2.0
MOST_KILOBYTES = 200_000
PATIENCE = 60
CODINGS = ("gzip", "br", "zstd", "deflate")
# What no output may hold besides the C0 and C1 controls and DEL: bidi controls and isolates, marks without width, separators,
# tags, interlinear marks, characters that are none.
FORBIDDEN = [(0x00, 0x09), (0x0B, 0x1F), (0x7F, 0x9F), (0x61C, 0x61C), (0x180B, 0x180F), (0x200B, 0x200F),
             (0x2028, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F)]
# An address that every relative one grows by, and one that is longer than any that counts.
LONG_BASE = "http://a.example/" + "a" * 1_900 + "/"
TOO_LONG = "http://a.example/" + "a" * 15_000 + "/"
MOST_BODY = 1_900_000


def fill(piece, around=""):
    """A piece again and again, up to the size of the longest body, with another around all of them."""
    return around + piece * ((MOST_BODY - len(around)) // len(piece))


def feed(body, base=""):
    attribute = f' xml:base="{base}"' if base else ""
    article = f"<item><title>t</title><link>http://a.example/1</link><description><![CDATA[{body}]]></description></item>"
    return f'<rss version="2.0"{attribute}><channel><title>t</title>{article}</channel></rss>'


# What takes long where a program looks again at what it has seen, or writes out what is short: bodies of articles.
BODIES = {
    "marks": fill("<sup>1</sup>", "<div>"),
    "blank-runs": "<br>" * 200_000 + "<i></i>" * 150_000,
    "blank-pictures": fill("<b> </b><img src=x>"),
    "pictures": "".join(f"<img src={number}>" for number in range(110_000)),
    "links": "".join(f"<a href={number}>x</a>" for number in range(90_000)),
    "header": "<table><tr><th>" + fill("word ") + "<th>b<tr><td>1<td>2</table>",
    "deep-boxes": fill("<br>", "<div class=ad>" * 95),
    "deep-forms": fill("<br>", "<fieldset>" * 95),
    "deep-raised": fill("a<br>", "<sup>" * 95),
    "deep-code": fill("<br>", "<pre>" * 95),
    "deep-numbers": fill("<br>", "<pre>" + "<span style=user-select:none>" * 95),
    "lines": fill("a<br>"),
    "lists": fill("<li>a", "<ul>"),
    "cells": fill("<td>a", "<table><tr>"),
    "escaped": fill("&lt;br&gt;a"),
    "deep-tables": fill("a<br>", "<table><tr><td class=gutter>1<td>" * 25),
}
GENERATED = {
    **{f"{name}.html": body for name, body in BODIES.items()},
    **{f"{name}.xml": feed(body) for name, body in BODIES.items()},
    "many-lists.xml": feed(BODIES["lists"]).replace("</item>", "</item>" + "".join(
        f"<item><title>{number}</title><description><![CDATA[{BODIES['lists']}]]></description></item>" for number in range(3))),
    "long-base.xml": feed("<a href=x>y</a>" * 120_000, LONG_BASE),
    "too-long-base.xml": feed("<a href=x>y</a>" * 120_000, TOO_LONG),
    "long-base.html": f"<html><base href={LONG_BASE}>" + fill("<a href=feed.xml>y</a>"),
    "long-page.xml": feed("<a href='#x'>y</a>" * 100_000).replace("a.example/1", "a.example/" + "a" * 15_000),
    "folders.opml": "<opml><body><outline text='" + "N" * 1_000_000 + "'>" + "<outline xmlUrl='http://a.example/'/>" * 10_000
                    + "</outline></body></opml>",
    "deep-folders.opml": "<opml><body>" + f"<outline text='{'N' * 190}'>" * 90 + "<outline xmlUrl='http://a.example/'/>" * 50_000,
}


class Judge:
    def __init__(self):
        self.short, self.slowest, self.largest, self.runs = [], (0.0, ""), (0, ""), 0

    def run(self, program, arguments, name, is_timed=True):
        """Runs one command; its standard output."""
        what = f"{arguments[0] if not arguments[0].startswith('--') else arguments[4]} {name}"
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            start = time.monotonic()
            child = subprocess.Popen([program, *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=err)
            killer = threading.Timer(PATIENCE, child.kill)
            killer.start()
            _, status, used = os.wait4(child.pid, 0)
            killer.cancel()
            took = time.monotonic() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            texts = []
            for stream, file in (("stdout", out), ("stderr", err)):
                file.seek(0)
                texts.append(self.look(file.read(), f"{what}: {stream}"))
        self.runs += 1
        if child.returncode not in (0, 1, 3):
            self.short.append(f"{what}: ended with {child.returncode}: {texts[1][:200]}")
        if "please report" in texts[1]:
            self.short.append(f"{what}: {texts[1][:300]}")
        if is_timed and took > MOST_SECONDS:
            self.short.append(f"{what}: {took:.2f} s")
        if used.ru_maxrss > MOST_KILOBYTES:
            self.short.append(f"{what}: {used.ru_maxrss / 1000:.0f} MB")
        if is_timed:
            self.slowest = max(self.slowest, (took, what))
        self.largest = max(self.largest, (used.ru_maxrss, what))
        return texts[0]

    def look(self, data, what):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            self.short.append(f"{what} is not UTF-8: {error}")
            return data.decode("utf-8", "replace")
        for character in sorted(set(text)):
            code = ord(character)
            if any(low <= code <= high for low, high in FORBIDDEN):
                at = text.index(character)
                self.short.append(f"{what} holds U+{code:04X}: {text[max(0, at - 30):at + 30]!r}")
        return text


def serve(folder):
    """The files of a folder as answers packed as their names say; the address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            path = folder / self.path.lstrip("/")
            data = path.read_bytes()
            codings = [part for part in path.name.split(".") if part in CODINGS]
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            if codings:
                self.send_header("Content-Encoding", ", ".join(codings))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            try:
                self.wfile.write(data)
            except OSError:
                pass

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"


def refresh(judge, program, urls, name):
    """A refresh of these feeds in folders of its own, and everything that shows what came of it."""
    home = pathlib.Path(tempfile.mkdtemp())
    try:
        feeds = ", ".join(json.dumps(url) for url in urls)
        (home / "feeds.toml").write_text(f'[[section]]\nname = "Attack"\nwindow = "3650d"\nper_feed = 10000\nfeeds = [{feeds}]\n')
        places = ["--config", str(home), "--data", str(home)]
        # The answer of one feed is one answer; a whole paper is many.
        judge.run(program, [*places, "refresh"], name, is_timed=len(urls) == 1)
        for arguments in (["list", "--all"], ["list", "--all", "--json"], ["feeds"], ["feeds", "--json"]):
            told = judge.run(program, [*places, *arguments], name)
            if arguments == ["list", "--all", "--json"]:
                ids = [str(article["id"]) for article in json.loads(told or "[]")]
        for number in ids[:: max(1, len(ids) // 40)]:
            for form in ("text", "markdown", "html", "json"):
                judge.run(program, [*places, "show", number, "--format", form], f"{name}, article {number} as {form}")
        return home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def take_in(judge, program, path):
    """A list of feeds, imported in folders of its own."""
    with tempfile.TemporaryDirectory() as home:
        judge.run(program, ["--config", home, "--data", home, "import", str(path)], path.name)


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    program = sys.argv[2] if len(sys.argv) > 2 else str(pathlib.Path(__file__).parent.parent / "target/release/matins")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    judge = Judge()
    files = sorted(path for path in folder.rglob("*") if path.is_file() and folder / "http" not in path.parents)
    made = pathlib.Path(tempfile.mkdtemp())
    for name, text in GENERATED.items():
        (made / name).write_text(text)
    files += sorted(made.iterdir())
    for path in files:
        name = path.name if path.parent == made else str(path.relative_to(folder))
        judge.run(program, ["parse", str(path)], name)
        judge.run(program, ["extract", str(path), "--base-url", LONG_BASE], name)
        for form in ("text", "markdown", "json"):
            judge.run(program, ["clean", str(path), "--format", form], f"{name} as {form}")
        judge.run(program, ["clean", str(path), "--format", "json", "--base-url", LONG_BASE], f"{name} under a long base")
        if path.suffix == ".opml":
            take_in(judge, program, path)
        refresh(judge, program, [path.as_uri()], name)
    refresh(judge, program, [path.as_uri() for path in files], "all")
    if (folder / "http").is_dir():
        packed = sorted((folder / "http").iterdir())
        address = serve(folder / "http")
        for path in packed:
            refresh(judge, program, [address + path.name], f"http/{path.name}")
        refresh(judge, program, [address + path.name for path in packed], "all of http")
    shutil.rmtree(made, ignore_errors=True)
    print("\n".join(judge.short) or "nothing falls short")
    print(f"{judge.runs} runs over {len(files)} files; slowest {judge.slowest[0]:.2f} s ({judge.slowest[1]}); "
          f"most memory {judge.largest[0] / 1000:.0f} MB ({judge.largest[1]})")
    sys.exit(1 if judge.short else 0)


main()
