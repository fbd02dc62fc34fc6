#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# README, CONTRIBUTING and the book, held against the tree:
#
#   - a relative link leads to a file, and its #anchor to a heading there
#   - `make TARGET` names a target of the Makefile
#   - `kiln COMMAND` names a command that `kiln help` lists (where it is built)
#   - no line names a host that packages come from, or a folder beside ours
#   - every chapter of the book is in its summary
#
# TAP on stdout. Each rule is then shown a text that breaks it.
#
# shellcheck disable=SC2016,SC2317 # texts have backquotes; rules are passed on
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
kiln=${BUILD:-build}/kiln

# What a rule finds is printed as "file:line: what"; nothing is good news.
# All of them look at the files named in docs=().

# The anchors of a file, as mdBook makes them, or as {#name} says.
anchors()
{
	awk '/^[ \t]*(```|~~~)/ { fence = !fence }
	     fence || !/^#+ / { next }
	     match($0, /\{#[^}]*\}/) {
		print substr($0, RSTART + 2, RLENGTH - 3)
		next
	     }
	     {
		sub(/^#+ +/, "")
		$0 = tolower($0)
		gsub(/[^a-z0-9 _-]/, "")
		gsub(/ /, "-")
		print
	     }' "$1"
}

# "file:line target" of each link; what is code is none.
targets_of_links()
{
	awk 'FNR == 1 { fence = 0 }
	     /^[ \t]*(```|~~~)/ { fence = !fence; next }
	     fence { next }
	     {
		gsub(/`[^`]*`/, "")
		while (match($0, /\]\([^)]*\)/)) {
			print FILENAME ":" FNR " " \
				substr($0, RSTART + 2, RLENGTH - 3)
			$0 = substr($0, RSTART + RLENGTH)
		}
	     }' "${docs[@]}"
}

links()
{
	local place target file

	while read -r place target; do
		[[ $target != *:* ]] || continue
		file=${place%:*}
		[[ $target == '#'* ]] || file=${file%/*}/${target%%#*}
		if [ ! -e "$file" ]; then
			echo "$place: no such file: $target"
		elif [[ $target == *'#'* ]] &&
			! anchors "$file" | grep -qxF "${target#*#}"; then
			echo "$place: no such heading: $target"
		fi
	done < <(targets_of_links)
}

# "file:line: word" for each word after $1 in code: in backquotes, or on a
# line of a block up to the first two blanks, which a remark follows. What
# stands after the prompt of our shell counts as a word after kiln.
named_after()
{
	awk -v name="$1" '
	function look(s, w, n, i) {
		n = split(s, w, /[ \t]+/)
		i = w[1] == "" ? 2 : 1
		sub(/^.*\//, "", w[i])
		if (w[i] != name)
			return
		# Options, assignments and their values say nothing.
		for (i++; i <= n; i++) {
			if (w[i] == "-C" || w[i] ~ /^(M|O)=/)
				return
			if (w[i] ~ /^[a-z][a-z-]*$/) {
				print FILENAME ":" FNR ": " w[i]
				return
			}
			if (w[i] !~ /^-|=/)
				return
		}
	}
	FNR == 1 { fence = 0; open = "" }
	/^[ \t]*(```|~~~)/ { fence = !fence; next }
	fence || /^(\t|    )/ {
		s = $0
		sub(/^[ \t]*/, "", s)
		sub(/(\t|  ).*/, "", s)
		if (sub(/^kiln( [0-9.]+)?> /, "", s) && s != "")
			s = "kiln " s
		look(s)
		next
	}
	{
		s = $0
		if (open != "") { # a span that went on to this line
			s = open " " s
			open = ""
		}
		while (match(s, /`[^`]*`/)) {
			look(substr(s, RSTART + 1, RLENGTH - 2))
			s = substr(s, RSTART + RLENGTH)
		}
		if (match(s, /`[^`]*$/))
			open = substr(s, RSTART)
		if ($0 == "")
			open = ""
	}' "${docs[@]}"
}

targets()
{
	local place word known

	known=$(sed -n 's/^\([a-z][a-z-]*\):.*/\1/p' Makefile)
	while read -r place word; do
		grep -qxF "$word" <<<"$known" ||
			echo "$place no target '$word' in the Makefile"
	done < <(named_after make)
}

commands()
{
	local place word known

	known=$("$kiln" help | sed -n 's/^  \([a-z]*\)  .*/\1/p')
	while read -r place word; do
		# The letter of a choice, at a prompt that has asked.
		[[ $word == [a-i] ]] || grep -qxF "$word" <<<"$known" ||
			echo "$place no command '$word' in kiln help"
	done < <(named_after kiln)
}

hosts()
{
	local debian='(deb|security|ftp|snapshot|archive)\.?[a-z0-9.-]*'
	local more='(static|index)\.crates\.io|registry\.npmjs\.org'

	debian+='\.(debian|ubuntu)\.(org|com)'
	more+='|files\.pythonhosted\.org|proxy\.golang\.org|(ghcr|docker)\.io'
	grep -nHE "$debian|$more" "${docs[@]}"
	grep -nHE '\.\./share[d]|/work/share[d]' "${docs[@]}"
}

chapters()
{
	local file

	for file in "$1"/*.md; do
		[ "${file##*/}" != SUMMARY.md ] || continue
		grep -qF "(${file##*/})" "$1/SUMMARY.md" ||
			echo "$file:1: not in SUMMARY.md"
	done
}

count=0
failed=0

result() # STATUS TITLE
{
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		failed=1
	fi
}

holds() # TITLE RULE [ARGUMENT]
{
	local said

	said=$("${@:2}")
	[ -z "$said" ] || echo "# ${said//$'\n'/$'\n'# }"
	[ -z "$said" ]
	result $? "$1"
}

skipped() # TITLE WHY
{
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

docs=(./README.md ./CONTRIBUTING.md book/src/*.md)
holds "links lead somewhere" links
holds "make's targets are there" targets
if [ -x "$kiln" ]; then
	holds "kiln's commands are there" commands
else
	skipped "kiln's commands are there" "$kiln is not built"
fi
holds "no host of a registry is named" hosts
holds "every chapter is in the summary" chapters book/src

# A text of one line, which the rule must find at fault, or must not.
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
docs=("$tmp/a.md")

planted() # TEXT RULE
{
	printf '# One heading\n\n%s\n' "$1" >"$tmp/a.md"
	"$2"
}

refused() # RULE TEXT
{
	[[ $(planted "$2" "$1") == "$tmp/a.md:3:"* ]]
	result $? "refused: $2"
}

allowed() # RULE TEXT
{
	[ -z "$(planted "$2" "$1")" ]
	result $? "allowed: $2"
}

refused links 'see [there](missing.md)'
refused links 'two: [a](a.md) and [b](missing.md)'
refused links 'see [there](#two-headings)'
refused links 'see [there](a.md#two-headings)'
allowed links 'see [here](a.md), [here](#one-heading), [x](https://x.y/z)'
allowed links 'in code: `[a](b)`'
refused targets 'type `make nonsense`'
refused targets 'type `make SAN=1 nonsense`'
refused targets '    make nonsense     does it'
allowed targets '    make            builds it'
allowed targets 'type `make check`, and make nonsense of it'
allowed targets '`make -C /kiln/build M=/kiln/work modules`'
if [ -x "$kiln" ]; then
	refused commands 'type `kiln nonsense`'
	refused commands 'type `build/kiln nonsense 1.2`'
	refused commands '    build/kiln nonsense'
	refused commands '    kiln 1.2> nonsense'
	allowed commands '    kiln 1.2> check'
	allowed commands 'type `kiln check 1.2` or `kiln --help`'
fi
refused hosts 'from http://deb.''debian.org/debian'
refused hosts 'from ftp.de.''debian.org'
refused hosts "as ../share"'d/X says'
allowed hosts 'from the Debian mirror'
mkdir "$tmp/book"
echo '- [One](one.md)' >"$tmp/book/SUMMARY.md"
touch "$tmp/book/one.md"
[ -z "$(chapters "$tmp/book")" ]
result $? "allowed: a chapter in the summary"
touch "$tmp/book/two.md"
[ -n "$(chapters "$tmp/book")" ]
result $? "refused: a chapter that is not"

echo "1..$count"
exit $failed
