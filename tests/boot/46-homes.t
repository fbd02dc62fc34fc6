#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Homes of all kinds: a disk that is full, one that is read-only, a path with
# blanks and letters of other languages, folders in other places. What cannot
# be done is said, and nothing is lost by it.
use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

binmode(Test::More->builder->$_, ':encoding(UTF-8)')
	for qw(output failure_output);

my $slug = 'c-module';
my $mine = "/* mine */\0\n"; # no text: checked without a build

my $k = KilnTest->new;
my $home = "$k->{root}/home";
my $file = "$home/work/$slug/bad.c";

is($k->run(['start', $slug])->{exit}, 0, 'a lesson is begun');
my $starter = KilnTest::read_file($file);
KilnTest::write_file($file, $mine);
is($k->run(['check', $slug])->{exit}, 1, 'and checked');
KilnTest::write_file($file, "$mine once more");

# ---- a full disk ----

# A small file system over @at with all in it that is there, filled but for
# @free kB. What is in it at the end is copied to @left.
sub full {
	my ($at, $free, $left) = @_;
	my $script = <<'SH';
at=$0 free=$1 left=$2
shift 2
keep=$(mktemp -d) && cp -a "$at/." "$keep" || exit 99
size=$(($(du -sk "$keep" | cut -f 1) + 512))k
mount -t tmpfs -o size=$size none "$at" || exit 99
cp -a "$keep/." "$at" || exit 99
rm -rf "$keep"
dd if=/dev/zero of="$at/.room" bs=1k count="$free" 2>/dev/null
cat /dev/zero >"$at/.fill" 2>/dev/null
rm "$at/.room"
"$@"
code=$?
rm "$at/.fill"
rm -rf "$left" && cp -a "$at" "$left"
exit $code
SH
	return ['unshare', '-rm', 'sh', '-c', $script, $at, $free, $left];
}

# Whether a version among the archives below @state holds the text.
sub in_history {
	my ($state, $text) = @_;

	return scalar grep { index(KilnTest::read_file($_), $text) >= 0 }
		glob("$state/versions/$slug/*.tar");
}

sub on_full_disk {
	my ($cmd, $what, $at, $free) = @_;
	my $name = "$cmd->[0] with $free kB left for the $what";
	my $left = "$k->{root}/left";
	my $r = $k->run($cmd, wrap => full($at, $free, $left));
	my $state = $what eq 'state' ? $left : "$home/state";
	my $work = $what eq 'work' ? $left : "$home/work";
	my $now = KilnTest::read_file("$work/$slug/bad.c");
	my $was = "$mine once more";

	isnt($r->{exit}, 99, "$name: there is such a disk");
	is($r->{signal}, 0, "$name: it ends by itself");
	ok($now eq $was || in_history($state, $was),
		"$name: nothing is lost");
	# A check has its verdict all the same, and tells what was not kept.
	return if $r->{exit} <= 1 && $r->{err} eq '';
	like($r->{err}, qr/space|full/, "$name: it says why")
		or diag("exit $r->{exit}");
	# Of the work, what the other disk has is not undone.
	KilnTest::write_file($file, $was);
}

SKIP: {
	system("unshare -rm true 2>/dev/null") == 0
		or skip('no user namespaces for a file system of our own', 1);
	for my $cmd (['reset', $slug], ['restore', $slug, '1'],
		['check', $slug], ['hint', $slug], ['start', 'leaks']) {
		on_full_disk($cmd, 'state', "$home/state", $_)
			for 0, 4, 8, 16;
	}
	on_full_disk($_, 'work', "$home/work", 0)
		for ['reset', $slug], ['restore', $slug, '1'];

	# ---- a read-only home ----

	my $script = 'mount --bind "$0" "$0" && '
		. 'mount -o remount,bind,ro "$0" || exit 99; exec "$@"';
	my @ro = (wrap => ['unshare', '-rm', 'sh', '-c', $script, $home]);
	my $before = KilnTest::fingerprint("$home/state")
		. KilnTest::fingerprint("$home/work");

	for my $cmd (['list'], ['show'], ['status'], ['history'],
		['history', 'show', '1'], ['diff'], ['diff', '--start'],
		['hint'], ['help']) {
		my $r = $k->run($cmd, @ro);

		is($r->{exit}, 0, "in a read-only home: @$cmd")
			or diag($r->{err});
		isnt($r->{out}, '', 'which has something to say');
	}
	for my $cmd (['start', 'leaks'], ['start', $slug], ['reset'],
		['restore', '1'], ['check']) {
		my $r = $k->run($cmd, @ro);

		is($r->{exit}, 4, "in a read-only home not: @$cmd")
			or diag($r->{out});
		like("$r->{err}$r->{out}", qr/cannot write.*home.*KILN_HOME/s,
			'which says what is wrong and what to do');
	}
	is(KilnTest::fingerprint("$home/state")
		. KilnTest::fingerprint("$home/work"), $before,
		'and nothing there has changed');
}

# ---- a path with blanks, quotes, and letters of other languages ----

sub whole_flow {
	my ($what, $k, $work, %env) = @_;
	my $file = "$work/$slug/bad.c";
	my %o = (env => \%env, limit => 120);
	my $solution = KilnTest::read_file(
		"$KilnTest::boot/lessons/1-bad/01-c-module/solution/bad.c");

	is($k->run(['start', $slug], %o)->{exit}, 0, "$what: start");
	ok(-s $file, 'lays the file down');
	KilnTest::write_file($file, "$solution/* mine */\n");
	my $r = $k->run(['check'], %o);

	is($r->{exit}, 0, 'check') or diag("$r->{out}$r->{err}");
	like($r->{out}, qr/Passed/, 'passes');
	is($k->run(['reset'], %o)->{exit}, 0, 'reset');
	like($k->run(['diff'], %o)->{out}, qr{^-/\* mine \*/}m, 'diff');
	is($k->run(['restore', '1'], %o)->{exit}, 0, 'restore');
	is(KilnTest::read_file($file), "$solution/* mine */\n",
		'brings it back');
	like($k->run(['history'], %o)->{out}, qr/1 +today.*check +pass/,
		'history');
	is($k->run(['log'], %o)->{exit}, 0, 'log');
	return $r;
}

{
	my $odd = KilnTest->new;
	my $name = "$odd->{root}/Zoë's räume und \"häuser\" \$HOME";

	utf8::encode($name);
	rename("$odd->{root}/home", $name) or die "$name: $!";
	whole_flow('a home with blanks and umlauts', $odd, "$name/work",
		KILN_HOME => $name, LC_ALL => 'C.UTF-8');
}

# ---- folders in other places ----

{
	my $k = KilnTest->new;

	whole_flow('KILN_WORK', $k, "$k->{root}/elsewhere",
		KILN_WORK => "$k->{root}/elsewhere");
	ok(!-e "$k->{root}/home/work", 'and nothing is made elsewhere');

	# By the XDG directories; an empty variable counts as not set.
	mkdir "$k->{root}/xc";
	symlink($k->{cache}, "$k->{root}/xc/kiln");
	whole_flow('XDG and HOME', $k, "$k->{root}/me/kiln",
		KILN_HOME => '', HOME => "$k->{root}/me",
		XDG_CACHE_HOME => "$k->{root}/xc",
		XDG_STATE_HOME => "$k->{root}/xs");
	ok(-s "$k->{root}/xs/kiln/progress.db", 'with the state in its place');

	my $r = $k->run(['list'], env => { KILN_WORK => 'relative' });

	is($r->{exit}, 4, 'a relative KILN_WORK is refused');
	like($r->{err}, qr/KILN_WORK.*absolute/s, 'by name');
}

done_testing();
