/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hash: that it is SHA-256, and that no two things have one key. */
#include "tmp_fixture.h"

#include "checker/err.h"
#include "checker/hash.h"
#include "checker/store.h"

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ABC   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static char *key_of_tree(const char *dir)
{
	static char keys[4][HASH_KEY_LEN + 1];
	static unsigned turn;
	char *key = keys[turn++ % 4];
	struct hash *h = hash_new();
	struct err e = ERR_INIT;

	if (hash_tree(h, dir, &e) < 0)
		fail_msg("%s [%s]", e.what, e.where);
	hash_key(h, key);
	hash_free(h);
	return key;
}

static void known_values(void **state)
{
	char hex[HASH_HEX_LEN + 1];
	char key[HASH_KEY_LEN + 1];
	struct hash *h = hash_new();
	struct err e = ERR_INIT;

	hash_hex("", 0, hex);
	assert_string_equal(hex, EMPTY);
	hash_hex("abc", 3, hex);
	assert_string_equal(hex, ABC);
	put("abc", "abc");
	assert_int_equal(hash_hex_file(in_tmp("abc"), hex, &e), 0);
	assert_string_equal(hex, ABC);
	hash_raw(h, "a", 1);
	hash_raw(h, "bc", 2);
	hash_key(h, key);
	assert_int_equal(strlen(key), HASH_KEY_LEN);
	assert_memory_equal(key, ABC, HASH_KEY_LEN);
	hash_free(h);
}

/* The length goes in before the part, as eight bytes. */
static void parts_are_apart(void **state)
{
	static const char *const ways[][3] = {
		{"ab", "c", NULL}, {"a", "bc", NULL}, {"abc", NULL, NULL},
		{"abc", "", NULL}, {"", "abc", NULL},
	};
	char keys[5][HASH_KEY_LEN + 1];

	for (int i = 0; i < 5; i++) {
		struct hash *h = hash_new();

		for (int j = 0; ways[i][j]; j++)
			hash_add(h, ways[i][j], strlen(ways[i][j]));
		hash_key(h, keys[i]);
		hash_free(h);
		for (int k = 0; k < i; k++)
			assert_string_not_equal(keys[i], keys[k]);
	}
	/* printf '\3\0\0\0\0\0\0\0abc' | sha256sum */
	assert_string_equal(keys[2], "ce91dc5eec0139ad");
}

static void a_file_is_a_part(void **state)
{
	char by_file[HASH_KEY_LEN + 1], by_bytes[HASH_KEY_LEN + 1];
	struct hash *h = hash_new();

	put("abc", "abc");
	assert_int_equal(hash_file(h, in_tmp("abc"), NULL), 0);
	hash_key(h, by_file);
	hash_free(h);
	h = hash_new();
	hash_add(h, "abc", 3);
	hash_key(h, by_bytes);
	hash_free(h);
	assert_string_equal(by_file, by_bytes);
}

static void what_is_no_file(void **state)
{
	char hex[HASH_HEX_LEN + 1];
	struct hash *h = hash_new();
	struct err e = ERR_INIT;

	assert_int_equal(hash_file(h, in_tmp("none"), &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(e.errnum, ENOENT);
	assert_string_equal(e.where, in_tmp("none"));
	assert_int_equal(hash_hex_file(tmp, hex, &e), -1);
	assert_int_equal(e.errnum, EISDIR);
	/* It must not wait for somebody to write. */
	assert_int_equal(mkfifo(in_tmp("fifo"), 0600), 0);
	assert_int_equal(hash_hex_file(in_tmp("fifo"), hex, &e), -1);
	assert_int_equal(hash_tree(h, in_tmp("none"), &e), -1);
	assert_int_equal(e.errnum, ENOENT);
	hash_free(h);
}

static void make_tree(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/sub", name);
	make_dirs(in_tmp(path), NULL);
	snprintf(path, sizeof(path), "%s/a.c", name);
	put(path, "int a;\n");
	snprintf(path, sizeof(path), "%s/sub/b.c", name);
	put(path, "int b;\n");
}

/* Where it stands and in what order it was made says nothing. */
static void trees_alike(void **state)
{
	make_tree("one");
	make_dirs(in_tmp("else/where/sub"), NULL);
	put("else/where/sub/b.c", "int b;\n");
	put("else/where/a.c", "int a;\n");
	assert_string_equal(key_of_tree(in_tmp("one")),
			    key_of_tree(in_tmp("else/where")));
	/* What an editor or a version control leaves, is no part of it. */
	put("one/.a.c.swp", "x");
	make_dirs(in_tmp("one/.git"), NULL);
	put("one/.git/HEAD", "x");
	assert_string_equal(key_of_tree(in_tmp("one")),
			    key_of_tree(in_tmp("else/where")));
}

static void trees_unlike(void **state)
{
	char was[HASH_KEY_LEN + 1];

	make_tree("one");
	make_tree("two");
	memcpy(was, key_of_tree(in_tmp("one")), sizeof(was));
	put("two/sub/b.c", "int c;\n");
	assert_string_not_equal(was, key_of_tree(in_tmp("two")));
	put("two/sub/b.c", "int b;\n");
	assert_string_equal(was, key_of_tree(in_tmp("two")));
	put("two/c.c", "");
	assert_string_not_equal(was, key_of_tree(in_tmp("two")));
	unlink(in_tmp("two/c.c"));
	assert_int_equal(rename(in_tmp("two/a.c"), in_tmp("two/A.c")), 0);
	assert_string_not_equal(was, key_of_tree(in_tmp("two")));
	assert_int_equal(rename(in_tmp("two/A.c"), in_tmp("two/sub/a.c")), 0);
	assert_string_not_equal(was, key_of_tree(in_tmp("two")));
}

static void a_folder_that_cannot_be_read(void **state)
{
	struct hash *h = hash_new();
	struct err e = ERR_INIT;
	int r;

	make_tree("one");
	assert_int_equal(chmod(in_tmp("one/sub"), 0), 0);
	be_nobody();
	r = hash_tree(h, in_tmp("one"), &e);
	be_us();
	chmod(in_tmp("one/sub"), 0755);
	hash_free(h);
	assert_int_equal(r, -1);
	assert_int_equal(e.errnum, EACCES);
	assert_string_equal(e.where, in_tmp("one/sub"));
}

/* 4096 in one key; 64 files, 64 times, are as many. */
static void too_many_files(void **state)
{
	struct hash *h = hash_new();
	struct err e = ERR_INIT;
	char name[32];

	make_dirs(in_tmp("many"), NULL);
	for (int i = 0; i < 64; i++) {
		snprintf(name, sizeof(name), "many/%d", i);
		put(name, "");
	}
	for (int i = 0; i < 64; i++)
		assert_int_equal(hash_tree(h, in_tmp("many"), &e), 0);
	assert_int_equal(hash_tree(h, in_tmp("many"), &e), -1);
	assert_int_equal(e.code, ERR_LESSON);
	hash_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TMP_TEST(known_values),
		TMP_TEST(parts_are_apart),
		TMP_TEST(a_file_is_a_part),
		TMP_TEST(what_is_no_file),
		TMP_TEST(trees_alike),
		TMP_TEST(trees_unlike),
		TMP_TEST(a_folder_that_cannot_be_read),
		TMP_TEST(too_many_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
