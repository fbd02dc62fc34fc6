#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Nothing is ever lost: each command that writes is killed (SIGKILL) before
# the first thing that it does to the disk, before the second, and so on to
# the last, and in the middle of each write. After each kill the progress is
# sound, each version is whole, what the learner had is in the folder or in
# the history, and the same command does its work.
#
# There are hundreds of such points. Of each command every .stride-th is taken,
# and others where the kill is in the middle of a write; KILN_SWEEP=all takes
# them all, in some minutes.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $shim = "$KilnTest::repo/build/tests/crash/kill-at.so";
my $verify = "$KilnTest::repo/build/tests/crash/verify";
my $slug = 'c-module';

plan skip_all => 'a sanitizer does not let a library be preloaded'
	if ($ENV{BUILD} || 'build') ne 'build';

# Text that no check has to build: a zero byte in it ends one early.
sub mine {
	my ($n) = @_;

	return "/* edit $n */\0\n";
}

# What verify says of it: attempts, and the versions in their order.
sub look {
	my ($k) = @_;
	my $out = `'$verify' '$k->{state}' $slug 2>&1`;
	my %l = (code => $?, out => $out, versions => []);

	($l{attempts}) = $out =~ /^attempts (\d+)/m;
	push @{ $l{versions} }, [$1, $2, $3, $4]
		while $out =~ /^version (\d+) (\S+) (\d+) (\S+)/mg;
	return \%l;
}

# Whether some version has that text, which stands in a tar file as it is.
# Each is read once.
sub in_history {
	my ($k, $text) = @_;

	for my $tar (glob("$k->{state}/versions/$slug/*.tar")) {
		$k->{tars}{$tar} //= KilnTest::read_file($tar);
		return 1 if index($k->{tars}{$tar}, $text) >= 0;
	}
	return 0;
}

# The command killed at its @at-th, or whole without; how it ended.
sub killed {
	my ($k, $cmd, $at, $torn) = @_;

	return $k->run($cmd, env => {
		LD_PRELOAD => $shim,
		KILL_AT => $at,
		$torn ? (KILL_TORN => 1) : (),
	});
}

# Sweep over the points of @cmd. @prepare makes the ground for each, and @holds
# looks at what is left, and returns what is wrong. It has at least .least.
sub sweep {
	my ($name, $cmd, $prepare, $holds, %o) = @_;
	my $stride = ($ENV{KILN_SWEEP} // '') eq 'all' ? 1 : $o{stride};
	my (%wrong, $kills);

	for my $torn (0, 1) {
		for (my $at = 1 + $torn * int($stride / 2); ; $at += $stride) {
			my ($k, @ground) = $prepare->("$at/$torn");
			my $r = killed($k, $cmd, $at, $torn);
			my $why = '';

			if ($r->{signal} != 9) {
				$why = "exit $r->{exit}: $r->{err}"
					if $r->{exit} > 1;
				$wrong{"$at/$torn"} = $why if $why;
				last;
			}
			$kills++;
			$why = $holds->($k, 'killed', @ground);
			if (!$why) {
				my $again = $k->run($cmd);

				$why = "then exit $again->{exit}: "
					. $again->{err} if $again->{exit} > 1;
			}
			$why ||= $holds->($k, 'done', @ground);
			$wrong{"$at/$torn"} = $why if $why;
			if ($at > 1000) {
				$wrong{endless} = 'it never came to its end';
				last;
			}
		}
	}
	is_deeply(\%wrong, {}, "$name: nothing is lost at any point");
	cmp_ok($kills, '>=', $o{least} / $stride, "$name: at $kills points");
}

# Sound progress, whole versions; "" or what is wrong.
sub unsound {
	my ($k) = @_;
	my $l = look($k);

	return $l->{code} ? $l->{out} : '';
}

# ---- over work that is there ----

my $k = KilnTest->new;
my $work = "$k->{root}/home/work/$slug";
my $starter;

is($k->run(['start', $slug])->{exit}, 0, 'a lesson is begun');
$starter = KilnTest::read_file("$work/bad.c");
KilnTest::write_file("$work/bad.c", mine('first'));
is($k->run(['check', $slug])->{exit}, 1, 'a version is checked');

my $edits = 0;

# An edit that no version has yet.
sub edited {
	my $text = mine(++$edits);

	KilnTest::write_file("$work/bad.c", $text);
	return ($k, $text, look($k)->{attempts});
}

# In the folder, or there is what came instead and the edit is in a version.
sub over {
	my ($new) = @_;

	return sub {
		my ($k, $when, $text) = @_;
		my $now = KilnTest::read_file("$work/bad.c");
		my $why = unsound($k);

		return $why if $why;
		return "the file is neither" if $now ne $text && $now ne $new;
		return "it is lost" if $now ne $text && !in_history($k, $text);
		return "it was not done" if $when eq 'done' && $now ne $new;
		return '';
	};
}

sweep('reset', ['reset', $slug], \&edited, over($starter), least => 70,
	stride => 5);
sweep('restore', ['restore', $slug, '1'], \&edited, over(mine('first')),
	least => 70, stride => 5);

# A check writes nothing over; once it goes on, its version is kept.
sweep('check', ['check', $slug], \&edited, sub {
	my ($k, $when, $text, $attempts) = @_;
	my $why = unsound($k);
	my $l = look($k);
	my $kept = in_history($k, $text);

	return $why if $why;
	return 'the file changed'
		if KilnTest::read_file("$work/bad.c") ne $text;
	return 'an attempt of files that are not kept'
		if $l->{attempts} > $attempts && !$kept;
	return 'more than one attempt' if $when eq 'killed'
		&& $l->{attempts} > $attempts + 1;
	return 'the check is not there' if $when eq 'done'
		&& ($l->{attempts} == $attempts || !$kept);
	return '';
}, least => 150, stride => 5);

# By now there were enough of them for the solution.
sweep('solution', ['solution', $slug, '--apply'], \&edited,
	over(KilnTest::read_file("$KilnTest::boot/lessons/1-bad/01-c-module/"
		. 'solution/bad.c')), least => 70, stride => 5);

sweep('hint', ['hint', $slug], sub { return $k }, sub { unsound($_[0]) },
	least => 10, stride => 2);

# ---- a lesson begun in an empty home ----

my $fresh = KilnTest->new;

sweep('start', ['start', $slug], sub {
	system('rm', '-rf', $fresh->{state}, "$fresh->{root}/home/work");
	return $fresh;
}, sub {
	my ($k, $when) = @_;
	my $file = "$k->{root}/home/work/$slug/bad.c";

	return 'half a file' if -e $file
		&& KilnTest::read_file($file) ne $starter;
	return '' if $when eq 'killed';
	return 'no file' if !-e $file;
	return unsound($k);
}, least => 200, stride => 11); # most of them lay down what editors read

# ---- in the middle of the build ----

KilnTest::write_file("$work/bad.c", KilnTest::case_text('flood.c'));
{
	my $before = look($k);
	my $run = $k->start(['check', $slug]);

	ok(KilnTest::await(30, sub {
		KilnTest::descendant($run->{pid}, qr/clang|make/) }),
		'a check builds');
	kill('KILL', $run->{pid});
	KilnTest::finish($run);
	KilnTest::strays();

	my $after = look($k);

	is($after->{attempts}, $before->{attempts},
		'killed then, it is no attempt');
	ok(in_history($k, KilnTest::case_text('flood.c')),
		'but its files are kept');
	like($k->run(['history', $slug])->{out}, qr/check\s+no result/,
		'and history says that there is no result');
}

# ---- two shells at once ----

{
	my $before = look($k)->{attempts};
	my @cmds = (['check', $slug], ['hint', $slug], ['start', $slug],
		['restore', $slug, '2'], ['history', $slug], ['status']);
	my (@runs, @wrong);
	my $checks = 0;

	KilnTest::write_file("$work/bad.c", mine('together'));
	for my $round (1 .. 5) {
		my @now = map { $k->start($_) } @cmds;

		$checks++;
		for my $r (@now) {
			KilnTest::finish($r);
			push @wrong, $r->{err}
				if $r->{exit} > 1 || $r->{err} =~ /locked/;
		}
	}
	is_deeply(\@wrong, [], 'many shells at once: none is turned away');
	is(look($k)->{attempts}, $before + $checks, 'no attempt is lost');
	is(unsound($k), '', 'and the progress is sound');
	ok(in_history($k, mine('together')), 'as is the history');
}

done_testing();
