#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Checks that are interrupted or killed at any time, and checks at once.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;
my $good = $k->learner;
my $endless = $k->learner(
	files => { 'bad.c' => KilnTest::case_text('loop.c') });

# What runs below kiln in each tier.
my %at = (
	build => qr{^make },
	boot => qr{qemu-system},
);

sub is_pass {
	my ($r, $what) = @_;

	is($r->{json}{verdict}, 'pass', $what) or diag("$r->{out}$r->{err}");
	is($r->{exit}, 0, "$what: exit code");
}

# Start a check that takes long, and end it by @sig while it is @when.
sub ended_by {
	my ($sig, $when, $what) = @_;
	my $before = KilnTest::fingerprint($endless);
	my $run = $k->start_check('c-module', $endless);
	my $there = KilnTest::await(30, sub {
		KilnTest::ended($run)
			|| KilnTest::descendant($run->{pid}, $at{$when});
	});

	ok($there && !KilnTest::ended($run), "$what: it is at it")
		or diag(explain($run));
	kill($sig, $run->{pid});
	my $from = Time::HiRes::time();

	KilnTest::finish($run);
	my $ms = int((Time::HiRes::time() - $from) * 1000);

	cmp_ok($ms, '<', 5000 * $KilnTest::patience,
		"$what: it ends, in $ms ms");
	ok(KilnTest::fingerprint($endless) eq $before,
		"$what: the learner's files are as they were");
	return $run;
}

for my $when (qw(build boot)) {
	for my $sig (qw(INT TERM HUP)) {
		my $what = "SIG$sig in the $when";
		my $r = ended_by($sig, $when, $what);

		is($r->{exit}, 130, "$what: exit code");
		is($r->{signal}, 0, "$what: not by the signal itself");
		is($r->{out}, '', "$what: no verdict");
		$k->is_clean("$what: nothing is left");
	}
}

for my $when (qw(build boot)) {
	my $what = "kill -9 in the $when";
	my $r = ended_by('KILL', $when, $what);

	is($r->{signal}, 9, "$what: it was killed");
	is_deeply([KilnTest::strays()], [], "$what: nothing of it lives on");
	is_pass($k->check('c-module', $good), "$what: the next check");
	$k->is_clean("$what: and that took away what was left");
}

# With none of the saved guests, a check has to make its own.
{
	my $what = 'kill -9 while the guest is made';

	$k->forget_guests;
	my $r = ended_by('KILL', 'boot', $what);

	is_deeply([KilnTest::strays()], [], "$what: nothing of it lives on");
	my $interrupted = 'SIGINT while the guest is made';

	$r = ended_by('INT', 'boot', $interrupted);
	is($r->{exit}, 130, "$interrupted: exit code");
	is_deeply([glob("$k->{cache}/guest-*/*")], [],
		"$interrupted: no half of a guest is left");
	$k->is_clean("$interrupted: nothing is left");

	# Both need it, and only one makes it.
	my @two = map { $k->start_check('c-module', $good, limit => 120) } 1, 2;

	is_pass(KilnTest::finish($_), 'two at once, and no guest') for @two;
	is(scalar(() = $k->guest_dirs), 1, 'one guest was made');
	$k->is_clean('two at once, and no guest: nothing is left');
}

for my $n (2, 4) {
	my $bad = $k->learner(files => {
		'bad.c' => KilnTest::case_text('kasan-use-after-free.c') });
	my @runs = map { $k->start_check('c-module', $good) } 2 .. $n;
	my $crash = $k->start_check('c-module', $bad);

	is_pass(KilnTest::finish($_), "$n at once") for @runs;
	KilnTest::finish($crash);
	is($crash->{json}{verdict}, 'crash', "$n at once, one of them bad")
		or diag("$crash->{out}$crash->{err}");
	$k->is_clean("$n at once: nothing is left");
}

done_testing;
