#!/bin/bash
# Something else in the place of an edit file: every command says the same,
# nothing behind a link is read, and 'reset' puts it away whole. And words
# that are wrong: what is said of them.
# shellcheck disable=SC2154 # lib.sh sets kiln and dir
. "$(dirname "$0")/lib.sh"

work=$KILN_HOME/work/two-hellos
file=$work/hello_rs.rs
state=$KILN_HOME/state
export EDITOR=true

# says CODE TEXT COMMAND...: it ends with that code and says so.
says()
{
	local code=$1 text=$2 r

	shift 2
	"$kiln" "$@" >"$dir/out" 2>&1 </dev/null
	r=$?
	if [ $r = "$code" ] && tr -s ' \n' ' ' <"$dir/out" | grep -qF -- "$text"
	then
		return
	fi
	echo "# $* ended with $r:"
	sed 's/^/# /' "$dir/out"
	return 1
}

# odd WHAT: what now stands in the place of the file.
odd()
{
	local way="'reset' puts it away" c

	is "check: $1" says 1 "hello_rs.rs is $1, not a file" check
	is "it says what to do: $1" grep -qF "$way" "$dir/out"
	for c in diff edit "edit hello_rs.rs" "show hello_rs.rs"; do
		# shellcheck disable=SC2086 # two words
		is "$c: $1" says 2 "hello_rs.rs is $1, not a file" $c
		is "$c says what to do: $1" grep -qF "$way" "$dir/out"
	done
	is "start leaves it: $1" says 0 "hello_rs.rs is $1, not a file" start
	is "reset puts it away: $1" says 0 "is as it was at the start" reset
	is "the lesson's file is there: $1" cmp -s "$dir/starter" "$file"
}

"$kiln" start 0.1 >/dev/null
cp "$file" "$dir/starter"
echo "a secret of somebody's" >"$dir/secret"

rm "$file"
ln -s "$dir/secret" "$file"
odd "a link that leads out of the folder"
is "the link itself is kept" \
	test "$(readlink "$state"/kept/two-hellos/*/hello_rs.rs)" = "$dir/secret"
is "what it leads to is not" bash -c \
	"! grep -rqa \"a secret of\" '$state'"
rm "$file"
ln -s nowhere "$file"
odd "a link that leads nowhere"
rm "$file"
ln -s hello_rs.rs "$file"
odd "a link that leads in a circle"
rm "$file"
mkdir "$file"
echo deep >"$file/inside"
odd "a folder"
is "it is kept whole" grep -q deep "$state"/kept/two-hellos/*/hello_rs.rs/inside

echo '// mine' >>"$file"
"$kiln" reset >/dev/null
rm "$file"
mkfifo "$file"
is "restore, too, puts a FIFO away" says 0 "Version 1 is back" restore 1
is "and the version is there" grep -q '// mine' "$file"

rm "$file"
is "start lays a missing file down, and says so" \
	says 0 "hello_rs.rs was not there any more" start
is "and it is there" cmp -s "$dir/starter" "$file"

# ---- editors ----

is "edit opens nothing of others'" says 2 "and this is neither" edit /etc/passwd
is "edit of a given file" says 0 "It is given" edit hello.c
is "speaks of no check then" bash -c "! grep -q \"type 'check'\" '$dir/out'"
is "without a terminal and EDITOR it opens nothing" \
	env -u EDITOR bash -c "'$kiln' edit </dev/null >'$dir/out' 2>&1; [ \$? = 2 ]"
is "and says why" grep -q "needs a terminal" "$dir/out"

cat >"$dir/deep" <<'END'
#!/bin/sh
# As sensible-editor does: the editor itself is a child of it.
sh -c 'echo $$ >"$0.pid"; exec sleep 1000' "$0"
END
chmod +x "$dir/deep"
EDITOR=$dir/deep "$kiln" edit >/dev/null 2>&1 </dev/null &
one=$!
for _ in $(seq 200); do [ -s "$dir/deep.pid" ] && break; sleep 0.05; done
kill -TERM $one
wait $one
is "when Kiln is ended, so is the editor" bash -c \
	"for i in \$(seq 100); do kill -0 $(cat "$dir/deep.pid") 2>/dev/null ||
		exit 0; sleep 0.05; done; exit 1"

# ---- wrong words ----

is "one version too many" says 2 "'3' is one too many" diff 1 2 3
is "likewise with --start" says 2 "'3' is one too many" diff --start 2 3
is "what was typed is quoted" says 2 "knows no '-1'" step -1
is "an empty lesson" says 2 "the lesson is missing" start ""
is "an empty command" says 2 "the command is missing" ""
"$kiln" $'ab\033[31mc' >"$dir/out" 2>&1
is "nothing typed reaches the terminal raw" bash -c \
	"! grep -q $'\\033' '$dir/out' && grep -q 'ab?\[31mc' '$dir/out'"

# ---- the progress cannot be read ----

cp "$state/progress.db" "$dir/progress.db"
head -c 20000 /dev/urandom >"$state/progress.db"
rm -f "$state/progress.db"-*
is "status says so" says 4 "progress" status
is "and makes nothing up" bash -c "! grep -q 'Next\|Open' '$dir/out'"
is "so does list" says 4 "progress" list
is "which still lists" grep -q "0.1 .*Two hellos" "$dir/out"
is "without what it cannot know" bash -c "! grep -q ' open$\|after 0' '$dir/out'"
is "next begins nothing" says 4 "progress" next
done_testing
