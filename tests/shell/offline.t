#!/bin/bash
# Once set up, Kiln needs no network. tests/run runs all of tests/shell with
# the network cut; here it is seen to be cut, and a lesson is done all the same.
# shellcheck disable=SC2154 # lib.sh sets kiln, repo and KILN_HOME

# By itself this file cuts it off for itself.
if [ -z "${KILN_TEST_OFFLINE:-}" ]; then
	export KILN_TEST_OFFLINE=1
	for how in "" --map-current-user; do
		# shellcheck disable=SC2086 # none, or one
		if unshare --net $how true 2>/dev/null; then
			exec unshare --net $how bash "$0"
		fi
	done
	echo "1..0 # SKIP unshare(1) may not take the network away here"
	exit 0
fi
. "$(dirname "$0")/lib.sh"

no_way_out()
{
	[ "$(grep -vc 'lo:\||' /proc/net/dev)" = 0 ] &&
		[ "$(grep -c . /proc/net/route)" -le 1 ] &&
		! (exec 3<>/dev/tcp/192.0.2.1/80) 2>/dev/null
}
is "there is no network" no_way_out
solution=$repo/lessons/0-first-contact/01-two-hellos/solution
work=$KILN_HOME/work/two-hellos
is "doctor is content" eval '"$kiln" doctor >/dev/null'
is "a lesson begins" eval '"$kiln" start 0.1 >/dev/null'
is "its text is there" eval '"$kiln" show 0.1 >/dev/null'
is "so is the kernel's source" \
	eval '"$kiln" show rust/kernel/lib.rs >/dev/null'
cp "$solution/hello_rs.rs" "$work/hello_rs.rs"
is "a check passes" eval '"$kiln" check | grep -q "^Passed"'
done_testing
