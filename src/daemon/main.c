/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	struct options options;
	switch (options_parse(argc, argv, &options)) {
	case OPTIONS_RUN:
		return (int)app_run(&options);
	case OPTIONS_HELP:
		options_help(stdout);
		return EXIT_CODE_FINISHED;
	case OPTIONS_VERSION:
		puts("eased " EASE_VERSION);
		return EXIT_CODE_FINISHED;
	case OPTIONS_USAGE:
		break;
	}
	return EXIT_CODE_INPUT;
}
