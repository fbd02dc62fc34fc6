#!/bin/bash
# Kiln as `make install` lays it down: it works for somebody who may not write
# there, its man page is clean, and bash and zsh complete its words.
# shellcheck disable=SC2154 # lib.sh sets kiln, dir and repo
. "$(dirname "$0")/lib.sh"

skip()
{
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# Where DESTDIR is left out, that is PREFIX itself.
prefix=$dir/usr
chmod 755 "$dir"
make -s -C "$repo" install DESTDIR="$dir/stage" prefix=/opt/kiln \
	>"$dir/install" 2>&1
is "install goes below DESTDIR" \
	test -x "$dir/stage/opt/kiln/bin/kiln" -a \
	-s "$dir/stage/opt/kiln/share/man/man1/kiln.1"
is "and is silent when it is told to be" test ! -s "$dir/install"
make -s -C "$repo" uninstall DESTDIR="$dir/stage" prefix=/opt/kiln
left=$(find "$dir/stage" ! -type d)
is "uninstall leaves no file" test -z "$left"
make -s -C "$repo" install PREFIX="$prefix"
# What an older version had there must not stay.
touch "$prefix/share/kiln/lessons/old"
make -s -C "$repo" install PREFIX="$prefix"
is "installing again leaves nothing old" \
	test ! -e "$prefix/share/kiln/lessons/old"
unreadable=$(find "$prefix" ! -perm -444)
is "everybody may read it" test -z "$unreadable"
chmod -R a-w "$prefix"

# ---- somebody else runs it ----

# The user's cache is his alone perhaps: for root, another one sees it here.
other=$dir/other
mkdir -p "$other/cache" "$dir/shared"
cat >"$dir/as-other" <<END
cd /
share=$cache
if [ "\$(id -u)" = 0 ]; then
	mount --bind "$cache" "$dir/shared" || exit 99
	share=$dir/shared
	as="setpriv --reuid=nobody --regid=nogroup --clear-groups"
fi
for entry in "\$share"/*-*; do
	case \$entry in
	*/tests-*) ;; # each makes his own
	*.lock) ln -sf /dev/null "$other/cache/\${entry##*/}" ;;
	*) ln -sfn "\$entry" "$other/cache/\${entry##*/}" ;;
	esac
done
[ -z "\$as" ] || chown -hR nobody "$other"
exec \$as env -i HOME="$other" KILN_HOME="$other" LC_ALL=C.UTF-8 \
	PATH="$PATH" "\$@"
END

as_other()
{
	if [ "$(id -u)" = 0 ]; then
		unshare -m bash "$dir/as-other" "$@"
	else
		bash "$dir/as-other" "$@"
	fi
}

if as_other true 2>/dev/null; then
	as_other "$prefix/bin/kiln" list >"$dir/list" 2>&1
	is "it lists the lessons" grep -q "Two hellos, one log" "$dir/list"
	as_other "$prefix/bin/kiln" start 0.1 >"$dir/start" 2>&1
	is "it starts one" grep -q "hello_rs.rs" "$dir/start"
	as_other "$prefix/bin/kiln" check 0.1 --json >"$dir/starter" 2>&1
	is "it checks the starter" grep -q '"verdict": *"fail"' "$dir/starter"
	as_other "$prefix/bin/kiln" check 0.1 --json --dir \
		"$prefix/share/kiln/lessons/0-first-contact/01-two-hellos/solution" \
		>"$dir/solution" 2>&1
	is "and the solution" grep -q '"verdict": *"pass"' "$dir/solution"
	as_other "$prefix/bin/kiln" asm 0.1 >"$dir/asm" 2>&1
	is "it finds its files for asm" grep -q hello_init "$dir/asm"
	as_other "$prefix/bin/kiln" author new --dir "$other" \
		>"$dir/new" 2>&1
	is "it makes a lesson" test -s "$other/1-new-track/01-a-new-lesson/text.md"
	as_other "$prefix/bin/kiln" author new >"$dir/new" 2>&1
	is "but not among those of the system" grep -q "Permission denied" \
		"$dir/new"
else
	skip "somebody else runs it" "no other user, or no mounts, here"
fi

# ---- the man page ----

page=$prefix/share/man/man1/kiln.1
missing=
for name in $("$kiln" help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
	grep -qE "^\.It Ic $name( |\$)" "$page" || missing+=" $name"
done
is "the man page has every command" test -z "$missing"
flags=$("$kiln" complete -- check -- | cut -f1)
is "and the flags of check" test "$flags" = "$(sed -n \
	'/^\.It Ic check/,/^\.El/s/^\.It Fl -\([a-z]*\).*/--\1/p' "$page" |
	sort)"
is "no mark of the template is left" bash -c "! grep -q '@[A-Z]*@' '$page'"
if type mandoc >/dev/null 2>&1; then
	said=$(mandoc -Tlint -W warning "$page" 2>&1)
	is "mandoc finds no fault in it" test -z "$said"
else
	skip "mandoc finds no fault in it" "no mandoc here"
fi
if type groff >/dev/null 2>&1; then
	said=$(groff -ww -mdoc -Tascii "$page" 2>&1 >/dev/null)
	is "groff finds no fault in it" test -z "$said"
else
	skip "groff finds no fault in it" "no groff here"
fi

# ---- the words that shells complete ----

"$kiln" start 1.2 >/dev/null
answer()
{
	"$prefix/bin/kiln" complete -- "$@" 2>"$dir/said" | cut -f1
}

is "formats come from the program" \
	test "$(answer check --format j | tr '\n' ' ')" = "json junit "
is "functions from the lesson at work" \
	test "$(answer asm legacy_w)" = legacy_write
said=$(KILN_HOME=relative answer start '' 2>&1)
is "it is quiet where nothing works" test -z "$said" -a ! -s "$dir/said"

# A second one may be slow here; this is 30 ms with room for a busy machine.
began=$(date +%s%N)
for _ in 1 2 3 4 5 6 7 8 9 10; do answer start '' >/dev/null; done
took=$((($(date +%s%N) - began) / 10000000))
echo "# one answer takes $took ms"
is "an answer is quick" test "$took" -lt 300

bashrc=$dir/bashrc
cat >"$bashrc" <<END
PS1='\$ '
PATH=$prefix/bin:\$PATH
. $prefix/share/bash-completion/completions/kiln
cd $dir
mkdir -p 'a folder'
END
terminal 80 24 bash --rcfile "$bashrc" -i
shows '$ '
type_tab()
{
	clear_screen
	sleep 0.2
	tmux -S "$sock" send-keys -l -- "$1"
	tmux -S "$sock" send-keys Tab
}

type_tab "kiln che"
is "bash: a command" shows "kiln check "
keys C-u
type_tab "kiln check --form"
is "bash: a flag" shows "kiln check --format "
keys C-u
type_tab "kiln check --format=gr"
is "bash: a value behind an equals sign" \
	shows "kiln check --format=gradescope"
keys C-u
type_tab "kiln start misc"
is "bash: a lesson" shows "kiln start misc-device"
keys C-u
type_tab "kiln check --dir 'a"
keys C-u
type_tab "kiln check --dir a"
is "bash: a folder with a blank" shows 'kiln check --dir a\ folder/'
keys C-u

if type zsh >/dev/null 2>&1; then
	cat >"$dir/.zshrc" <<END
PS1='%% '
path=($prefix/bin \$path)
fpath=($prefix/share/zsh/site-functions \$fpath)
autoload -U compinit
compinit -u -D
END
	ZDOTDIR=$dir terminal 80 24 zsh -i
	shows '% '
	type_tab "kiln chec"
	is "zsh: a command" shows "kiln check "
	keys C-u
	type_tab "kiln check --format j"
	keys Tab
	is "zsh: values" shows "junit"
	keys C-u
	type_tab "kiln s"
	is "zsh: what each command does" shows "begin a lesson"
	keys C-u
	type_tab "kiln check --dir a"
	is "zsh: a folder with a blank" shows 'kiln check --dir a\ folder/'
else
	skip "zsh completes" "no zsh here"
fi

chmod -R u+w "$prefix"
done_testing
