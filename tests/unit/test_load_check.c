/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
#include <dirent.h>

#include "load/lint.h"

#include "test_load.h"

static enum status check(struct world *world, const char *path)
{
	return script_check(SCRIPTS, path, world_vocabulary(world), &world->diag);
}

static size_t check_folder(struct world *world, const char *folder)
{
	size_t count = 0;
	DIR *dir = opendir(folder);

	assert_non_null(dir);
	for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		char path[1024];
		if (strstr(entry->d_name, ".yaml") == NULL) {
			continue;
		}
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (check(world, path) != STATUS_OK) {
			fail_msg("%s:%d:%d: %s", world->diag.path, world->diag.line,
					world->diag.column, world->diag.message);
		}
		count++;
	}
	closedir(dir);
	return count;
}

static void everything_shipped_is_fine(void **state)
{
	assert_true(check_folder(*state, SCRIPTS) >= 2);
	assert_true(check_folder(*state, SCRIPTS "/units") >= 8);
	assert_true(check_folder(*state, SCRIPTS "/parts") >= 4);
	assert_true(check_folder(*state, VOICES "/en") >= 4);
}

static void tells_what_a_file_is(void **state)
{
	static const struct {
		const char *name;
		const char *text;
		const char *reason;
	} files[] = {
		{ "a.yaml", "session: a\n", "a.yaml:1:1: the key \"title\" is missing" },
		{ "a.yaml", "unit: a\n", "a.yaml:1:1: the key \"title\" is missing" },
		{ "a.yaml", "part: b\nsteps: []\n",
				"a.yaml:1:7: part: \"b\" must be called as its file, \"a\"" },
		{ "a.yaml", "speech: {}\n", "a.yaml:1:9: the key \"file\" is missing" },
		{ "a.yaml", "intents: {}\n", "a.yaml:1:1: the key \"contexts\" is missing" },
		{ "a.yaml", "settings: {rate: 1}\n",
				"a.yaml:1:18: rate: 1 is outside 130 to 220 words a minute" },
		{ "a.yaml", "cast: a\n", "a.yaml:1:1: the key \"lines\" is missing" },
		{ "phrases.yaml", "left: left\n",
				"phrases.yaml:1:1: the key \"right\" is missing" },
		{ "lexicon.yaml", "Word: x\n",
				"lexicon.yaml:1:1: \"Word\" is no word: lower case letters and "
				"apostrophes only" },
		{ "a.yaml", "x: y\n",
				"a.yaml:1:1: cannot tell what this is: there is none of the keys "
				"session, unit, part, speech, intents, answers, settings, cast, person, safe-words" },
		{ "a.yaml", "[x]\n",
				"a.yaml:1:1: file: this is a list, but a map of keys is needed" },
	};
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		world_write(world, files[i].name, files[i].text);
		assert_int_equal(check(world, world_path(world, files[i].name)), STATUS_BAD_DATA);
		assert_reason(world, files[i].reason);
	}
	assert_int_equal(check(world, world_path(world, "none.yaml")), STATUS_NOT_FOUND);
}

static void checks_without_a_vocabulary(void **state)
{
	struct world *world = *state;

	assert_int_equal(
			script_check(SCRIPTS, SCRIPTS "/lower-back-hands.yaml", NULL, &world->diag),
			STATUS_OK);
	assert_int_equal(script_check(SCRIPTS, SCRIPTS "/parts/screening.yaml", NULL, NULL),
			STATUS_OK);
	assert_int_equal(script_check(SCRIPTS, "/nowhere.yaml", NULL, NULL), STATUS_NOT_FOUND);
}

/* The manual page as text. */
static const char *page_of(const char *path)
{
	static char page[60000];
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	page[fread(page, 1, sizeof(page) - 1, file)] = '\0';
	assert_true(feof(file));
	assert_int_equal(fclose(file), 0);
	return page;
}

static void the_manual_names_every_technique(void **state)
{
	const char *page = page_of(SCRIPTS "/ease-script.5");

	(void)state;
	for (size_t i = 0; i < TECHNIQUE_COUNT; i++) {
		char row[60];
		snprintf(row, sizeof(row), "\n.It %s Ta ", rule_of((enum technique)i)->name);
		if (strstr(page, row) == NULL) {
			fail_msg("ease-script.5 has no row for %s",
					rule_of((enum technique)i)->name);
		}
	}
}

static void the_manual_names_every_verb(void **state)
{
	const char *orders = strstr(page_of(SCRIPTS "/ease-script.5"), "\n.Sh ORDERS\n");

	(void)state;
	assert_non_null(orders);
	for (size_t i = 0; i < lint_verb_count; i++) {
		char verb[40];
		snprintf(verb, sizeof(verb), "%s%c", lint_verbs[i],
				i + 1 < lint_verb_count ? ',' : '.');
		if (strstr(orders, verb) == NULL) {
			fail_msg("ease-script.5 does not name the verb \"%s\"", lint_verbs[i]);
		}
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(everything_shipped_is_fine),
		TEST(tells_what_a_file_is),
		TEST(checks_without_a_vocabulary),
		cmocka_unit_test(the_manual_names_every_technique),
		cmocka_unit_test(the_manual_names_every_verb),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
