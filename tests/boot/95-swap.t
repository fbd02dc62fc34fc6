#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# A lesson whose learner writes both C and Rust: each side is tried with the
# reference for the other, and the one that is wrong is named.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;
my $solution = "$KilnTest::boot/lessons/2-runs/02-pair/solution";
my $c = KilnTest::read_file("$solution/queue.c");
my $rust = KilnTest::read_file("$solution/user_rs.rs");

# A C side that is a stack, and a Rust side that reads one.
(my $bad_c = $c) =~ s/slots\[first\+\+ % ROOM\]/slots[--last % ROOM]/;
(my $bad_rust = $rust) =~ s/, a, b, c\)/, c, b, a)/;

isnt($bad_c, $c, 'the C side can be spoilt');
isnt($bad_rust, $rust, 'and the Rust side');

# Checked with these files; the message of the check that failed first.
sub swapped {
	my ($what, $verdict, $re, %files) = @_;
	my $dir = $k->learner(track => '2-runs', lesson => '02-pair',
		files => \%files);
	my $r = $k->check('pair', $dir, limit => 180);
	my ($failed) = grep { $_->{result} ne 'pass' }
		@{ $r->{json}{checks} };

	is($r->{json}{verdict}, $verdict, "$what: the verdict");
	like($failed->{message} // '', $re, "$what: it says where")
		|| diag($r->{out} . $r->{err});
	return $r;
}

swapped('all is right', 'pass', qr/^$/);
swapped('a wrong C side', 'fail',
	qr/with the reference C your Rust passes.*C fails.*look at queue\.c$/,
	'queue.c' => $bad_c);
swapped('a wrong Rust side', 'fail',
	qr/reference Rust your C passes.*Rust fails.*look at user_rs\.rs$/,
	'user_rs.rs' => $bad_rust =~ s/1\.\.=3/2..=4/r);
swapped('two that are wrong alike', 'fail',
	qr/two sides go together, but your Rust fails .* and your C /,
	'queue.c' => $bad_c, 'user_rs.rs' => $bad_rust);

# ---- the reference cannot be read ----

# It shows a queue.c that is not the learner's own, if there is one to show.
my $spy = $rust . <<'RUST';
const SPIED: &str = include_str!("queue.c");
const _: () = if SPIED.as_bytes()[3] != b'M' { panic!("{}", SPIED) };
RUST
my $mine = $c =~ s{^.*?\*/}{/* Mine. */}sr;
my $caught = swapped('one that reads the other side', 'fail',
	qr/your Rust fails \(.*queue\.c.*look at user_rs\.rs$/,
	'queue.c' => $mine, 'user_rs.rs' => $spy);

unlike($caught->{out} . $caught->{err}, qr/word-of-the-reference/,
	'finds none of the reference');

my @parts = glob("$k->{cache}/parts-*/*.o");

is(scalar @parts, 2, 'the reference is kept as objects');
for my $part (@parts) {
	unlike(KilnTest::read_file($part),
		qr/word-of-the-reference|\.debug_info|DW_AT/,
		'that hold no source, and no way to it');
}
$k->is_clean;

done_testing;
