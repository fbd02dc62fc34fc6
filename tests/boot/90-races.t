#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# The same plan in one seeded schedule after the other: races are found, the
# seed that finds one finds it again, and what is right passes every time.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;
my $unlocked = <<'C';
#include "two.h"
#define ROUNDS 100000
static int count;
static void work(void)
{
	for (int i = 0; i < ROUNDS; i++)
		count = hidden(count) + 1;
}
static bool all_there(void)
{
	return count == 2 * ROUNDS;
}
C

sub learner {
	my ($text) = @_;

	return $k->learner(track => '2-runs', lesson => '01-counter',
		files => defined $text ? { 'two.c' => $text } : {});
}

# The log of a run, without its nonce.
sub log_of {
	my ($r) = @_;
	my $log = KilnTest::read_file($r->{json}{log});

	$log =~ s/kiln: [0-9a-f]{16}/kiln: NONCE/g;
	return $log;
}

my %o = (limit => 240);

# ---- what is right ----

my $right = $k->run(['check', 'counter', '--dir', learner()], %o);

is($right->{exit}, 0, 'with a lock it passes') || diag($right->{out});
like($right->{out}, qr/^  5 of 5 runs pass\.$/m, 'each time');

# ---- a race ----

my $dir = learner($unlocked);
my $r = $k->check('counter', $dir, %o);
my ($all) = grep { $_->{id} eq 'all' } @{ $r->{json}{checks} };

is($r->{json}{verdict}, 'fail', 'without a lock it fails');
is($all->{result}, 'fail', 'by the check that is for it');
like($all->{message}, qr/so in \d of \d runs, first with seed \d+$/,
	'which says how often');

my ($seed) = $all->{message} =~ /seed (\d+)/;

is($r->{json}{seed}, $seed, 'the verdict has the seed that failed');

my $failed = log_of($r);

like($failed, qr/two: some lost/, 'and the log of that run is kept');

# ---- again ----

for my $i (1 .. 3) {
	my $again = $k->check('counter', $dir, %o, args => ['--seed', $seed]);

	is($again->{json}{verdict}, 'fail', "the same seed fails again ($i)");
	is($again->{json}{seed}, $seed, 'and is the one that is told');
	is(log_of($again), $failed, 'with the same log, to the microsecond');
}

my $other = $k->check('counter', $dir, %o, args => ['--seed', $seed + 7]);

isnt(log_of($other), $failed, 'another seed gives another run');

# ---- what fails whatever the order ----

my $never = $k->run(['check', 'counter', '--dir',
	learner($unlocked =~ s/== 2/== 3/r)], %o);

is($never->{exit}, 1, 'what always fails');
like($never->{out}, qr/0 of 2 runs pass \(the other 3 were not tried\)/,
	'is not run to the end of it');
$k->is_clean;

done_testing;
