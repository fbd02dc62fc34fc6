# Kiln: the only entry point a person needs. `make help` lists the targets.
#
# WERROR=1 makes warnings errors; SAN=1 builds with address and undefined-
# behaviour sanitizers, into a folder of its own.

CC	?= cc
SAN	?=
WERROR	?=
# Either spelling; the capital one wins.
prefix	?= /usr/local
PREFIX	?= $(prefix)
DESTDIR	?=

B := build$(if $(SAN),/san)

comma  := ,
san    := -fsanitize=address$(comma)undefined
PKGS   := lua5.4 libedit jansson libcmark libmd sqlite3 libdw libelf

CFLAGS	 ?= -O2 -g
KCFLAGS	 := -std=gnu17 -D_GNU_SOURCE -I. -MMD -MP \
	    -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	    -Wpointer-arith -Wwrite-strings -Wundef -Wno-unused-parameter \
	    $(if $(WERROR),-Werror) \
	    $(if $(SAN),$(san) -fno-omit-frame-pointer \
	    -fno-sanitize-recover=undefined) \
	    $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
# Neither of the last two has a .pc file.
KLIBS	 := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -ltar -liberty
LDFLAGS	 += $(if $(SAN),$(san))

checker_src := $(wildcard checker/*.c)
shell_src   := $(wildcard shell/*.c)
shell_lib   := $(filter-out shell/main.c,$(shell_src))
unit_src    := $(wildcard tests/unit/test_*.c)
fuzz_src    := $(wildcard tests/fuzz/fuzz_*.c)
helper_src  := $(wildcard tests/helpers/*.c)

c_files     := $(wildcard checker/*.[ch] checker/guest/*.[ch] shell/*.[ch] \
	       tests/unit/*.[ch] tests/helpers/*.c tests/fuzz/*.c \
	       tests/bench/*.c tests/boot/*.c tests/abi/*.c \
	       tests/crash/*.c)

# What is being made, unless make was told to be silent.
say := @$(if $(findstring s,$(firstword -$(MAKEFLAGS))),:,echo)
jobs := -j$(shell nproc)

obj = $(patsubst %.c,$(B)/%.o,$(1))

.PHONY: all help learn setup check
.PHONY: packages unit golden golden-logs golden-builds golden-screens lua-reference tests-shell tests-boot tests-lessons
.PHONY: asan fuzz bench fmt lint book install uninstall clean

all: $(B)/kiln $(B)/kiln.1 ## build the program

help: ## list these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | \
		sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 18

packages: ## install the Debian packages that are missing
	@kernels/packages

# The libraries may have been missing when this Makefile was read, so the
# build proper is a second make.
build_kiln = kernels/build-kiln $(words $(checker_src) $(shell_src)) \
	$(MAKE) --no-print-directory $(jobs) all

learn: packages ## all the set-up, then the shell at the first lesson
	@$(build_kiln)
	@$(B)/kiln setup --quiet-if-done
	@$(B)/kiln

setup: packages ## all the set-up, without the shell
	@$(build_kiln)
	@$(B)/kiln setup

check: packages ## everything that must hold: what CI runs
	@$(build_kiln)
	@tests/run

unit: ## unit tests and golden logs: no kernel needed
	@tests/run unit golden

golden-logs: all ## record the kernel logs in tests/golden anew
	@$(B)/kiln setup --quiet-if-done
	@tests/golden/record $(FAULTS)
	@tests/golden/make

golden-builds: all ## record the builds in tests/golden-build anew
	@$(B)/kiln setup --quiet-if-done
	@tests/golden-build/record $(BUILDS)
	@$(MAKE) --no-print-directory -s $(B)/tests/unit/test_diag_advice
	@GOLDEN_BUILD_WRITE=1 $(B)/tests/unit/test_diag_advice

lua-reference: ## make the book's reference of the Lua API anew
	@book/lua-reference >book/src/lua-reference.md.tmp && \
		mv book/src/lua-reference.md.tmp book/src/lua-reference.md || \
		{ rm -f book/src/lua-reference.md.tmp; exit 1; }

golden-screens: all ## record the screens in tests/shell/screens anew
	@$(B)/kiln setup --quiet-if-done
	@for size in 80x24 40x10 200x60; do \
		tests/shell/screens/run --write $$size $(SCREENS) || exit 1; \
	done

$(B)/libchecker.a: $(call obj,$(checker_src))
	@rm -f $@
	@$(AR) rcs $@ $^

$(B)/libshell.a: $(call obj,$(shell_lib))
	@rm -f $@
	@$(AR) rcs $@ $^

$(B)/kiln: $(B)/shell/main.o $(B)/libshell.a $(B)/libchecker.a
	$(say) "  LD      $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(KLIBS)

# The commands in the man page are those of the program.
$(B)/kiln.1: book/kiln.1.in $(B)/kiln
	$(say) "  MAN     $@"
	@$(B)/kiln manual book/kiln.1.in >$@.tmp && mv $@.tmp $@

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(say) "  CC      $<"
	@$(CC) $(KCFLAGS) $(CFLAGS) $(CPPFLAGS) -c -o $@ $<

# A unit test links what it tests: the library of its layer and below.
$(B)/tests/unit/%: $(B)/tests/unit/%.o $(B)/libshell.a $(B)/libchecker.a
	$(say) "  LD      $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(KLIBS) -lcmocka

# The pairs of types across the boundary; it builds them in the toolroot.
$(B)/tests/abi/matrix: $(B)/tests/abi/matrix.o $(B)/libchecker.a
	$(say) "  LD      $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(KLIBS)

# The corpus of each fuzz target, replayed without a fuzzer.
$(B)/tests/fuzz/replay_%: $(B)/tests/fuzz/fuzz_%.o $(B)/tests/fuzz/replay.o \
			  $(B)/libchecker.a
	$(say) "  LD      $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(KLIBS)

# What kills Kiln in the middle of its work, and what looks at the rest.
$(B)/tests/crash/kill-at.so: tests/crash/kill-at.c
	@mkdir -p $(@D)
	@$(CC) -std=gnu17 -D_GNU_SOURCE -O1 -Wall -Wextra -shared -fPIC \
		-o $@ $< -ldl

$(B)/tests/crash/verify: $(B)/tests/crash/verify.o $(B)/libchecker.a
	@$(CC) $(LDFLAGS) -o $@ $^ $(KLIBS)

$(B)/tests/helpers/%: tests/helpers/%.c
	@mkdir -p $(@D)
	$(say) "  CC      $<"
	@$(CC) -std=gnu17 -D_GNU_SOURCE -O1 -Wall -Wextra -o $@ $<

unit-programs: $(patsubst tests/unit/%.c,$(B)/tests/unit/%,$(unit_src)) \
	       $(patsubst tests/helpers/%.c,$(B)/tests/helpers/%,$(helper_src)) \
	       $(patsubst tests/fuzz/fuzz_%.c,$(B)/tests/fuzz/replay_%,$(fuzz_src))
.PHONY: unit-programs
.SECONDARY:

asan: ## unit tests and golden logs under address and UB sanitizers
	@$(MAKE) --no-print-directory SAN=1 all
	@BUILD=build/san tests/run unit golden

# Programs that bench and tests/boot use of the checker by itself.
$(B)/tests/bench/start: %: %.o
	$(say) "  LD      $@"
	@$(CC) $(LDFLAGS) -o $@ $^ -lutil

$(B)/tests/bench/times $(B)/tests/boot/kbuild: %: %.o $(B)/libchecker.a
	$(say) "  LD      $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(KLIBS)

bench: all $(B)/tests/bench/times $(B)/tests/bench/start ## what Kiln promises, as ratios to the same work by hand
	@$(B)/kiln setup --quiet-if-done
	@tests/bench/run $(PARTS)

# Each corpus is replayed by `make check`; FUZZ_SECONDS a target here.
fuzz: ## fuzz the parsers, with clang's libFuzzer
	@tests/fuzz/run

fmt: ## lay the C out by .clang-format
	@clang-format -i $(c_files)

lint: ## clang-tidy, shellcheck and luacheck, those that are installed
	@tests/lint

book: ## the book, as HTML in build/book
	@book/build

# The program finds its data from where it stands: PREFIX/share/kiln.
share := $(DESTDIR)$(PREFIX)/share
data_dirs := lessons shell/template kernels checker/guest checker/box checker/gdb

install: all ## install under $(DESTDIR)$(PREFIX)
	install -d $(DESTDIR)$(PREFIX)/bin $(share)/man/man1 \
		$(share)/bash-completion/completions \
		$(share)/zsh/site-functions
	install -m 755 build/kiln $(DESTDIR)$(PREFIX)/bin/kiln
	install -m 644 build/kiln.1 $(share)/man/man1/kiln.1
	install -m 644 shell/completion/kiln.bash \
		$(share)/bash-completion/completions/kiln
	install -m 644 shell/completion/_kiln $(share)/zsh/site-functions/_kiln
	rm -rf $(share)/kiln
	for d in $(data_dirs); do \
		install -d $(share)/kiln/$$d && \
		cp -R $$d/. $(share)/kiln/$$d/ || exit 1; \
	done
	chmod -R u=rwX,go=rX $(share)/kiln

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/kiln $(share)/man/man1/kiln.1 \
		$(share)/bash-completion/completions/kiln \
		$(share)/zsh/site-functions/_kiln
	rm -rf $(share)/kiln

clean: ## remove what make built (the cache is `kiln setup --clean`'s)
	rm -rf build

-include $(shell find $(B) -name "*.d" 2>/dev/null)
