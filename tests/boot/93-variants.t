#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# The learner's files once more beside other given ones: where they should
# bear it they are run, with tests that know; where they should not, they must
# be rejected for the right reason.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;
my $solution = "$KilnTest::boot/lessons/2-runs/05-variant/solution";
my $c = KilnTest::read_file("$solution/work.c");
my $rust = KilnTest::read_file("$solution/work_rs.rs");

# Checked with these files; its checks by their ids.
sub checked {
	my ($what, $verdict, %files) = @_;
	my $dir = $k->learner(track => '2-runs', lesson => '05-variant',
		files => \%files);
	my $r = $k->check('variant', $dir, limit => 180);
	my %by = map { $_->{id} => $_ } @{ $r->{json}{checks} };

	is($r->{json}{verdict}, $verdict, "$what: the verdict")
		|| diag($r->{out} . $r->{err});
	return (%by, text => $r->{err} . $r->{out});
}

sub spoilt {
	my ($text, $from, $to) = @_;

	(my $new = $text) =~ s/\Q$from\E/$to/ or BAIL_OUT("no '$from'");
	return $new;
}

my %is = checked('all is right', 'pass');

like($is{any}{message}, qr/with limit\.h changed, it passes/,
	'what may be other, may');
like($is{size}{message}, qr/rejected: work\.c:\d+: static assertion failed/,
	'what may not, is rejected by the compiler');
like($is{type}{message}, qr/with limit\.c and limit\.h changed, it is rejected:/,
	'or by Kiln');

%is = checked('a value of its own', 'fail',
	'work.c' => spoilt($c, '= LIMIT', '= 5'));
is($is{suite}{result}, 'pass', 'it does with the header as it is');
like($is{any}{message}, qr/limit\.h changed as shown.*is_the_headers/,
	'with another the test fails that was built beside it');
is($is{name}{result}, 'fail', 'and a name that is gone is not missed');
like($is{name}{message}, qr/must fail, and it builds as if nothing/,
	'which is said');

%is = checked('sizes not looked at', 'fail',
	'work.c' => spoilt($c, 'static_assert(sizeof(struct limit) == 4);', ''));
like($is{size}{message},
	qr/with "static assertion failed"; it builds, and only Kiln.* disagree$/,
	'that it was rejected otherwise does not count');

# ---- when they are not tried ----

%is = checked('one that fails by itself', 'fail',
	'work.c' => spoilt($c, '= LIMIT', '= LIMIT + 1'));
is($is{suite}{result}, 'fail', 'that is told');
is($is{any}{result}, 'not-run', 'what should pass is not tried');
is($is{size}{result}, 'pass', 'what should not build is');

%is = checked('one that does not build', 'build-failed',
	'work.c' => "$c\nnonsense;\n");
is($is{$_}{result}, 'not-run', "$_ is not tried") for qw(any size type name);

%is = checked('one that crashes', 'crash', 'work_rs.rs' =>
	spoilt($rust, 'unsafe { limit_value(l) }',
		'unsafe { limit_value(l.wrapping_add(1 << 40)) }'));
is($is{$_}{result}, 'not-run', "$_ is not tried") for qw(any size type name);
$k->is_clean;

done_testing;
