/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
#include "load/tree.h"

#include "test_load.h"

static const struct node *read_text(struct world *world, struct source *source, const char *text)
{
	world_write(world, "a.yaml", text);
	*source = (struct source){ .arena = world->arena, .diag = &world->diag };
	return tree_read(source, world_path(world, "a.yaml"));
}

static void knows_lines_and_columns(void **state)
{
	struct source source;
	const struct node *root = read_text(*state, &source,
			"# comment\none: 1\ntwo: [a, \"b c\"]\n"
			"three:\n  x: y\n");

	assert_non_null(root);
	assert_int_equal(root->kind, NODE_MAP);
	assert_int_equal(root->count, 3);
	assert_string_equal(root->first->key->text, "one");
	assert_string_equal(root->first->text, "1");
	assert_int_equal(root->first->line, 2);
	assert_int_equal(root->first->column, 6);
	const struct node *list = root->first->next;
	assert_int_equal(list->kind, NODE_LIST);
	assert_int_equal(list->count, 2);
	assert_string_equal(list->first->next->text, "b c");
	assert_int_equal(list->first->next->column, 10);
	assert_string_equal(list->first->next->key->text, "two");
	const struct node *map = list->next;
	assert_int_equal(map->kind, NODE_MAP);
	assert_int_equal(map->first->line, 5);
	assert_int_equal(map->first->column, 6);
	assert_null(map->next);
}

struct refusal {
	const char *text;
	const char *reason;
};

static void refuses(void **state)
{
	static const struct refusal refusals[] = {
		{ "", "a.yaml:1:1: the file is empty" },
		{ "# nothing\n", "a.yaml:2:1: the file is empty" },
		{ "a: 1\nb: 2\na: 3\n", "a.yaml:3:1: double key \"a\": it stands in line 1" },
		{ "a: &x 1\n", "a.yaml:1:4: anchors (&), aliases (*) and tags (!) are not allowed" },
		{ "a: *x\n", "a.yaml:1:4: anchors (&), aliases (*) and tags (!) are not allowed" },
		{ "a: !!str 1\n",
				"a.yaml:1:4: anchors (&), aliases (*) and tags (!) are not allowed" },
		{ "a: ! [1]\n", "a.yaml:1:4: anchors (&), aliases (*) and tags (!) are not allowed" },
		{ "&x a: 1\n", "a.yaml:1:1: anchors (&), aliases (*) and tags (!) are not allowed" },
		{ "a: &x {b: 1}\n",
				"a.yaml:1:4: anchors (&), aliases (*) and tags (!) are not allowed" },
		{ "a: 1\n---\nb: 2\n", "a.yaml:2:1: a file holds one document only" },
		{ "a: 1\n...\nb: 2\n", "a.yaml:3:1: did not find expected <document start>" },
		{ "[1, 2]: x\n", "a.yaml:1:1: a key must be a word" },
		{ "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]\n", "a.yaml:1:13: nested more than 12 deep" },
		{ "a: \"\\0\"\n", "a.yaml:1:4: a text may not hold a zero character" },
		{ "a: \x01\n", "a.yaml:1:4: control characters are not allowed: U+0001" },
		{ "a: \xc2\x9b\n", "a.yaml:1:4: control characters are not allowed: U+009B" },
		{ "a: 1\nb: \xff\n", "a.yaml:2:4: this byte is not UTF-8: 0xff" },
		{ "\xc3\xa9: \xc3(\n", "a.yaml:1:4: this byte is not UTF-8: 0xc3" },
		{ "a: \xc0\xaf\n", "a.yaml:1:4: this byte is not UTF-8: 0xc0" },
		{ "a: \xe0\x80\xaf\n", "a.yaml:1:4: this byte is not UTF-8: 0xe0" },
		{ "a: \xed\xa0\x80\n", "a.yaml:1:4: this byte is not UTF-8: 0xed" },
		{ "a: \xf4\x90\x80\x80\n", "a.yaml:1:4: this byte is not UTF-8: 0xf4" },
		{ "a: \xe2\x82", "a.yaml:1:4: this byte is not UTF-8: 0xe2" },
		{ "a: 1\n b: 2\n", "a.yaml:2:3: mapping values are not allowed in this context" },
		{ "a: [1, 2\n", "a.yaml:2:1: did not find expected ',' or ']'" },
		{ "a: \"x\n", "a.yaml:2:1: found unexpected end of stream" },
		{ "a:\n\tb: 1\n", "a.yaml:2:1: found character that cannot start any token" },
	};

	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		struct source source;
		assert_null(read_text(*state, &source, refusals[i].text));
		assert_int_equal(source.status, STATUS_BAD_DATA);
		assert_reason(*state, refusals[i].reason);
	}
}

static void takes_the_largest_and_no_larger(void **state)
{
	const size_t mebibyte = (size_t)1024 * 1024;
	struct world *world = *state;
	struct source source = { .arena = world->arena, .diag = &world->diag };
	char *bytes = malloc(mebibyte + 1);

	assert_non_null(bytes);
	memset(bytes, 'x', mebibyte + 1);
	world_write_bytes(world, "a.yaml", bytes, mebibyte);
	assert_non_null(tree_read(&source, world_path(world, "a.yaml")));
	world_write_bytes(world, "a.yaml", bytes, mebibyte + 1);
	assert_null(tree_read(&source, world_path(world, "a.yaml")));
	assert_reason(world, "a.yaml: the file is larger than 1 MiB");
	free(bytes);
}

static void refuses_a_flood_of_parts(void **state)
{
	const size_t items = 60000;
	struct source source;
	char *text = calloc(items + 2, 2);

	assert_non_null(text);
	for (size_t i = 0; i < items; i++) {
		memcpy(text + 2 * i, i == 0 ? "[1" : ",1", 2);
	}
	text[2 * items] = ']';
	assert_null(read_text(*state, &source, text));
	assert_reason(*state, "a.yaml:1:100000: the file holds more than 50000 words and lists");
	free(text);
}

static void tells_a_missing_file_from_a_folder(void **state)
{
	struct world *world = *state;
	struct source source = { .arena = world->arena, .diag = &world->diag };

	assert_null(tree_read(&source, world_path(world, "none.yaml")));
	assert_int_equal(source.status, STATUS_NOT_FOUND);
	assert_reason(world, "none.yaml: cannot read the file: No such file or directory");
	source.status = STATUS_OK;
	assert_null(tree_read(&source, world->folder));
	assert_int_equal(source.status, STATUS_BAD_DATA);
	assert_string_equal(world->diag.message, "this is not a file");
}

static void never_waits_for_a_pipe(void **state)
{
	struct world *world = *state;
	struct source source = { .arena = world->arena, .diag = &world->diag };

	assert_int_equal(mkfifo(world_path(world, "pipe"), 0600), 0);
	assert_null(tree_read(&source, world_path(world, "pipe")));
	assert_int_equal(unlink(world_path(world, "pipe")), 0);
	assert_reason(world, "pipe: this is not a file");
}

static void keeps_the_first_refusal(void **state)
{
	struct world *world = *state;
	struct source source = { .arena = world->arena, .path = "p", .diag = &world->diag };
	const struct node at = { .line = 3, .column = 4 };

	tree_refuse(&source, &at, "first %d", 1);
	tree_refuse(&source, &at, "second");
	tree_no_memory(&source);
	assert_int_equal(source.status, STATUS_BAD_DATA);
	assert_reason(world, "p:3:4: first 1");
	assert_null(tree_array(&source, 1, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(knows_lines_and_columns, world_make, world_remove),
		cmocka_unit_test_setup_teardown(refuses, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				takes_the_largest_and_no_larger, world_make, world_remove),
		cmocka_unit_test_setup_teardown(refuses_a_flood_of_parts, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				tells_a_missing_file_from_a_folder, world_make, world_remove),
		cmocka_unit_test_setup_teardown(never_waits_for_a_pipe, world_make, world_remove),
		cmocka_unit_test_setup_teardown(keeps_the_first_refusal, world_make, world_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
